using System.Diagnostics;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Suppliers;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Partitions;

/// <summary>A conversation whose messages go to the assistant: to be answered where it is asked, else only to be understood.</summary>
internal sealed record ReplyAsk(Conversation Conversation, CustomerFacts Customer, ActivityContext Trace)
{
    private const int HistoryLength = 12;
    private const int LongestHistory = 60;

    /// <summary>For people who want a suggestion or a summary: so many of the latest messages. The assistant itself is asked nothing then.</summary>
    public int? Messages { get; init; }

    // Twelve messages are context enough; those that nobody answered yet are all there beside them, so that each is understood.
    private const string History =
        """
        select m.conversation_id, m.id, m.author,
            case when m.deleted_at is null then m.text else '[deleted]' end, m.created_at, m.sequence, m.intent is not null, w.time_zone,
            m.choice::text, m.cards::text, case when m.deleted_at is null then m.attachments::text end, s.waiting, s.lately, m.details ->> 'page'
        from unnest($1::uuid[], $2::integer[], $3::uuid[]) as k(id, count, customer_id)
        cross join lateral (
            select array_agg(e.product_id) filter (where e.conversation_id = k.id and e.answered_at is null and e.expires_at > $4) as waiting,
                count(*) filter (where e.asked_at > $5) as lately
            from conversations o join enquiries e on e.conversation_id = o.id
            where o.customer_id = k.customer_id and e.asked_by is null) s
        cross join lateral (
            select * from messages h where h.conversation_id = k.id and not h.private order by h.sequence desc limit k.count) m
        join workspaces w on w.id = m.workspace_id
        order by m.conversation_id, m.sequence
        """;

    /// <summary>Reads the conversation's columns, and behind them the customer's name and locale.</summary>
    public static ReplyAsk Read(NpgsqlDataReader reader)
    {
        var conversation = ConversationRows.Read(reader);
        return new ReplyAsk(
            conversation,
            new CustomerFacts(
                conversation.CustomerId,
                reader.IsDBNull(ConversationRows.Count) ? null : reader.GetString(ConversationRows.Count),
                null, null,
                reader.IsDBNull(ConversationRows.Count + 1) ? null : reader.GetString(ConversationRows.Count + 1)),
            ActivityContext.TryParse(conversation.Trace, null, isRemote: true, out var trace) ? trace : default);
    }

    public static NpgsqlBatchCommand LoadHistory(IReadOnlyList<ReplyAsk> asks, WorkspaceDirectory workspaces, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(History);
        command.Uuid(asks, static ask => ask.Conversation.Id);
        command.Integer(asks, static ask => ask.Length);
        // Where nobody sells to the workspace nobody was asked, and nothing is looked up.
        command.Uuid(asks, ask => workspaces.Find(ask.Conversation.WorkspaceId) is { HasSuppliers: true } ? ask.Conversation.CustomerId : (Guid?)null);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - Enquiry.While });
        return command;
    }

    /// <summary>Reads what <see cref="LoadHistory"/> selects.</summary>
    public static async Task<List<(ReplyRequested Request, ActivityContext Trace)>> ReadRequests(
        NpgsqlDataReader reader, IReadOnlyList<ReplyAsk> asks, WorkspaceDirectory workspaces, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var histories = new Dictionary<Guid, List<PastMessage>>(asks.Count);
        var sellers = new Dictionary<Guid, AskedSellers>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            if (!histories.TryGetValue(id, out var history))
            {
                histories[id] = history = new List<PastMessage>(HistoryLength);
                if (Sellers(reader) is { } asked) sellers[id] = asked;
            }

            history.Add(new PastMessage(
                new HistoryMessage(
                    reader.GetGuid(1), (Author)reader.GetInt16(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4),
                    StoredJson.ReadValue<Choice>(reader.IsDBNull(8) ? null : reader.GetString(8)),
                    reader.IsDBNull(9) ? null : Offered(reader.GetString(9)),
                    reader.IsDBNull(10) ? null : Pictures(reader.GetString(10), (Author)reader.GetInt16(2)),
                    StoredJson.ReadValue<PageContext>(reader.IsDBNull(13) ? null : reader.GetString(13))),
                reader.GetInt64(5), reader.GetBoolean(6), reader.GetString(7)));
        }

        var requests = new List<(ReplyRequested, ActivityContext)>(asks.Count);
        foreach (var ask in asks)
        {
            if (histories.TryGetValue(ask.Conversation.Id, out var history) && ask.Request(history, workspaces.Find(ask.Conversation.WorkspaceId)?.Assistant?.For(ask.Conversation.Id), now) is { } request)
                requests.Add((request with { Sellers = sellers.GetValueOrDefault(ask.Conversation.Id) }, ask.Trace));
        }

        return requests;
    }

    private static AskedSellers? Sellers(NpgsqlDataReader reader)
    {
        var mayAsk = reader.GetInt64(12) < Enquiry.MostInAWhile;
        return reader.IsDBNull(11) && mayAsk ? null : new AskedSellers(reader.IsDBNull(11) ? [] : reader.GetFieldValue<Guid[]>(11), mayAsk);
    }

    private static List<Choice>? Offered(string cards)
    {
        var offered = StoredJson.ReadList<Card>(cards).Where(static card => card.IsChoice()).Select(static card => new Choice(card.Action!, card.Title)).ToList();
        return offered.Count == 0 ? null : offered;
    }

    // A sticker is a mood, and what will never be here cannot be looked at.
    private static List<Guid>? Pictures(string attachments, Author author)
    {
        if (author is not Author.Customer) return null;
        var pictures = StoredJson.ReadList<Attachment>(attachments).Where(static one => one is { Kind: "image", Unavailable: null }).Select(static one => one.Id).ToList();
        return pictures.Count == 0 ? null : pictures;
    }

    private int Length => Messages ?? (int)Math.Clamp(
        HistoryLength + (Conversation.UnansweredFrom is { } from ? Conversation.Sequence - from : 0), HistoryLength, LongestHistory);

    private ReplyRequested? Request(List<PastMessage> history, BusinessSettings? assistant, DateTimeOffset now)
    {
        var wanted = Messages is not null || Conversation.IsAsked;
        var unanswered = Messages is not null ? LatestOfCustomer(history) : Unanswered(history);
        if (unanswered.Count == 0 && Messages is null) return null;
        return new ReplyRequested(
            Conversation.Id, Conversation.Version, Conversation.WorkspaceId, Conversation.CustomerId, Conversation.Channel,
            Conversation.Partition, unanswered, history.ConvertAll(static past => past.Message),
            Stream: Conversation.Channel == Channels.Web, wanted, Customer.Name, Customer.Locale, now, history[0].TimeZone,
            assistant);
    }

    private List<Guid> Unanswered(List<PastMessage> history)
    {
        var unanswered = new List<Guid>();
        foreach (var past in history)
        {
            if (past.Message.Author == Author.Customer && (Conversation.IsAsked ? past.Sequence >= Conversation.UnansweredFrom : !past.Understood))
                unanswered.Add(past.Message.Id);
        }

        return unanswered;
    }

    // Answered or not: "one moment, please" is no answer.
    private static List<Guid> LatestOfCustomer(List<PastMessage> history)
    {
        var latest = new List<Guid>();
        for (var i = history.Count - 1; i >= 0; i--)
        {
            if (history[i].Message.Author == Author.Customer) latest.Insert(0, history[i].Message.Id);
            else if (latest.Count > 0 && history[i].Message.Author != Author.System) break;
        }

        return latest;
    }

    private readonly record struct PastMessage(HistoryMessage Message, long Sequence, bool Understood, string TimeZone);
}
