using Assistify.ChatService.Conversations;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Suppliers;

internal sealed record EnquiryPage(IReadOnlyList<EnquiryView> Items);

/// <param name="Supplier">His conversation, where he was asked.</param>
/// <param name="Customer">The conversation of the customer for whom he was asked.</param>
/// <param name="ByAssistant">At the customer's own wish; otherwise an operator asked.</param>
/// <param name="AnsweredAt">When the first answer went on to the customer.</param>
/// <param name="Pictures">Those that were shown to the customer, in the order in which they came.</param>
internal sealed record EnquiryView(
    Guid Id, string Subject, DateTimeOffset AskedAt, ConversationView Supplier, ConversationView Customer, bool ByAssistant, DateTimeOffset? AnsweredAt,
    IReadOnlyList<EnquiryPicture> Pictures);

/// <param name="MessageId">With the card, in the customer's conversation.</param>
internal sealed record EnquiryPicture(Guid MessageId, string ImageUrl, DateTimeOffset At);

/// <summary>What suppliers were asked for a customer in the last days, or a supplier for customers, and the cards that came of it.</summary>
internal static class GetEnquiriesEndpoint
{
    // With the files that the supplier has sent since: each may have become a card.
    private const string Asked =
        """
        select e.id, e.subject, e.asked_at, e.supplier_conversation_id, e.conversation_id, e.asked_by is null, e.answered_at, array(
            select (a.value->>'id')::uuid
            from conversations asked join conversations o on o.customer_id = asked.customer_id
            join messages m on m.conversation_id = o.id cross join jsonb_array_elements(m.attachments) a
            where asked.id = e.supplier_conversation_id and m.created_at >= e.asked_at and m.attachments is not null
            order by m.created_at, m.sequence)
        from enquiries e
        where e.conversation_id = $1 or e.supplier_conversation_id in (
            select o.id from conversations asked join conversations o on o.customer_id = asked.customer_id where asked.id = $1)
        order by e.asked_at desc limit 100
        """;

    private const string Shown = "select m.id, m.created_at from messages m where m.id = any($1) order by m.created_at, m.sequence";

    public static void MapEnquiries(this IEndpointRouteBuilder conversations) =>
        conversations.MapGet("/{id:guid}/enquiries", Handle)
            .RequireAuthorization(Policies.Viewer)
            .WithName("GetEnquiries")
            .WithSummary("What suppliers were asked for this customer, or this supplier for customers, and the pictures that came of it");

    internal static async Task<IResult> Handle(
        Guid id, HttpContext http, ConversationReader conversations, NpgsqlDataSource database, MediaLinks media, CancellationToken cancellationToken)
    {
        if (await conversations.Find(http.User, id, cancellationToken) is null) return Problem.NotFound();

        var asked = await ReadAsked(database, id, cancellationToken);
        var cards = asked.SelectMany(enquiry => enquiry.Files.Select(file => (Card: SupplierPicture.IdOf(file, enquiry.Id), Enquiry: enquiry.Id)))
            .DistinctBy(card => card.Card).ToDictionary(card => card.Card, card => card.Enquiry);
        var pictures = (await ReadShown(database, cards.Keys, media, cancellationToken)).ToLookup(picture => cards[picture.MessageId]);
        var views = (await conversations.Views([.. asked.SelectMany(Both).Distinct()], cancellationToken)).ToDictionary(view => view.Id);
        return TypedResults.Ok(new EnquiryPage([.. asked
            .Where(enquiry => Both(enquiry).All(views.ContainsKey))
            .Select(enquiry => new EnquiryView(
                enquiry.Id, enquiry.Subject, enquiry.AskedAt, views[enquiry.SupplierConversationId], views[enquiry.ConversationId], enquiry.ByAssistant, enquiry.AnsweredAt,
                [.. pictures[enquiry.Id]]))]));
    }

    private static IEnumerable<Guid> Both(AskedRow enquiry) => [enquiry.SupplierConversationId, enquiry.ConversationId];

    private static async Task<List<AskedRow>> ReadAsked(
        NpgsqlDataSource database, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Asked);
        command.Parameters.AddWithValue(conversationId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var asked = new List<AskedRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            asked.Add(new AskedRow(
                reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetGuid(3), reader.GetGuid(4), reader.GetBoolean(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6), reader.GetFieldValue<Guid[]>(7)));
        }

        return asked;
    }

    private static async Task<List<EnquiryPicture>> ReadShown(
        NpgsqlDataSource database, IReadOnlyCollection<Guid> messages, MediaLinks media, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Shown);
        command.Parameters.AddWithValue(messages.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var shown = new List<EnquiryPicture>();
        // The customer's copy of the picture has the message's id.
        while (await reader.ReadAsync(cancellationToken))
            shown.Add(new EnquiryPicture(reader.GetGuid(0), media.PathOf(reader.GetGuid(0)), reader.GetFieldValue<DateTimeOffset>(1)));
        return shown;
    }

    private sealed record AskedRow(
        Guid Id, string Subject, DateTimeOffset AskedAt, Guid SupplierConversationId, Guid ConversationId, bool ByAssistant, DateTimeOffset? AnsweredAt, Guid[] Files);
}
