using System.Net;
using Assistify.ServiceDefaults.Http;

namespace Assistify.AiService.Tools.Http;

/// <summary>
/// Where workspaces' tools may call, by configuration (<c>Ai:Tools:AllowedOrigins</c>): nowhere unless it says so. A name that leads to a
/// private address is refused when connecting; a private address counts only where it is written itself.
/// </summary>
internal sealed class AllowedOrigins
{
    private readonly HashSet<string> _origins = new(StringComparer.OrdinalIgnoreCase);
    private readonly PublicAddresses _addresses;

    public AllowedOrigins(IConfiguration configuration)
    {
        var written = new List<Uri>();
        foreach (var text in (configuration["Ai:Tools:AllowedOrigins"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
                throw new InvalidOperationException("The value of Ai__Tools__AllowedOrigins is no list of origins, such as https://api.shop.example.");
            _origins.Add(uri.GetLeftPart(UriPartial.Authority));
            if (IPAddress.TryParse(uri.DnsSafeHost, out _) || uri.IsLoopback) written.Add(uri);
        }
        _addresses = new PublicAddresses(written);
    }

    public bool Allows(Uri uri) => uri.UserInfo.Length == 0 && _origins.Contains(uri.GetLeftPart(UriPartial.Authority)) && _addresses.Allows(uri);

    public ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken) => _addresses.Connect(context, cancellationToken);
}
