using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Assistify.LocalHosting.Servers;

/// <summary>
/// Whether a broker lets a client in: AMQP 0-9-1 up to an open virtual host. The port alone says nothing: it listens before the
/// broker can serve.
/// </summary>
internal static class AmqpCheck
{
    private const int MaxFrame = 64 * 1024;
    private const byte MethodFrame = 1;
    private const byte FrameEnd = 0xCE;
    private static readonly (ushort, ushort) s_start = (10, 10);
    private static readonly (ushort, ushort) s_tune = (10, 30);
    private static readonly (ushort, ushort) s_openOk = (10, 41);

    public static async Task<bool> Opens(int port, string userName, string password, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(TimeSpan.FromSeconds(3));
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync("127.0.0.1", port, deadline.Token);
            return await Handshake(client.GetStream(), userName, password, deadline.Token);
        }
        catch (Exception failure) when (failure is SocketException or IOException or InvalidDataException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static async Task<bool> Handshake(NetworkStream stream, string userName, string password, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellationToken);
        if ((await ReadMethod(stream, cancellationToken)).Id != s_start) return false;

        // start-ok: client properties (empty table), mechanism, response, locale
        byte[] response = [0, .. Encoding.UTF8.GetBytes(userName), 0, .. Encoding.UTF8.GetBytes(password)];
        await WriteMethod(stream, (10, 11), [0, 0, 0, 0, .. ShortText("PLAIN"), .. Length(response.Length), .. response, .. ShortText("en_US")], cancellationToken);

        // A refused password closes the connection here.
        var tune = await ReadMethod(stream, cancellationToken);
        if (tune.Id != s_tune || tune.Arguments.Length < 8) return false;

        // tune-ok repeats what the broker offered; open names the virtual host "/"
        await WriteMethod(stream, (10, 31), tune.Arguments[..8], cancellationToken);
        await WriteMethod(stream, (10, 40), [.. ShortText("/"), 0, 0], cancellationToken);
        if ((await ReadMethod(stream, cancellationToken)).Id != s_openOk) return false;

        // close politely, so that the broker does not log a lost connection with each check
        await WriteMethod(stream, (10, 50), [0, 200, 0, 0, 0, 0, 0], cancellationToken);
        await ReadMethod(stream, cancellationToken);
        return true;
    }

    private static async Task<((ushort, ushort) Id, byte[] Arguments)> ReadMethod(NetworkStream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            // type 1, channel 2, size 4; then the payload and an end mark
            var header = new byte[7];
            await stream.ReadExactlyAsync(header, cancellationToken);
            var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(3));
            if (size > MaxFrame) throw new InvalidDataException("Not an AMQP broker.");

            var payload = new byte[size + 1];
            await stream.ReadExactlyAsync(payload, cancellationToken);
            if (payload[^1] != FrameEnd) throw new InvalidDataException("Not an AMQP broker.");
            if (header[0] != MethodFrame) continue;
            if (size < 4) throw new InvalidDataException("Not an AMQP broker.");

            var id = (BinaryPrimitives.ReadUInt16BigEndian(payload), BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(2)));
            return (id, payload[4..^1]);
        }
    }

    private static async Task WriteMethod(NetworkStream stream, (ushort Class, ushort Method) id, byte[] arguments, CancellationToken cancellationToken)
    {
        byte[] frame =
        [
            MethodFrame, 0, 0, .. Length(arguments.Length + 4),
            (byte)(id.Class >> 8), (byte)id.Class, (byte)(id.Method >> 8), (byte)id.Method,
            .. arguments, FrameEnd,
        ];
        await stream.WriteAsync(frame, cancellationToken);
    }

    private static byte[] ShortText(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Length(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
