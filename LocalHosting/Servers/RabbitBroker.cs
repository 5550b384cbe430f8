using System.Globalization;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.State;

namespace Assistify.LocalHosting.Servers;

/// <summary>The system's RabbitMQ: a node of its own with its own name, ports, home, cookie and port mapper, all on loopback.</summary>
internal sealed class RabbitBroker : IWorkload
{
    public const string UserName = "assistify";
    // The package's /usr/sbin script changes user by itself; the one behind it does what it is told.
    private const string Script = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private readonly DataFolder _data;
    private readonly ServerUser? _user;
    private readonly string _folder;
    private readonly string _password;
    private readonly int _port;
    private readonly int _distributionPort;
    private readonly int _mapperPort;
    private readonly string _script;

    public RabbitBroker(DataFolder data, string name, int port, int distributionPort, int mapperPort)
    {
        _data = data;
        _port = port;
        _distributionPort = distributionPort;
        _mapperPort = mapperPort;
        _user = ServerUser.For("rabbitmq", "postgres");
        _folder = data.ServerFolder(name, _user);
        _password = data.Kept.GetOrAdd($"{name}-password", static () => Secret.Password());
        _script = File.Exists(Script)
            ? Script
            : throw new StartException("RabbitMQ is not installed: install the package rabbitmq-server.");
    }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"amqp://{UserName}:{_password}@127.0.0.1:{_port}");

    public TimeSpan StopPatience => TimeSpan.FromSeconds(10);

    public string WhyItMayNotStart => $"the data folder {_folder} may be damaged";

    public async Task<ProcessSpec> Prepare(CancellationToken cancellationToken)
    {
        await _data.CheckReach(_user, _folder, cancellationToken);
        await PrivateFile.Write(Path.Combine(_folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{_port}
            default_user = {UserName}
            default_pass = {_password}
            log.console = true
            log.console.level = warning
            log.file = false
            vm_memory_high_watermark.relative = 0.3
            disk_free_limit.absolute = 100MB
            raft.wal_max_size_bytes = 33554432
            collect_statistics_interval = 60000
            num_acceptors.tcp = 4
            """, _user, cancellationToken);
        await PrivateFile.Write(Path.Combine(_folder, "enabled_plugins"), "[].\n", _user, cancellationToken);
        var cookie = Path.Combine(_folder, ".erlang.cookie");
        await PrivateFile.Write(cookie, _data.Kept.GetOrAdd("erlang-cookie", static () => Secret.Password()), _user, cancellationToken);

        return new ProcessSpec(_script, [], BaseEnvironment.Create(
            ("HOME", _folder),
            // Makes the script replace itself by the Erlang machine instead of staying as its parent.
            ("RUNNING_UNDER_SYSTEMD", "true"),
            ("RABBITMQ_CONF_ENV_FILE", Path.Combine(_folder, "none.conf")),
            ("RABBITMQ_CONFIG_FILE", Path.Combine(_folder, "rabbitmq.conf")),
            ("RABBITMQ_ADVANCED_CONFIG_FILE", Path.Combine(_folder, "none.config")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_folder, "enabled_plugins")),
            // The same name in every instance is no clash: each has a port mapper of its own.
            ("RABBITMQ_NODENAME", "assistify@localhost"),
            ("RABBITMQ_DIST_PORT", _distributionPort.ToString(CultureInfo.InvariantCulture)),
            ("RABBITMQ_MNESIA_BASE", Path.Combine(_folder, "data")),
            ("RABBITMQ_MNESIA_DIR", Path.Combine(_folder, "data", "node")),
            ("RABBITMQ_LOG_BASE", Path.Combine(_folder, "log")),
            ("RABBITMQ_LOGS", "-"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "+S 2:2 +SDcpu 1:1 +A 1 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"),
            // A broker that comes back before its mapper would start one of its own, which stays for ever: it rather fails and is started again.
            ("ERL_AFLAGS", "-start_epmd false"),
            ("ERL_EPMD_PORT", _mapperPort.ToString(CultureInfo.InvariantCulture)),
            ("ERL_EPMD_ADDRESS", "127.0.0.1")))
        {
            User = _user,
            WorkingDirectory = _folder,
        };
    }

    public Task<bool> IsHealthy(CancellationToken cancellationToken) =>
        AmqpCheck.Opens(_port, UserName, _password, cancellationToken);
}
