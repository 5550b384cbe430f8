using Assistify.LocalHosting.Servers;
using Npgsql;

namespace Assistify.LocalHosting.Running;

/// <summary>Creates a database when its server is there, and shares the server's health from then on.</summary>
internal sealed class DatabaseCreation(PostgresCluster cluster, ResourceInstance server, string name, TimeProvider time)
{
    public string Name { get; } = name;

    public ResourceInstance Server { get; } = server;

    public ResourceInstance? Instance { get; set; }

    public async Task Run(CancellationToken cancellationToken)
    {
        if (Instance is not { } instance) return;

        while (true)
        {
            while (!Server.IsHealthy) await Task.Delay(25, cancellationToken);
            try
            {
                await cluster.EnsureDatabase(Name, cancellationToken);
                break;
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
            {
                await Task.Delay(200, cancellationToken);
            }
        }

        instance.Started(null, time.GetUtcNow());
        instance.Health(true, time.GetUtcNow());
        Server.Changed += changed => instance.Health(changed.IsHealthy, time.GetUtcNow());
    }
}
