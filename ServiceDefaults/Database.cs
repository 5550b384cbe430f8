using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Assistify.ServiceDefaults;

public static class DatabaseExtensions
{
    /// <summary>
    /// One pooled <see cref="NpgsqlDataSource"/> for the service's own database, an EF context on it (pooled, retrying), its
    /// migrations at start (one instance migrates, the others wait) and a health check.
    /// </summary>
    /// <param name="connectionName">Key under <c>ConnectionStrings</c>, such as <c>chatdb</c>.</param>
    /// <param name="byIndex">
    /// Whether all that is asked often is found by an index. Then a statement is planned once for a connection, since planning a batch
    /// costs as much as running it, and a plan made while a table was still empty does not read all of it later.
    /// </param>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static void AddDatabase<TContext>(this IHostApplicationBuilder builder, string connectionName, bool byIndex = false)
        where TContext : DbContext
    {
        var connectionString = new NpgsqlConnectionStringBuilder(
            builder.Configuration.GetConnectionString(connectionName)
            ?? throw new InvalidOperationException($"ConnectionStrings__{connectionName} is not set."))
        {
            ApplicationName = builder.Environment.ApplicationName,
            MaxPoolSize = builder.Configuration.GetValue("Database:MaxPoolSize", 20),
            MaxAutoPrepare = 64,
            // Nobody changes a session's state, and putting it back costs seven statements with each use of a connection.
            NoResetOnClose = true,
            Timeout = 5,
            CommandTimeout = 15,
            KeepAlive = 15,
        };
        if (byIndex) connectionString.Options = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_mergejoin=off -c enable_hashjoin=off";
        builder.Services.AddSingleton(services =>
            new NpgsqlDataSourceBuilder(connectionString.ConnectionString)
                .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>())
                .Build());
        builder.Services.AddDbContextPool<TContext>((services, db) => db.UseNpgsql(
            services.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.EnableRetryOnFailure()));
        builder.Services.AddHostedService<Migration<TContext>>();
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            "database",
            services => new DatabaseHealthCheck(services.GetRequiredService<NpgsqlDataSource>()),
            HealthStatus.Unhealthy, [Health.Ready], TimeSpan.FromSeconds(3)));
    }

    private sealed class DatabaseHealthCheck(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}

/// <summary>
/// Brings the schema up to date before the service takes work; a server that is not there yet is waited for. Of several
/// instances one migrates and the others wait. EF's own lock is not enough for that: it is let go between two migrations,
/// and an instance that slips in there applies one that the first has on its list.
/// </summary>
internal sealed partial class Migration<TContext>(
    IServiceScopeFactory scopes, NpgsqlDataSource database, TimeProvider time, ILogger<Migration<TContext>> logger) : IHostedLifecycleService
    where TContext : DbContext
{
    // Any number does that nobody else takes in this database; it reads "migrate".
    private const long LockKey = 0x6D696772617465;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Migrate(cancellationToken);
                return;
            }
            catch (Exception exception) when (Failures.IsUnavailable(exception) || Failures.IsDoubtful(exception))
            {
                LogWaiting(exception.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    private async Task Migrate(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { CommandTimeout = 0 })
        {
            take.Parameters.Add(new() { Value = LockKey });
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TContext>().Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection);
            release.Parameters.Add(new() { Value = LockKey });
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The database is not there yet ({Reason}); waiting for it")]
    private partial void LogWaiting(string reason);
}
