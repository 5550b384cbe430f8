using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Assistify.LocalHosting.State;

/// <summary>Finds private ports below the range from which the kernel takes ports for outgoing connections.</summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int End = 32_000;
    private static readonly HashSet<int> s_given = [];

    public static int Next()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, End);
            if (!IsFree(IPAddress.Loopback, port)) continue;

            lock (s_given)
            {
                if (s_given.Add(port)) return port;
            }
        }

        throw new StartException($"No free port was found between {First} and {End}.");
    }

    public static bool IsFree(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
