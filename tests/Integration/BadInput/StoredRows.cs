using Assistify.Testing;
using Npgsql;

namespace Assistify.Integration.BadInput;

/// <summary>What ChatService and AiService keep, counted at the source: bad input may leave nothing there.</summary>
internal static class StoredRows
{
    /// <summary>Waits until no answer to what others wrote is still to come.</summary>
    public static async Task Rest()
    {
        await using var database = Open();
        await Eventually.IsTrue(
            async () =>
            {
                await using var waiting = database.CreateCommand("SELECT NOT EXISTS (SELECT 1 FROM conversations WHERE due_at IS NOT NULL)");
                return (bool)(await waiting.ExecuteScalarAsync())!;
            },
            TimeSpan.FromSeconds(120));
    }

    public static async Task<Dictionary<string, long>> Count()
    {
        await using var database = Open();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in new[] { "conversations", "messages", "customers" })
        {
            await using var command = database.CreateCommand($"SELECT count(*) FROM {table}");
            counts[table] = (long)(await command.ExecuteScalarAsync())!;
        }

        return counts;
    }

    private static NpgsqlDataSource Open() => NpgsqlDataSource.Create(Shared.System.EnvironmentOf("chat")["ConnectionStrings__chatdb"]);
}
