namespace Assistify.ChatService.Conversations;

/// <summary>
/// A hint for every replica, one for each committed batch: these conversations changed, these commands were carried out.
/// What changed is read from the database, so a lost hint costs a second and nothing else.
/// </summary>
/// <param name="Origin">The replica that committed it, which knows already.</param>
public sealed record ConversationsChanged(Guid Origin, IReadOnlyList<ConversationChange> Changes);

/// <param name="Asked">The assistant starts to write.</param>
/// <param name="HandedOver">The turn went to people by the assistant's doing.</param>
/// <param name="Mentioned">Operators whom a new private note names.</param>
/// <param name="Pictured">Operators who asked a supplier for the picture that is shown now.</param>
public sealed record ConversationChange(
    Guid ConversationId, Guid WorkspaceId, long Revision, bool Asked = false, bool HandedOver = false, IReadOnlyList<Guid>? Mentioned = null,
    IReadOnlyList<Guid>? Pictured = null)
{
    /// <summary>Both changes, the later one's revision.</summary>
    public ConversationChange After(ConversationChange? before) => before is null ? this : this with
    {
        Asked = Asked || before.Asked,
        HandedOver = HandedOver || before.HandedOver,
        Mentioned = before.Mentioned is null ? Mentioned : [.. before.Mentioned.Union(Mentioned ?? [])],
        Pictured = before.Pictured is null ? Pictured : [.. before.Pictured.Union(Pictured ?? [])],
    };
}
