using Npgsql;

namespace Assistify.ChatService.Conversations;

/// <summary>A conversation as the external contract shows it.</summary>
/// <param name="Satisfaction">How well the customer said he was helped, from 1 to 5.</param>
/// <param name="ReadByCustomer">The sequence up to which the customer has seen the messages, on web chat.</param>
/// <param name="ReadByPeople">The sequence up to which somebody of the workspace has seen them.</param>
internal sealed record ConversationView(
    Guid Id,
    string Channel,
    string Status,
    string Turn,
    long Revision,
    CustomerSummary Customer,
    AssigneeView? Assignee,
    IReadOnlyList<string> Labels,
    string? Subject,
    LastMessageView? LastMessage,
    DateTimeOffset LastActivityAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? WindowExpiresAt,
    long? InboxRevision = null,
    int? Satisfaction = null,
    DateTimeOffset? OptedOutAt = null,
    ClockView? Clock = null,
    TeamView? Team = null,
    long? ReadByCustomer = null,
    long? ReadByPeople = null)
{
    /// <summary>Labels and who works on it are the operators' business.</summary>
    public ConversationView ForCustomer() => this with { Labels = [], Assignee = null, OptedOutAt = null, Clock = null, Team = null, Customer = Customer with { Supplier = null } };

    /// <summary>In the order that <see cref="Read"/> expects; needs <see cref="Joins"/>.</summary>
    public const string Columns = $"{ConversationRows.Columns}, u.name, k.identifiers, s.score, t.name, r.by_customer, r.by_people, u.supplier_since is not null";

    public const string Joins =
        """
        join customers u on u.id = c.customer_id
        left join satisfaction s on s.conversation_id = c.id
        left join read_marks r on r.conversation_id = c.id
        left join teams t on t.id = c.team_id and t.workspace_id = c.workspace_id
        left join lateral (
            select array_agg(i.kind || chr(31) || i.value order by i.created_at, i.kind, i.value) as identifiers
            from customer_identifiers i where i.customer_id = u.id and i.kind <> 'phone') k on true
        """;

    public static ConversationView Read(NpgsqlDataReader reader)
    {
        var conversation = ConversationRows.Read(reader);
        var team = conversation.TeamId is { } id && !reader.IsDBNull(ConversationRows.Count + 3) ? new TeamView(id, reader.GetString(ConversationRows.Count + 3)) : null;
        var view = Of(
            conversation,
            reader.IsDBNull(ConversationRows.Count) ? null : reader.GetString(ConversationRows.Count),
            reader.IsDBNull(ConversationRows.Count + 1) ? [] : reader.GetFieldValue<string[]>(ConversationRows.Count + 1));
        return view with
        {
            Satisfaction = reader.IsDBNull(ConversationRows.Count + 2) ? null : reader.GetInt16(ConversationRows.Count + 2),
            Team = team,
            ReadByCustomer = Mark(reader, ConversationRows.Count + 4),
            ReadByPeople = Mark(reader, ConversationRows.Count + 5),
            Customer = view.Customer with { Supplier = reader.GetBoolean(ConversationRows.Count + 6) ? true : null },
        };
    }

    private static long? Mark(NpgsqlDataReader reader, int at) => !reader.IsDBNull(at) && reader.GetInt64(at) is > 0 and var mark ? mark : null;

    public static string NameOf(TurnHolder turn) => turn == TurnHolder.Assistant ? "assistant" : "agent";

    private static ConversationView Of(Conversation c, string? customerName, string[] identifiers) => new(
        c.Id,
        c.Channel,
        c.Status switch { ConversationStatus.Open => "open", ConversationStatus.Pending => "pending", _ => "closed" },
        NameOf(c.Turn),
        c.Revision,
        new CustomerSummary(c.CustomerId, customerName, [.. identifiers.Select(IdentifierView.Read)]),
        c.AssigneeId is { } assignee ? new AssigneeView(assignee, c.AssigneeName) : null,
        c.Labels,
        c.Subject,
        c.LastMessageId is { } last
            ? new LastMessageView(
                last, c.LastMessageSequence ?? 0, c.LastMessageAuthor == "customer" ? "inbound" : "outbound",
                new AuthorView(c.LastMessageAuthor ?? "customer"), c.LastMessageText ?? "", c.LastMessageAt ?? c.LastActivityAt)
            : null,
        c.LastActivityAt,
        c.CreatedAt,
        c.WindowExpiresAt,
        OptedOutAt: c.OptedOutAt,
        Clock: c.WaitingSince is null && c.ResolutionDueAt is null
            ? null
            : new ClockView(c.WaitingSince, c.PeopleAnsweredAt is null ? "first" : "next", c.ResponseDueAt, c.ResolutionDueAt));
}

/// <param name="Supplier">He sells to the workspace: people answer him, never the assistant.</param>
internal sealed record CustomerSummary(Guid Id, string? Name, IReadOnlyList<IdentifierView> Identifiers, bool? Supplier = null);

internal sealed record IdentifierView(string Kind, string Value)
{
    public static IdentifierView Read(string joined)
    {
        var end = joined.IndexOf('\u001f', StringComparison.Ordinal);
        return new IdentifierView(joined[..end], joined[(end + 1)..]);
    }
}

internal sealed record AssigneeView(Guid Id, string? Name);

/// <summary>Whose members it is given to.</summary>
internal sealed record TeamView(Guid Id, string Name);

/// <summary>Since when the customer waits for people, and by when they promised to answer and to be done.</summary>
/// <param name="Response"><c>first</c> or <c>next</c>.</param>
internal sealed record ClockView(DateTimeOffset? WaitingSince, string Response, DateTimeOffset? ResponseDueAt, DateTimeOffset? ResolutionDueAt);

/// <summary>The beginning of the latest message that is not private.</summary>
internal sealed record LastMessageView(
    Guid Id, long Sequence, string Direction, AuthorView Author, string Text, DateTimeOffset CreatedAt);
