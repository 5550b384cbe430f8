using System.Text;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Conversations.Endpoints;

internal sealed record ConversationPage(IReadOnlyList<ConversationView> Items, string? Next);

internal static class ListConversationsEndpoint
{
    private const int MostItems = 100;
    private const int MostIds = 100;

    // Names and addresses are found by trigrams wherever they are; texts among the latest conversations only, so that a search
    // stays fast however much is stored.
    private const string Search =
        """
         and (c.customer_id in (
                select u1.id from customers u1 where u1.workspace_id = $1 and (u1.name ilike $8 or u1.email ilike $8)
                union
                select i1.customer_id from customer_identifiers i1 where i1.workspace_id = $1 and lower(i1.value) like lower($8))
              or c.id in (
                select t.id from (
                    select id, last_message_text, subject from conversations
                    where workspace_id = $1 and sequence > 0 order by last_activity_at desc, id desc limit 5000) t
                where t.last_message_text ilike $8 or t.subject ilike $8))
        """;

    // As the index conversations_waiting_since has it: handed over to people, or not answered by them.
    private const string Waiting = " and (c.status = 1 or (c.status = 0 and c.turn = 1 and c.waiting_since is not null))";
    private const string Since = "coalesce(c.waiting_since, c.last_message_at)";

    // As the index conversations_promised has it; what is over is late no more.
    private const string Due = "least(c.response_due_at, c.resolution_due_at)";

    public static void MapListConversations(this IEndpointRouteBuilder conversations) =>
        conversations.MapGet("/list", Handle)
            .RequireAuthorization(Policies.Viewer)
            .WithName("ListConversations")
            .WithSummary("The inbox: newest activity first, or who waits for people, the longest first");

    internal static async Task<IResult> Handle(HttpContext http, NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request);
        var status = query.OneOf("status", "all", "open", "pending", "closed");
        var channel = query.Text("channel", 32);
        var assignee = query.Text("assignee");
        Guid? assigneeId = assignee switch { null or "none" => null, "me" => http.User.Id(), _ => query.Id("assignee") };
        var team = query.Id("team");
        var label = query.Text("label");
        var waiting = query.OneOf("waiting", "true", "false") == "true";
        var overdue = query.OneOf("overdue", "true", "false") == "true";
        var mentioned = query.OneOf("mentioned", "me") is not null;
        var ids = query.Ids("ids", MostIds);
        var suppliers = query.OneOf("supplier", "true", "false") == "true";
        var search = query.Text("q");
        var cursor = query.Cursor("cursor");
        var limit = (int)(query.Number("limit", 1, MostItems) ?? 50);
        if (query.Errors.Any) return query.Errors.AsProblem();

        // The page is cut from the index before anything is joined to it.
        var sql = new StringBuilder($"select {ConversationView.Columns} from (select * from conversations c where c.workspace_id = $1");
        // A supplier is asked who has never written.
        if (!suppliers) sql.Append(" and c.sequence > 0");
        var order = " order by " + (overdue ? $"{Due}, c.id" : waiting ? $"{Since}, c.id" : "c.last_activity_at desc, c.id desc");
        if (cursor is not null) sql.Append(overdue ? $" and ({Due}, c.id) > ($2, $3)" : waiting ? $" and ({Since}, c.id) > ($2, $3)" : " and (c.last_activity_at, c.id) < ($2, $3)");
        if (waiting) sql.Append(Waiting);
        if (overdue) sql.Append($" and {Due} <= $11");
        if (mentioned) sql.Append(" and c.id in (select n.conversation_id from notifications n where n.workspace_id = $1 and n.user_id = $10 and n.kind = 'mention')");
        if (suppliers) sql.Append(" and c.customer_id in (select u2.id from customers u2 where u2.workspace_id = $1 and u2.supplier_since is not null)");
        if (status is not (null or "all")) sql.Append(" and c.status = $4");
        if (channel is not null) sql.Append(" and c.channel = $5");
        if (assigneeId is not null) sql.Append(" and c.assignee_id = $6");
        else if (assignee == "none") sql.Append(" and c.assignee_id is null");
        if (team is not null) sql.Append(" and c.team_id = $12");
        if (ids is not null) sql.Append(" and c.id = any($13)");
        if (label is not null) sql.Append(" and c.labels @> array[$7]");
        if (search is not null) sql.Append(Search);
        sql.Append(order).Append($" limit $9) c {ConversationView.Joins}").Append(order);

        await using var command = database.CreateCommand(sql.ToString());
        command.Parameters.AddWithValue(http.User.WorkspaceId());
        Add(command, NpgsqlDbType.TimestampTz, cursor?.At);
        Add(command, NpgsqlDbType.Uuid, cursor?.Id);
        Add(command, NpgsqlDbType.Smallint, (short)(status switch { "pending" => 1, "closed" => 2, _ => 0 }));
        Add(command, NpgsqlDbType.Text, channel);
        Add(command, NpgsqlDbType.Uuid, assigneeId);
        Add(command, NpgsqlDbType.Text, label);
        Add(command, NpgsqlDbType.Text, search is null ? null : Like.Containing(search));
        Add(command, NpgsqlDbType.Integer, limit + 1);
        Add(command, NpgsqlDbType.Uuid, http.User.Id());
        Add(command, NpgsqlDbType.TimestampTz, time.GetUtcNow());
        Add(command, NpgsqlDbType.Uuid, team);
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Uuid, ids);

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<ConversationView>();
        while (await reader.ReadAsync(cancellationToken)) items.Add(ConversationView.Read(reader));
        var more = items.Count > limit;
        if (more) items.RemoveAt(limit);
        return TypedResults.Ok(new ConversationPage(items, more ? Cursor.Write(Position(items[^1]), items[^1].Id) : null));

        DateTimeOffset Position(ConversationView last) =>
            overdue && last.Clock is { } clock ? new[] { clock.ResponseDueAt, clock.ResolutionDueAt }.Min() ?? last.LastActivityAt
            : waiting ? last.Clock?.WaitingSince ?? last.LastMessage?.CreatedAt ?? last.LastActivityAt : last.LastActivityAt;
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
