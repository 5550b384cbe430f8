using Assistify.LocalHosting.Processes;
using Npgsql;

namespace Assistify.LocalHosting.Servers;

/// <summary>One private PostgreSQL: its data folder, how it is made and how it is started.</summary>
internal sealed class PostgresCluster(string folder, int port, string password, ServerUser? user)
{
    public const string UserName = "postgres";
    private readonly PostgresBinaries _binaries = PostgresBinaries.Find();

    public string Data => Path.Combine(folder, "data");

    public string ConnectionString(string? database = null) =>
        $"Host=127.0.0.1;Port={port};Username={UserName};Password={password}" + (database is null ? "" : $";Database={database}");

    /// <summary>Makes the cluster on the first start. A start that was interrupted half way leaves nothing behind that counts.</summary>
    public async Task Initialize(bool durable, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(Data, "PG_VERSION"))) return;

        var fresh = Path.Combine(folder, "fresh");
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        if (Directory.Exists(Data) && Directory.EnumerateFileSystemEntries(Data).Any())
            throw new StartException($"The data folder {Data} is damaged: it is not empty and holds no PostgreSQL cluster.");

        var passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ServerUser.Give(user, passwordFile);

        List<string> arguments = ["-D", fresh, "-U", UserName, "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale=C", "--no-instructions"];
        if (!durable) arguments.Add("--no-sync");
        var (exitCode, output) = await Tool.Run(
            new ProcessSpec(_binaries.InitDb, arguments, BaseEnvironment.Create(("HOME", folder))) { User = user, WorkingDirectory = folder },
            cancellationToken);
        File.Delete(passwordFile);
        if (exitCode != 0)
            throw new StartException($"PostgreSQL's data folder {Data} cannot be made: {LastLine(output)}");

        if (Directory.Exists(Data)) Directory.Delete(Data);
        Directory.Move(fresh, Data);
    }

    public ProcessSpec Start(IReadOnlyDictionary<string, string> settings)
    {
        List<string> arguments = ["-D", Data, "-p", $"{port}", "-h", "127.0.0.1", "-k", ""];
        foreach (var (name, value) in settings) arguments.AddRange(["-c", $"{name}={value}"]);
        return new ProcessSpec(_binaries.Postgres, arguments, BaseEnvironment.Create(("HOME", folder)))
        {
            User = user,
            WorkingDirectory = folder,
            StopSignal = Posix.SigInt,
        };
    }

    /// <summary>Connects and asks; false while it starts, recovers or stops.</summary>
    public async Task<bool> Answers(CancellationToken cancellationToken)
    {
        try
        {
            // Not pooled: a pooled connection would only say that an old backend lives.
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=3;Command Timeout=3");
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            return await command.ExecuteScalarAsync(cancellationToken) is 1;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            return false;
        }
    }

    public async Task EnsureDatabase(string name, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection);
        exists.Parameters.Add(new NpgsqlParameter { Value = name });
        if (await exists.ExecuteScalarAsync(cancellationToken) is true) return;

        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string LastLine(string text) => text.Split('\n')[^1].Trim();
}
