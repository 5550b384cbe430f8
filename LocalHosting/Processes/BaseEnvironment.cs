using System.Collections;

namespace Assistify.LocalHosting.Processes;

/// <summary>
/// The part of the host's environment that every process gets: where programs, homes, locales, certificates and proxies are.
/// Configuration and secrets are left out: each service gets what the model gives it and nothing else.
/// </summary>
internal static class BaseEnvironment
{
    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TERM",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY",
    };

    public static Dictionary<string, string> Create(params (string Name, string Value)[] own)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            var name = (string)entry.Key;
            if (s_names.Contains(name) || name.StartsWith("LC_", StringComparison.Ordinal)
                || name.StartsWith("DOTNET_", StringComparison.Ordinal))
                result[name] = (string?)entry.Value ?? "";
        }

        foreach (var (name, value) in own) result[name] = value;
        return result;
    }
}
