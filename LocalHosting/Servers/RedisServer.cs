using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.State;

namespace Assistify.LocalHosting.Servers;

/// <summary>The system's Redis: limits, leases and cached answers only, so nothing is written to disk.</summary>
internal sealed class RedisServer : IWorkload
{
    private readonly DataFolder _data;
    private readonly ServerUser? _user;
    private readonly string _folder;
    private readonly string _password;
    private readonly int _port;
    private readonly string _binary;

    public RedisServer(DataFolder data, string name, int port)
    {
        _data = data;
        _port = port;
        _user = ServerUser.For("redis", "postgres");
        _folder = data.ServerFolder(name, _user);
        _password = data.Kept.GetOrAdd($"{name}-password", static () => Secret.Password());
        _binary = Tool.Find("redis-server") ?? throw new StartException("Redis is not installed: install the package redis-server.");
    }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},password={_password}");

    public TimeSpan StopPatience => TimeSpan.FromSeconds(3);

    public string WhyItMayNotStart => $"the data folder {_folder} may be damaged";

    public async Task<ProcessSpec> Prepare(CancellationToken cancellationToken)
    {
        await _data.CheckReach(_user, _folder, cancellationToken);
        // In a file: other users of the machine can read arguments, but not this.
        await PrivateFile.Write(Path.Combine(_folder, "redis.conf"), $"""
            bind 127.0.0.1
            port {_port}
            requirepass {_password}
            dir {_folder}
            save ""
            appendonly no
            maxmemory 128mb
            maxmemory-policy volatile-lru
            loglevel warning
            daemonize no
            """, _user, cancellationToken);
        return new ProcessSpec(_binary, [Path.Combine(_folder, "redis.conf")], BaseEnvironment.Create(("HOME", _folder)))
        {
            User = _user,
            WorkingDirectory = _folder,
        };
    }

    public async Task<bool> IsHealthy(CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(TimeSpan.FromSeconds(2));
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port, deadline.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {_password}\r\nPING\r\n"), deadline.Token);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(deadline.Token) == "+OK" && await reader.ReadLineAsync(deadline.Token) == "+PONG";
        }
        catch (Exception failure) when (failure is SocketException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
