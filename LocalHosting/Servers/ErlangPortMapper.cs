using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using Assistify.LocalHosting.Processes;

namespace Assistify.LocalHosting.Servers;

/// <summary>The broker's port mapper. Started here, because the one that Erlang starts by itself would stay behind for ever.</summary>
internal sealed class ErlangPortMapper(int port) : IWorkload
{
    private readonly string _binary = Tool.Find("epmd") ?? throw new StartException("Erlang's epmd is not installed: install the package rabbitmq-server.");
    private readonly ServerUser? _user = ServerUser.For("rabbitmq", "postgres");

    public TimeSpan StopPatience => TimeSpan.FromSeconds(1);

    public string WhyItMayNotStart => $"its port {port} may be in use";

    public Task<ProcessSpec> Prepare(CancellationToken cancellationToken) => Task.FromResult(new ProcessSpec(
        _binary, ["-address", "127.0.0.1", "-port", port.ToString(CultureInfo.InvariantCulture)], BaseEnvironment.Create()) { User = _user });

    public async Task<bool> IsHealthy(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            // Length 1, request "n": the names it knows; the answer begins with its own port.
            var stream = client.GetStream();
            await stream.WriteAsync(new byte[] { 0, 1, (byte)'n' }, cancellationToken);
            var answer = new byte[4];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return BinaryPrimitives.ReadInt32BigEndian(answer) == port;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }
}
