using Assistify.ChatService.Conversations;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Suppliers;

internal sealed record EnquiryPage(IReadOnlyList<EnquiryView> Items);

/// <param name="Supplier">His conversation, where he was asked.</param>
/// <param name="Pictures">Those that were shown to the customer, in the order in which they came.</param>
internal sealed record EnquiryView(Guid Id, string Subject, DateTimeOffset AskedAt, ConversationView Supplier, IReadOnlyList<EnquiryPicture> Pictures);

/// <param name="MessageId">With the card, in the customer's conversation.</param>
internal sealed record EnquiryPicture(Guid MessageId, string ImageUrl, DateTimeOffset At);

/// <summary>What suppliers were asked for a customer in the last days, and the cards that came of it.</summary>
internal static class GetEnquiriesEndpoint
{
    // With the files that the supplier has sent since: each may have become a card.
    private const string Asked =
        """
        select e.id, e.subject, e.asked_at, e.supplier_conversation_id, array(
            select (a.value->>'id')::uuid from messages m cross join jsonb_array_elements(m.attachments) a
            where m.conversation_id = e.supplier_conversation_id and m.created_at >= e.asked_at and m.attachments is not null
            order by m.sequence)
        from enquiries e where e.conversation_id = $1 order by e.asked_at desc
        """;

    private const string Shown = "select m.id, m.created_at from messages m where m.conversation_id = $1 and m.id = any($2) order by m.sequence";

    public static void MapEnquiries(this IEndpointRouteBuilder conversations) =>
        conversations.MapGet("/{id:guid}/enquiries", Handle)
            .RequireAuthorization(Policies.Viewer)
            .WithName("GetEnquiries")
            .WithSummary("What suppliers were asked for this customer, and the pictures that came of it");

    internal static async Task<IResult> Handle(
        Guid id, HttpContext http, ConversationReader conversations, NpgsqlDataSource database, MediaLinks media, CancellationToken cancellationToken)
    {
        if (await conversations.Find(http.User, id, cancellationToken) is null) return Problem.NotFound();

        var asked = await ReadAsked(database, id, cancellationToken);
        var cards = asked.SelectMany(enquiry => enquiry.Files.Select(file => (Card: SupplierPicture.IdOf(file, enquiry.Id), Enquiry: enquiry.Id)))
            .DistinctBy(card => card.Card).ToDictionary(card => card.Card, card => card.Enquiry);
        var pictures = (await ReadShown(database, id, cards.Keys, media, cancellationToken)).ToLookup(picture => cards[picture.MessageId]);
        var suppliers = (await conversations.Views([.. asked.Select(enquiry => enquiry.SupplierConversationId).Distinct()], cancellationToken)).ToDictionary(view => view.Id);
        return TypedResults.Ok(new EnquiryPage([.. asked
            .Where(enquiry => suppliers.ContainsKey(enquiry.SupplierConversationId))
            .Select(enquiry => new EnquiryView(
                enquiry.Id, enquiry.Subject, enquiry.AskedAt, suppliers[enquiry.SupplierConversationId], [.. pictures[enquiry.Id]]))]));
    }

    private static async Task<List<(Guid Id, string Subject, DateTimeOffset AskedAt, Guid SupplierConversationId, Guid[] Files)>> ReadAsked(
        NpgsqlDataSource database, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Asked);
        command.Parameters.AddWithValue(conversationId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var asked = new List<(Guid, string, DateTimeOffset, Guid, Guid[])>();
        while (await reader.ReadAsync(cancellationToken))
            asked.Add((reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetGuid(3), reader.GetFieldValue<Guid[]>(4)));
        return asked;
    }

    private static async Task<List<EnquiryPicture>> ReadShown(
        NpgsqlDataSource database, Guid conversationId, IReadOnlyCollection<Guid> messages, MediaLinks media, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Shown);
        command.Parameters.AddWithValue(conversationId);
        command.Parameters.AddWithValue(messages.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var shown = new List<EnquiryPicture>();
        // The customer's copy of the picture has the message's id.
        while (await reader.ReadAsync(cancellationToken))
            shown.Add(new EnquiryPicture(reader.GetGuid(0), media.PathOf(reader.GetGuid(0)), reader.GetFieldValue<DateTimeOffset>(1)));
        return shown;
    }
}
