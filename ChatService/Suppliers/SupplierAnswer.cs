using Assistify.Contracts;

namespace Assistify.ChatService.Suppliers;

/// <summary>A supplier's words answer what the assistant asked him for a customer. Travels from the supplier's partition to the customer's.</summary>
/// <param name="MessageId">Of the message to the customer.</param>
/// <param name="ConversationId">The customer's.</param>
/// <param name="Language">The customer's.</param>
public sealed record SupplierAnswer(
    Guid MessageId, Guid WorkspaceId, Guid ConversationId, int Partition, Guid EnquiryId, string Subject, string Text, string? Language) : IPartitioned
{
    /// <summary>What a supplier wrote is told once for one enquiry.</summary>
    internal static Guid IdOf(Guid messageId, Guid enquiryId) => Identifiers.Derive($"supplier-answer/{messageId}/{enquiryId}");
}
