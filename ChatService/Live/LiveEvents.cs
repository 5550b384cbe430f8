using Assistify.ChatService.Conversations;
using Assistify.Contracts;

namespace Assistify.ChatService.Live;

internal static class LiveEvents
{
    public const string Message = "message";
    public const string Conversation = "conversation";
    public const string ReplyDelta = "replyDelta";
    public const string ReplyReset = "replyReset";
    public const string Typing = "typing";
    public const string Presence = "presence";
    public const string Card = "card";
    public const string Notification = "notification";
    public const string JobReady = "jobReady";
}

internal sealed record ReplyDeltaView(Guid ConversationId, long Version, int Index, string Text);

internal sealed record ReplyResetView(Guid ConversationId, long Version);

internal sealed record TypingView(Guid ConversationId, AuthorView Author);

internal sealed record CardView(Guid ConversationId, Guid MessageId, IReadOnlyList<Card> Cards);

/// <summary>To operators: another one looks at the conversation, or stopped to.</summary>
internal sealed record PresenceView(Guid ConversationId, AuthorView Operator, bool Here);

/// <param name="Kind"><c>handover</c>: the conversation waits for people. <c>mention</c>: a private note names whoever gets this. <c>picture</c>: a supplier's picture came that he asked for. <c>connection</c>: a connection to a provider needs somebody. <c>quality</c>, to owners and admins: messages are understood worse than before.</param>
internal sealed record NotificationView(string Kind, Guid? ConversationId = null, ConnectionAlarmView? Connection = null, QualityView? Quality = null);

/// <summary>As <see cref="QualityDropped"/>.</summary>
internal sealed record QualityView(string Model, double Accuracy, long Messages);

/// <param name="Alarm">As <see cref="ConnectionAlarmed.Kind"/>.</param>
internal sealed record ConnectionAlarmView(Guid Id, string Channel, string Alarm, string? Detail, DateTimeOffset Since);

/// <param name="Kind">Such as <c>inspiration</c>; <c>/api/jobs/{id}</c> has the result.</param>
internal sealed record JobReadyView(Guid Id, string Kind);
