using System.Globalization;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.State;

namespace Assistify.LocalHosting.Servers;

/// <summary>The system's PostgreSQL: durable, small, and silent about statements.</summary>
internal sealed class PostgresServer : IWorkload
{
    private readonly DataFolder _data;
    private readonly ServerUser? _user;
    private readonly int _maxConnections;
    private readonly string _folder;

    public PostgresServer(DataFolder data, string name, int port, int maxConnections)
    {
        _data = data;
        _maxConnections = maxConnections;
        _user = ServerUser.For("postgres");
        _folder = data.ServerFolder(name, _user);
        Cluster = new PostgresCluster(_folder, port, data.Kept.GetOrAdd($"{name}-password", static () => Secret.Password()), _user);
    }

    public PostgresCluster Cluster { get; }

    public TimeSpan StopPatience => TimeSpan.FromSeconds(8);

    public string WhyItMayNotStart => $"the data folder {_folder} may be damaged";

    public async Task<ProcessSpec> Prepare(CancellationToken cancellationToken)
    {
        await _data.CheckReach(_user, _folder, cancellationToken);
        await Cluster.Initialize(durable: true, cancellationToken);
        await ClearStaleLock(cancellationToken);
        return Cluster.Start(new Dictionary<string, string>
        {
            ["shared_buffers"] = "64MB",
            ["max_connections"] = _maxConnections.ToString(CultureInfo.InvariantCulture),
            ["superuser_reserved_connections"] = "3",
            ["work_mem"] = "4MB",
            ["maintenance_work_mem"] = "32MB",
            ["max_wal_size"] = "512MB",
            ["min_wal_size"] = "64MB",
            ["synchronous_commit"] = "on",
            ["max_worker_processes"] = "2",
            ["max_parallel_workers"] = "0",
            ["max_parallel_workers_per_gather"] = "0",
            ["max_logical_replication_workers"] = "0",
            ["max_wal_senders"] = "0",
            ["wal_level"] = "minimal",
            ["autovacuum_max_workers"] = "2",
            // Tables grow from nothing within seconds, and a plan lasts until the next look at its tables.
            ["autovacuum_naptime"] = "10s",
            ["jit"] = "off",
            ["logging_collector"] = "off",
            ["log_min_messages"] = "log",
            ["log_min_error_statement"] = "panic",
            ["log_error_verbosity"] = "terse",
            ["log_statement"] = "none",
            ["log_checkpoints"] = "off",
            ["log_autovacuum_min_duration"] = "-1",
            ["log_parameter_max_length"] = "0",
            ["log_parameter_max_length_on_error"] = "0",
            ["log_line_prefix"] = "",
            ["timezone"] = "UTC",
        });
    }

    public Task<bool> IsHealthy(CancellationToken cancellationToken) => Cluster.Answers(cancellationToken);

    // After a crash of the host the lock names a server that is gone, or one that no pid file knows.
    private async Task ClearStaleLock(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Cluster.Data, "postmaster.pid");
        if (!File.Exists(path)) return;

        var first = (await File.ReadAllLinesAsync(path, cancellationToken)).FirstOrDefault();
        if (int.TryParse(first, CultureInfo.InvariantCulture, out var processId) && processId > 1 && Serves(processId))
        {
            var identity = ProcessIdentity.Of(processId);
            Posix.Signal(processId, Posix.SigQuit);
            for (var waited = 0; waited < 100 && identity is { IsAlive: true }; waited++) await Task.Delay(50, cancellationToken);
            if (identity is { IsAlive: true }) Posix.Signal(processId, Posix.SigKill);
        }
        else
        {
            File.Delete(path);
        }
    }

    private bool Serves(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Contains(Cluster.Data, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
