using System.Text.Json.Serialization;
using Assistify.ChatService.Conversations;

namespace Assistify.ChatService.Rules;

/// <summary>When something happens and the conversation is of this kind, then this is done. What is absent narrows nothing and does nothing.</summary>
internal sealed record Rule(Guid Id, string Name, bool Enabled, string When, RuleConditions If, RuleActions Then)
{
    public const string CustomerMessage = "customer_message";
    public const string HandedOver = "handed_over";
    public const string Closed = "closed";

    /// <param name="text">The customer's message; null where the event is none.</param>
    public bool Matches(string when, string channel, IReadOnlyCollection<string> labels, string? text) =>
        When == when
        && (If.Channels is not { Count: > 0 } channels || channels.Contains(channel))
        && (If.Label is not { } label || labels.Contains(label))
        && (If.Words is not { Count: > 0 } words || (text is not null && words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))));

    /// <summary>Whether there is anything left to do: what was done before is not done again.</summary>
    public bool Changes(Conversation conversation) =>
        Then.Note is not null
        || Then.Labels?.Any(label => !conversation.Labels.Contains(label)) == true
        || Then.Reply is not null
        || (Then.TeamId is { } team && conversation.TeamId != team)
        || (Then.AssigneeId is { } person && conversation.AssigneeId != person)
        || (Then.HandsOver && conversation is { IsClosed: false, Turn: TurnHolder.Assistant })
        || (Then.Closes && !conversation.IsClosed);
}

/// <param name="Channels">One of them.</param>
/// <param name="Words">One of them stands in the customer's message, whatever the case of its letters.</param>
/// <param name="Label">The conversation has it.</param>
internal sealed record RuleConditions(IReadOnlyList<string>? Channels = null, IReadOnlyList<string>? Words = null, string? Label = null);

/// <param name="Labels">Are added.</param>
/// <param name="TeamId">Gets the conversation.</param>
/// <param name="Note">A private note that stands in the conversation then.</param>
/// <param name="Reply">Is written to the customer. It takes the turn from nobody.</param>
/// <param name="HandsOver">People are to answer instead of the assistant.</param>
/// <param name="AssigneeId">Whose it is then.</param>
internal sealed record RuleActions(
    IReadOnlyList<string>? Labels = null, Guid? TeamId = null, string? Note = null, bool Closes = false, string? Reply = null, bool HandsOver = false,
    Guid? AssigneeId = null)
{
    /// <summary>As he is called now; known where a rule is carried out.</summary>
    [JsonIgnore]
    public string? AssigneeName { get; init; }
}
