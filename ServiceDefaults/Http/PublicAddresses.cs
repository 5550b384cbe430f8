using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Assistify.ServiceDefaults.Http;

/// <summary>
/// Lets calls to addresses that people or providers name go to the public internet only: checked is the address that is connected
/// to, after names are resolved, so no name that points inwards and no redirect gets around it. What configuration names may be private.
/// </summary>
public sealed class PublicAddresses
{
    // Global unicast (RFC 4291) without documentation, Teredo and 6to4, which lead to IPv4 addresses of whoever wrote them.
    private static readonly IPNetwork s_global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] s_notGlobal = [IPNetwork.Parse("2001::/32"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16")];

    // https://www.iana.org/assignments/iana-ipv4-special-registry
    private static readonly IPNetwork[] s_special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private readonly HashSet<string> _configured;

    /// <param name="configured">Addresses that may be private.</param>
    public PublicAddresses(IEnumerable<Uri> configured) =>
        _configured = new(configured.Select(uri => Key(uri.IdnHost, uri.Port)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Trusts every http or https address under <paramref name="section"/> whose key ends with one of the names.</summary>
    public static PublicAddresses TrustingKeys(IConfiguration section, params string[] names) =>
        new(section.AsEnumerable()
            .Where(pair => names.Any(name => pair.Key.EndsWith($":{name}", StringComparison.OrdinalIgnoreCase)))
            .Select(pair => Uri.TryCreate(pair.Value, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>());

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !s_special.Any(network => network.Contains(address))
            : s_global.Contains(address) && !s_notGlobal.Any(network => network.Contains(address));
    }

    /// <summary>Whether an address written as such, without a name to be resolved, may be called.</summary>
    public bool Allows(Uri uri) =>
        _configured.Contains(Key(uri.IdnHost, uri.Port))
        || (IPAddress.TryParse(uri.DnsSafeHost, out var address) ? IsPublic(address) : !uri.IsLoopback);

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        if (!_configured.Contains(Key(target.Host, target.Port))) addresses = [.. addresses.Where(IsPublic)];
        if (addresses.Length == 0) throw new HttpRequestException(HttpRequestError.ConnectionError, $"{target.Host} is no public address.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Key(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
}
