namespace Assistify.ChatService.Conversations;

/// <summary>How somebody took a message. A person has one on a message; what was taken back is kept without its emoji, so that a late repeat changes nothing.</summary>
/// <param name="By">The person's address.</param>
internal sealed record Reaction(string By, string? Emoji, DateTimeOffset At);
