using Assistify.ChatService.Conversations;
using Assistify.Contracts;

namespace Assistify.ChatService.Tests;

internal static class Some
{
    public static readonly DateTimeOffset Moment = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    public static readonly Guid Workspace = Identifiers.DefaultWorkspace;
    public static readonly Guid WhatsApp = Identifiers.Connection(Workspace, "whatsapp", "test");
    private static int s_numbers;

    public static string Number() => $"whatsapp:+44770090{Interlocked.Increment(ref s_numbers):0000}";

    public static Conversation Conversation(string channel = "whatsapp") => new()
    {
        Id = Guid.NewGuid(),
        WorkspaceId = Workspace,
        CustomerId = Guid.NewGuid(),
        ConnectionId = WhatsApp,
        Channel = channel,
        Address = "whatsapp:+447700900000",
        Partition = 3,
        CreatedAt = Moment,
        LastActivityAt = Moment,
        ChangedAt = Moment,
    };

    public static CustomerMessageReceived Message(
        string address, string text = "Do you ship to Cyprus?", TimeSpan burst = default, Guid? id = null, string? externalId = null) => new(
        id ?? Guid.NewGuid(), Workspace, WhatsApp, "whatsapp", Partition.For(WhatsApp, address),
        new CustomerAddress("whatsapp", address, "Ada", address["whatsapp:".Length..]), new MessageContent(text),
        DateTimeOffset.UtcNow, burst, externalId);

    public static ReplyGenerated Reply(ReplyRequested request, string text = "Yes, we do.", bool handOver = false) => new(
        Identifiers.Reply(request.ConversationId, request.Version), request.ConversationId, request.Version, request.WorkspaceId,
        request.Partition, text, [], [], [],
        [.. request.Unanswered.Select(id => new Understanding(id, "shipping", 0.9, "neutral", 0.1, "en"))],
        "offline", null, 12, null, handOver, DateTimeOffset.UtcNow);
}
