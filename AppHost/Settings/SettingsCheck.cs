using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace Assistify.AppHost.Settings;

/// <summary>Finds what is unknown, malformed or missing, and names its key.</summary>
internal static class SettingsCheck
{
    public const string SandboxSender = "whatsapp:+15550001000";

    // Of a channel that has one of these all are needed.
    private static readonly string[][] s_together =
    [
        ["Channels:Twilio:AccountSid", "Channels:Twilio:AuthToken", "Channels:Twilio:From"],
        ["Channels:WhatsApp:PhoneNumberId", "Channels:WhatsApp:AccessToken", "Channels:WhatsApp:AppSecret", "Channels:WhatsApp:VerifyToken"],
        ["Channels:Messenger:PageId", "Channels:Messenger:AccessToken", "Channels:Messenger:AppSecret", "Channels:Messenger:VerifyToken"],
        ["Channels:Instagram:AccountId", "Channels:Instagram:AccessToken", "Channels:Instagram:AppSecret", "Channels:Instagram:VerifyToken"],
        ["Channels:Shopify:Shop", "Channels:Shopify:AccessToken", "Channels:Shopify:WebhookSecret"],
        ["Channels:Telegram:BotToken", "Channels:Telegram:SecretToken"],
        ["Channels:Slack:SigningSecret", "Channels:Slack:BotToken"],
        ["Channels:WeChat:AppId", "Channels:WeChat:AppSecret", "Channels:WeChat:Token"],
        ["Channels:Custom:Secret", "Channels:Custom:CallbackUrl"],
        ["Calendar:Google:ClientId", "Calendar:Google:ClientSecret", "Calendar:Google:RefreshToken", "Calendar:Google:CalendarId"],
    ];

    public static void Run(IConfiguration configuration)
    {
        foreach (var (path, value) in configuration.AsEnumerable().OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(value)) continue;
            if (KnownKeys.All.FirstOrDefault(known => known.Matches(path)) is { } key) key.Check(path, value.Trim());
            else if (IsMistake(path)) throw new SettingException($"There is no setting {Shown(path)}; .env.example lists all of them.");
        }

        foreach (var together in s_together)
        {
            if (!together.Any(Given)) continue;
            foreach (var key in together.Where(key => !Given(key)))
                throw new SettingException($"{Shown(key)} is missing: {Shown(together.First(Given))} is set and needs it.");
        }

        if (string.Equals(configuration["Media:Kind"]?.Trim(), "s3", StringComparison.OrdinalIgnoreCase))
        {
            // A store of another maker is found by its address.
            string[] needed = Given("Media:S3:Endpoint") ? ["Bucket", "AccessKey", "SecretKey"] : ["Bucket", "Region", "AccessKey", "SecretKey"];
            foreach (var name in needed.Where(name => !Given($"Media:S3:{name}")))
                throw new SettingException($"Media__S3__{name} is missing: Media__Kind is s3 and needs it.");
        }

        CheckProviders(configuration.GetSection("Ai:Providers"));
        foreach (var server in KnownKeys.Servers)
        {
            if (configuration[$"ConnectionStrings:{server}"] is { Length: > 0 } value) CheckConnectionString(server, value);
        }

        bool Given(string key) => !string.IsNullOrWhiteSpace(configuration[key]);
    }

    private static void CheckProviders(IConfigurationSection providers)
    {
        foreach (var provider in providers.GetChildren())
        {
            string[] needed = provider["Kind"] == "openai-compatible" ? ["Kind", "BaseUrl", "Model"] : ["Kind", "ApiKey"];
            if (provider.GetChildren().All(static value => string.IsNullOrWhiteSpace(value.Value))) continue;
            foreach (var name in needed.Where(name => string.IsNullOrWhiteSpace(provider[name])))
                throw new SettingException($"Ai__Providers__{provider.Key}__{name} is missing.");
        }
    }

    private static void CheckConnectionString(string server, string value)
    {
        var valid = server switch
        {
            "messaging" => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps",
            "cache" => value.Split(',')[0].Contains(':', StringComparison.Ordinal),
            _ => IsPostgres(value),
        };
        if (!valid) throw new SettingException($"The value of ConnectionStrings__{server} is malformed.");
    }

    private static bool IsPostgres(string value)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = value };
            return parts.ContainsKey("Host") || parts.ContainsKey("Server");
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Names of the test and load tools share the prefix.
    private static bool IsMistake(string path) =>
        KnownKeys.Sections.Any(section => path.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
        || (path.StartsWith("ASSISTIFY_", StringComparison.OrdinalIgnoreCase)
            && !path.StartsWith("ASSISTIFY_TEST_", StringComparison.OrdinalIgnoreCase)
            && !path.StartsWith("ASSISTIFY_BENCH_", StringComparison.OrdinalIgnoreCase));

    private static string Shown(string path) => path.Replace(":", "__", StringComparison.Ordinal);
}
