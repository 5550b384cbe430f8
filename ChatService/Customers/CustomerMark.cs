using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Customers;

/// <summary>What people say of a customer once: since when it is so.</summary>
internal static class CustomerMark
{
    /// <param name="column">Of the customer's row; a name of ours, never one that came from outside.</param>
    /// <param name="at">Null takes it back; said again, it is so since the first time.</param>
    public static async Task<IResult> Set(
        string column, Guid id, DateTimeOffset? at, HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var workspaceId = http.User.WorkspaceId();
        await using var command = database.CreateCommand(
            $"""
            update customers set {column} = case when $3::timestamptz is null then null else coalesce({column}, $3) end
            where id = $2 and workspace_id = $1 and merged_into is null
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)at ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return await GetCustomersEndpoints.Find(database, workspaceId, id, cancellationToken) is { } customer ? TypedResults.Ok(customer) : Problem.NotFound();
    }
}
