using System.Diagnostics;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.Servers;
using Assistify.LocalHosting.State;
using Npgsql;

namespace Assistify.Testing;

/// <summary>
/// A real PostgreSQL for tests: the server that ASSISTIFY_TEST_POSTGRES names (a connection string), else a private one that
/// is started with the first call and ended with the test process.
/// </summary>
public static class TestPostgres
{
    private static readonly Lazy<string> s_server = new(Start, LazyThreadSafetyMode.ExecutionAndPublication);
    private static int s_databases;

    /// <summary>Makes an empty database of its own for the caller and gives its connection string.</summary>
    public static string NewDatabase()
    {
        var name = $"test_{Environment.ProcessId}_{Stopwatch.GetTimestamp():x}_{Interlocked.Increment(ref s_databases)}";
        Execute($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(s_server.Value) { Database = name, MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString;
    }

    /// <inheritdoc cref="NewDatabase"/>
    public static Task<string> NewDatabaseAsync() => Task.Run(NewDatabase);

    /// <summary>Removes a database before the process ends; only worth it for big ones.</summary>
    public static void Drop(string connectionString) =>
        Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(s_server.Value) { Database = "postgres", Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        command.ExecuteNonQuery();
    }

    private static string Start() =>
        Environment.GetEnvironmentVariable("ASSISTIFY_TEST_POSTGRES") is { Length: > 0 } shared
            ? shared
            : Task.Run(StartPrivate).GetAwaiter().GetResult();

    private static async Task<string> StartPrivate()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var root = Path.Combine(Path.GetTempPath(), "assistify-tests");
        Directory.CreateDirectory(root);
        RemoveAbandoned(root);

        var folder = Path.Combine(root, $"postgres-{Environment.ProcessId}-{Secret.Password(6)}");
        var user = ServerUser.For("postgres");
        Directory.CreateDirectory(folder);
        ServerUser.Give(user, folder);
        var cluster = new PostgresCluster(folder, FreePorts.Next(), Secret.Password(), user);
        await cluster.Initialize(durable: false, deadline.Token);

        // A test's data need not survive a power cut.
        var process = Process.Start(cluster.Start(new Dictionary<string, string>
        {
            ["fsync"] = "off",
            ["synchronous_commit"] = "off",
            ["full_page_writes"] = "off",
            ["shared_buffers"] = "64MB",
            ["max_connections"] = "300",
            ["logging_collector"] = "off",
            ["log_min_messages"] = "fatal",
        }).ToStartInfo())!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(process, folder);

        while (!await cluster.Answers(deadline.Token))
        {
            if (process.HasExited) throw new InvalidOperationException($"PostgreSQL ended with exit code {process.ExitCode}.");
            await Task.Delay(50, deadline.Token);
        }

        return cluster.ConnectionString();
    }

    private static void End(Process process, string folder)
    {
        Posix.Signal(process.Id, Posix.SigQuit);
        process.WaitForExit(2_000);
        Remove(folder);
    }

    // A test process that was killed leaves its server behind, which ends by itself within a minute once its folder is gone.
    private static void RemoveAbandoned(string root)
    {
        foreach (var folder in Directory.GetDirectories(root, "postgres-*"))
        {
            if (int.TryParse(Path.GetFileName(folder).Split('-')[1], out var owner) && !Directory.Exists($"/proc/{owner}"))
                Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another test process may be removing it too.
        }
    }
}
