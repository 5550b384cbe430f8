using Assistify.ChatService.Conversations;

namespace Assistify.ChatService.ResponseTargets;

/// <summary>What a workspace promises its customers, in minutes; absent where it promises nothing.</summary>
/// <param name="FirstResponseMinutes">Until people first answer whoever wants them.</param>
/// <param name="NextResponseMinutes">Until they answer again.</param>
/// <param name="ResolutionMinutes">From when people are first wanted to the end.</param>
/// <param name="BusinessHoursOnly">Only time within business hours counts.</param>
internal sealed record Targets(int? FirstResponseMinutes, int? NextResponseMinutes, int? ResolutionMinutes, bool BusinessHoursOnly);

/// <summary>Sets the times by which a conversation is due. What they follow from is the conversation's own, so setting them again changes nothing.</summary>
internal sealed class TargetClock(Targets targets, OpenHours hours)
{
    public void Set(Conversation conversation)
    {
        var response = conversation.PeopleAnsweredAt is null ? targets.FirstResponseMinutes : targets.NextResponseMinutes;
        conversation.ResponseDueAt = Due(conversation.WaitingSince, response);
        conversation.ResolutionDueAt = Due(conversation.PeopleSince, targets.ResolutionMinutes);
    }

    private DateTimeOffset? Due(DateTimeOffset? since, int? minutes)
    {
        if (since is not { } begin || minutes is not { } most) return null;
        var time = TimeSpan.FromMinutes(most);
        return targets.BusinessHoursOnly ? hours.After(begin, time) : begin + time;
    }
}
