using Assistify.ChatService.Conversations;

namespace Assistify.ChatService.ResponseTargets;

/// <summary>Promises of the workspace that an operator's command kept, or came too late for.</summary>
[Flags]
internal enum Promises : short
{
    None = 0,
    FirstResponseKept = 1,
    FirstResponseMissed = 2,
    NextResponseKept = 4,
    NextResponseMissed = 8,
    ResolutionKept = 16,
    ResolutionMissed = 32,
}

internal static class PromisesExtensions
{
    private static readonly (Promises Promise, string Event, string Key)[] s_events =
    [
        (Promises.FirstResponseKept, "PromiseKept", "first_response"),
        (Promises.FirstResponseMissed, "PromiseMissed", "first_response"),
        (Promises.NextResponseKept, "PromiseKept", "next_response"),
        (Promises.NextResponseMissed, "PromiseMissed", "next_response"),
        (Promises.ResolutionKept, "PromiseKept", "resolution"),
        (Promises.ResolutionMissed, "PromiseMissed", "resolution"),
    ];

    /// <summary>What the command is about to keep or miss; ask before it is carried out, which stops the clock.</summary>
    public static Promises PromisesOf(this OperatorCommand command, Conversation conversation, DateTimeOffset now)
    {
        var promises = Promises.None;
        if (command.IsReply && conversation.ResponseDueAt is { } answer)
        {
            promises |= (conversation.PeopleAnsweredAt is null, now <= answer) switch
            {
                (true, true) => Promises.FirstResponseKept,
                (true, false) => Promises.FirstResponseMissed,
                (false, true) => Promises.NextResponseKept,
                (false, false) => Promises.NextResponseMissed,
            };
        }

        if (command.IsClose && conversation.ResolutionDueAt is { } end) promises |= now <= end ? Promises.ResolutionKept : Promises.ResolutionMissed;
        return promises;
    }

    /// <summary>The types of the events that tell of them, and the promises' names in the figures.</summary>
    public static IEnumerable<(string Event, string Key)> Events(this Promises promises) =>
        s_events.Where(entry => promises.HasFlag(entry.Promise)).Select(entry => (entry.Event, entry.Key));
}
