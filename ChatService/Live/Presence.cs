namespace Assistify.ChatService.Live;

/// <summary>An operator looks at a conversation, or stopped to. To every replica; may be lost, so it is said again now and then.</summary>
public sealed record SomebodyLooks(Guid Origin, Guid ConversationId, Guid OperatorId, string? Name, bool Here);
