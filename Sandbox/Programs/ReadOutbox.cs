using Assistify.Sandbox.StandIns;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.Sandbox.Programs;

internal sealed record OutboxItem(
    string Channel, string Sid, string To, string From, string Body, IReadOnlyList<string> MediaUrl, string? StatusCallback, string Status, DateTimeOffset CreatedAt,
    long Ordinal, string Kind, IReadOnlyList<Choice> Choices)
{
    public static OutboxItem Of(StandIn standIn, Message message) => new(
        standIn.Channel, message.Sid, message.To, message.From, message.Body, message.MediaUrls, message.StatusCallback, message.State.Status, message.CreatedAt,
        message.Ordinal, message.Kind, message.Choices);
}

/// <param name="Next">The next page's <c>after</c>; absent at the end.</param>
internal sealed record OutboxPage(IReadOnlyList<OutboxItem> Items, long? Next);

/// <summary><c>GET /sandbox/api/{channel}/outbox</c>: every message that was accepted, in that order.</summary>
internal static class ReadOutbox
{
    public static Ok<OutboxPage> Handle(StandIn standIn, string? to, long? after, int? limit)
    {
        // A bare "+" in a query arrives as a space.
        if (to is not null) to = standIn.ReadAddress(to.Replace(' ', '+')) ?? to;

        var size = Math.Clamp(limit ?? 200, 1, 10_000);
        var found = standIn.Messages.Outbox(to, after ?? 0, size + 1);
        var more = found.Count > size;
        if (more) found.RemoveAt(size);
        return TypedResults.Ok(new OutboxPage(found.ConvertAll(message => OutboxItem.Of(standIn, message)), more ? found[^1].Ordinal : null));
    }

    public static NoContent Reset(StandIn standIn)
    {
        standIn.Messages.Clear();
        return TypedResults.NoContent();
    }
}
