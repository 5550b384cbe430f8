using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Assistify.Gateway;

/// <summary>
/// <c>Gateway:SharedPort</c>: several gateways of one machine listen on the same port and the kernel spreads connections over them
/// (SO_REUSEPORT). Its value is the port, added to the instance's own address, at <c>ASSISTIFY_BIND</c> or loopback; or <c>true</c>,
/// which shares the addresses of <c>ASPNETCORE_URLS</c>.
/// </summary>
internal static class Listeners
{
    private const int SolSocket = 1;
    private const int SoReusePort = 15;
    internal const long OrdinaryBody = 1024 * 1024;

    public static void AddListeners(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = OrdinaryBody);

        var shared = builder.Configuration["Gateway:SharedPort"];
        if (string.IsNullOrEmpty(shared) || bool.FalseString.Equals(shared, StringComparison.OrdinalIgnoreCase)) return;
        if (!bool.TrueString.Equals(shared, StringComparison.OrdinalIgnoreCase))
        {
            if (!ushort.TryParse(shared, out var port) || port == 0)
                throw new InvalidOperationException($"Gateway__SharedPort is {shared}; it must be a port or true.");

            var bind = builder.Configuration["ASSISTIFY_BIND"] is { Length: > 0 } address ? address : "localhost";
            if (bind.Contains(':') && !bind.StartsWith('[')) bind = $"[{bind}]";
            builder.WebHost.UseUrls($"{builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)};http://{bind}:{port}".TrimStart(';'));
        }

        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = endpoint =>
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(SolSocket, SoReusePort, BitConverter.GetBytes(1));
                if (endpoint.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
                socket.Bind(endpoint);
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        });
    }
}
