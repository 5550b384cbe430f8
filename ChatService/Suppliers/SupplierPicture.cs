using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.ChatService.Suppliers;

/// <summary>
/// A supplier's picture answers an enquiry and is stored: it becomes a card in the customer's conversation. Travels from the
/// supplier's partition to the customer's.
/// </summary>
/// <param name="MessageId">Of the message with the card, and of the customer's own copy of the picture.</param>
/// <param name="ConversationId">The customer's.</param>
/// <param name="MediaId">The supplier's picture.</param>
/// <param name="SupplierId">As a customer.</param>
/// <param name="AskedBy">Null where the assistant asked.</param>
public sealed record SupplierPicture(
    Guid MessageId,
    Guid WorkspaceId,
    Guid ConversationId,
    int Partition,
    Guid MediaId,
    Guid SupplierId,
    string Subject,
    Guid? AskedBy,
    Guid? EnquiryId = null) : IPartitioned
{
    /// <summary>Of cards with a stored picture, by whose id they are known.</summary>
    internal const string CardKind = "photo";

    /// <summary>One picture is one card of one enquiry, however often it is told.</summary>
    internal static Guid IdOf(Guid mediaId, Guid enquiryId) => Contracts.Identifiers.Derive($"supplier-picture/{mediaId}/{enquiryId}");

    // The picture is the customer's too from now on. While it is copied, nobody who erases the supplier takes its content away.
    private const string Copy =
        """
        insert into media (id, workspace_id, customer_id, sha256, kind, content_type, file_name, size, created_at)
        select v.id, m.workspace_id, v.customer_id, m.sha256, m.kind, m.content_type, m.file_name, m.size, $5
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) as v(id, workspace_id, source_id, customer_id)
        join media m on m.id = v.source_id and m.workspace_id = v.workspace_id
        for key share of m
        on conflict (id) do nothing
        """;

    internal static NpgsqlBatchCommand CopyAll(IReadOnlyList<(SupplierPicture Picture, Guid CustomerId)> pictures, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(Copy);
        command.Uuid(pictures, static p => p.Picture.MessageId);
        command.Uuid(pictures, static p => p.Picture.WorkspaceId);
        command.Uuid(pictures, static p => p.Picture.MediaId);
        command.Uuid(pictures, static p => p.CustomerId);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return command;
    }
}
