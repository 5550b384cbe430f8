using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Assistify.AppHost.Settings;

/// <summary>What Development lets pass and Production does not: default secrets, plain HTTP, the sandbox.</summary>
internal static partial class ProductionCheck
{
    private static readonly string[] s_placeholders =
        ["changeme", "change-me", "change_me", "password", "passw0rd", "secret", "example", "default", "guest", "letmein", "123456", "00000000"];

    private static readonly string[] s_encrypted = ["Channels:Twilio:PublicUrl", "Channels:Custom:CallbackUrl", "Media:S3:Endpoint"];

    public static void Run(IConfiguration configuration, AppSettings settings)
    {
        if (string.IsNullOrWhiteSpace(configuration["ASSISTIFY_PUBLIC_URL"]))
            throw new SettingException("ASSISTIFY_PUBLIC_URL is missing: in Production it must be the https address at which customers reach the system.");
        if (!settings.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            throw new SettingException("ASSISTIFY_PUBLIC_URL must be an https address in Production.");

        foreach (var key in s_encrypted)
        {
            if (configuration[key] is { Length: > 0 } address && !address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                throw new SettingException($"{key.Replace(":", "__", StringComparison.Ordinal)} must be an https address in Production.");
        }

        foreach (var (path, value) in configuration.AsEnumerable())
        {
            if (string.IsNullOrWhiteSpace(value) || KnownKeys.All.FirstOrDefault(known => known.Matches(path)) is not { } key) continue;
            var guarded = key.IsSecret || key.Path is "ASSISTIFY_OWNER_PASSWORD" or "Secrets:Key";
            if (guarded && IsDefault(value)) throw new SettingException($"{key.Written(path)} holds a default secret, which Production refuses.");
        }

        if (configuration["Channels:Twilio:From"] == SettingsCheck.SandboxSender)
            throw new SettingException("Channels__Twilio__From is the sandbox's number, which Production refuses.");
    }

    private static bool IsDefault(string value)
    {
        var secret = InConnectionString().Match(value) is { Success: true } match ? match.Groups[1].Value : value;
        return s_placeholders.Any(placeholder => secret.StartsWith(placeholder, StringComparison.OrdinalIgnoreCase))
            || (secret.Length > 0 && secret.Distinct().Count() < 4);
    }

    // Password=… of Postgres and Redis, user:…@host of AMQP
    [GeneratedRegex("(?:password\\s*=\\s*|amqps?://[^:/]+:)([^;,@]*)", RegexOptions.IgnoreCase)]
    private static partial Regex InConnectionString();
}
