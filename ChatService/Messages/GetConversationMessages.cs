using Assistify.ChatService.Conversations;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Messages;

internal sealed record MessagePage(IReadOnlyList<MessageView> Items, long? Next);

internal static class GetConversationMessagesEndpoint
{
    private const int MostItems = 200;

    // Forwards from a sequence (without any, from the first message), or backwards from one; the answer is in sequence order.
    private const string Query =
        $"""
        select {MessageRows.Columns} from messages m
        where m.conversation_id = $1 and m.sequence > $2 and m.sequence < $3 and ($4 or not m.private)
        order by m.sequence
        """;

    public static void MapGetConversationMessages(this IEndpointRouteBuilder messages) =>
        messages.MapGet("/get_conversation_messages", Handle)
            .RequireAuthorization(Policies.Participant)
            .WithName("GetConversationMessages")
            .WithSummary("A conversation's messages in sequence order");

    internal static async Task<IResult> Handle(
        HttpContext http, ConversationReader conversations, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request);
        var conversationId = query.Id("conversationId");
        var after = query.Number("after", 0, long.MaxValue);
        var before = query.Number("before", 0, long.MaxValue);
        var limit = (int)(query.Number("limit", 1, MostItems) ?? 50);
        if (conversationId is null && !query.Errors.Any) query.Errors.Add("conversationId", "Which conversation?");
        if (after is not null && before is not null) query.Errors.Add("before", "Either after or before.");
        if (query.Errors.Any) return query.Errors.AsProblem();
        if (await conversations.Find(http.User, conversationId!.Value, cancellationToken) is null) return Problem.NotFound();

        var backwards = before is not null;
        await using var command = database.CreateCommand($"{Query} {(backwards ? "desc" : "")} limit $5");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = conversationId.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after ?? 0 });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = !http.User.IsCustomer() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<MessageView>();
        while (await reader.ReadAsync(cancellationToken))
            items.Add(conversations.View(MessageRows.Read(reader), http.User.IsCustomer()));

        var more = items.Count > limit;
        if (more) items.RemoveAt(limit);
        if (backwards) items.Reverse();
        // The next page goes on in the direction of this one: its `after`, or its `before`.
        long? next = more ? items[backwards ? 0 : ^1].Sequence : null;
        return TypedResults.Ok(new MessagePage(items, next));
    }
}
