using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChatService.Partitions;

/// <summary>
/// Gives a conversation's latest messages, as the assistant is asked with them, to the service that suggests an answer or sums up.
/// </summary>
internal static class GiveConversation
{
    private const int MostMessages = 60;

    private const string FindOne =
        $"""
        select {ConversationRows.Columns}, u.name, u.locale from conversations c join customers u on u.id = c.customer_id
        where c.id = $1 and c.workspace_id = $2
        """;

    public static void MapGiveConversation(this IEndpointRouteBuilder app) => app.MapGet("/internal/conversations/{id:guid}", Handle).ForOurServices();

    private static async Task<IResult> Handle(
        Guid id, Guid workspaceId, int messages, NpgsqlDataSource database, WorkspaceDirectory workspaces, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await workspaces.Refresh(cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await Find(connection, id, workspaceId, cancellationToken) is not { } found) return Problem.NotFound();

        var now = time.GetUtcNow();
        var ask = found with { Messages = Math.Clamp(messages, 1, MostMessages) };
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(ReplyAsk.LoadHistory([ask], workspaces, now));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var requests = await ReplyAsk.ReadRequests(reader, [ask], workspaces, now, cancellationToken);
        // Nothing was written in it yet.
        return requests.Count == 0 ? TypedResults.NoContent() : TypedResults.Json(requests[0].Request, Json.Options);
    }

    private static async Task<ReplyAsk?> Find(NpgsqlConnection connection, Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FindOne, connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReplyAsk.Read(reader) : null;
    }
}
