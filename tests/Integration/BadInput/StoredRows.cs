using Npgsql;

namespace Assistify.Integration.BadInput;

/// <summary>What ChatService and AiService keep, counted at the source: bad input may leave nothing there.</summary>
internal static class StoredRows
{
    public static async Task<Dictionary<string, long>> Count()
    {
        var environment = Shared.System.EnvironmentOf("chat");
        await using var database = NpgsqlDataSource.Create(environment["ConnectionStrings__chatdb"]);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in new[] { "conversations", "messages", "customers" })
        {
            await using var command = database.CreateCommand($"SELECT count(*) FROM {table}");
            counts[table] = (long)(await command.ExecuteScalarAsync())!;
        }

        return counts;
    }
}
