using System.Collections.Concurrent;

namespace Assistify.Gateway.Edge;

/// <summary>
/// The names this system is called by: <c>ASSISTIFY_ALLOWED_HOSTS</c> (<c>*.example.com</c> for all below a name), its public address
/// and the one Twilio calls, and loopback. Any other <c>Host</c> is a stranger's page bound to our address (DNS rebinding) or a probe.
/// </summary>
internal sealed class TrustedHosts
{
    private const int Remembered = 1000;

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };
    private readonly List<string> _suffixes = [];
    private readonly bool _all;

    // Whole header values that were found good, so that the usual one costs one lookup.
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    public TrustedHosts(IConfiguration configuration)
    {
        foreach (var host in configuration.List("ASSISTIFY_ALLOWED_HOSTS"))
        {
            if (host == "*") _all = true;
            else if (host.StartsWith("*.", StringComparison.Ordinal)) _suffixes.Add(host[1..]);
            else _names.Add(new HostString(host).Host);
        }

        foreach (var address in new[] { configuration["Assistify:PublicUrl"], configuration["Channels:Twilio:PublicUrl"] })
        {
            if (Uri.TryCreate(address, UriKind.Absolute, out var uri)) _names.Add(uri.Host);
        }
    }

    public bool Contains(HostString host)
    {
        if (host.Value is not { Length: > 0 } value) return false;
        if (_all || _seen.ContainsKey(value)) return true;

        var name = host.Host;
        if (!_names.Contains(name) && !_suffixes.Exists(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))) return false;
        if (_seen.Count < Remembered) _seen[value] = true;
        return true;
    }
}

internal sealed class TrustedHostFilter(RequestDelegate next, TrustedHosts hosts)
{
    public Task Invoke(HttpContext context) =>
        hosts.Contains(context.Request.Host)
            ? next(context)
            : Problems.Write(context, StatusCodes.Status400BadRequest, "This host name is not served here (ASSISTIFY_ALLOWED_HOSTS).");
}
