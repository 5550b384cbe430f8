using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.Sandbox.Twilio;

internal sealed record OutboxItem(
    string Sid, string To, string From, string Body, IReadOnlyList<string> MediaUrl, string? StatusCallback, string Status, DateTimeOffset CreatedAt, long Ordinal)
{
    public static OutboxItem Of(TwilioMessage message) => new(
        message.Sid, message.To, message.From, message.Body, message.MediaUrls, message.StatusCallback, message.State.Status, message.CreatedAt, message.Ordinal);
}

/// <param name="Next">The next page's <c>after</c>; absent at the end.</param>
internal sealed record OutboxPage(IReadOnlyList<OutboxItem> Items, long? Next);

/// <summary><c>GET /sandbox/api/whatsapp/outbox</c>: every message that was accepted, in that order.</summary>
internal static class ReadOutbox
{
    public static Ok<OutboxPage> Handle(TwilioMessages messages, string? to, long? after, int? limit)
    {
        // A bare "+" in a query arrives as a space.
        if (to is not null)
        {
            to = to.Replace(' ', '+');
            if (!to.StartsWith("whatsapp:", StringComparison.Ordinal)) to = "whatsapp:" + to;
        }

        var size = Math.Clamp(limit ?? 200, 1, 10_000);
        var found = messages.Outbox(to, after ?? 0, size + 1);
        var more = found.Count > size;
        if (more) found.RemoveAt(size);
        return TypedResults.Ok(new OutboxPage(found.ConvertAll(OutboxItem.Of), more ? found[^1].Ordinal : null));
    }

    public static NoContent Reset(TwilioMessages messages)
    {
        messages.Clear();
        return TypedResults.NoContent();
    }
}
