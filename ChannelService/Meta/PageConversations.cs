using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Meta;

/// <summary>
/// What a page or a professional account shows of its conversations, newest first.
/// https://developers.facebook.com/documentation/business-messaging/messenger-platform/conversations
/// <code>{"data":[{"id":"t_1","updated_time":"2026-01-05T10:00:00+0000","messages":{"data":[{"id":"m_…","created_time":"2026-01-05T10:00:00+0000",
///   "from":{"id":"6712…"},"message":"Hi"}],"paging":{"cursors":{"after":"…"},"next":"https://…"}}}]}</code>
/// </summary>
/// <param name="sender">Whose conversations they are to the Graph API.</param>
/// <param name="mostShown">How many messages of a conversation are shown.</param>
internal sealed class PageConversations(
    GraphClient client, MetaOptions options, ChannelConnection connection, string sender, string platform, int mostShown)
{
    // No more than the strictest of the two products shows of one conversation.
    private const int PageSize = 20;
    private const string Fields = "id,created_time,from,message,attachments";

    private readonly string _conversations = $"{sender}/conversations?platform={platform}&fields=id,updated_time,messages.limit({PageSize}){{{Fields}}}";

    /// <summary>What went to a person since then with this content. Throws where too little is shown to tell.</summary>
    public async Task<IReadOnlyList<ProviderMessage>> Find(OutboundMessage message, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var answer = await client.List(options, $"{_conversations}&user_id={Uri.EscapeDataString(message.Address)}", cancellationToken);

        // He has written, so there is a conversation: an app without access to it is shown none, and that tells nothing.
        var conversation = answer.Objects("data").FirstOrDefault();
        if (conversation.Object("messages") is null) throw new HttpRequestException("Meta shows no conversation with the person.", null, HttpStatusCode.Forbidden);

        var (messages, isWhole) = await Since(conversation, Seconds(since), cancellationToken);
        List<ProviderMessage> found =
        [
            .. messages.Where(candidate => IsOurs(candidate) && IsSame(candidate, message))
                .Select(candidate => new ProviderMessage(candidate.Filled("id")!, At(candidate, "created_time"))),
        ];
        if (found.Count == 0 && !isWhole) throw new HttpRequestException("Meta does not show enough of the conversation.", null, HttpStatusCode.Forbidden);
        return found;
    }

    /// <summary>What people wrote since then, oldest first.</summary>
    public async Task<IReadOnlyList<InboundItem>> Written(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var written = new List<InboundItem>();
        for (var after = ""; after is not null;)
        {
            var page = await client.List(options, after.Length == 0 ? _conversations : $"{_conversations}&after={Uri.EscapeDataString(after)}", cancellationToken);
            var shown = page.Objects("data").ToList();
            var recent = shown.TakeWhile(conversation => At(conversation, "updated_time") >= Seconds(since)).ToList();
            foreach (var conversation in recent)
                written.AddRange((await Since(conversation, Seconds(since), cancellationToken)).Messages.Select(Read).OfType<InboundItem>());
            after = recent.Count == shown.Count ? After(page) : null;
        }

        // Within a second as they were shown, the newest first.
        written.Reverse();
        return [.. written.OrderBy(item => item.SentAt)];
    }

    /// <returns>Newest first; not whole where there are more, but none that is shown.</returns>
    private async Task<(List<JsonElement> Messages, bool IsWhole)> Since(JsonElement conversation, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var messages = new List<JsonElement>();
        for (var page = conversation.Object("messages"); page is { } shown;)
        {
            foreach (var message in shown.Objects("data"))
            {
                if (At(message, "created_time") < since) return (messages, true);
                messages.Add(message);
            }

            if (After(shown) is not { } after) break;
            if (messages.Count >= mostShown) return (messages, false);
            page = await client.List(
                options, $"{conversation.Filled("id")}/messages?fields={Fields}&limit={PageSize}&after={Uri.EscapeDataString(after)}", cancellationToken);
        }
        return (messages, true);
    }

    private InboundItem? Read(JsonElement message)
    {
        if (IsOurs(message) || message.Filled("id") is not { } mid || message.Get("from").Filled("id") is not { } from) return null;
        var content = PageContent.ReadListed(message, mid);
        return new InboundItem(
            mid, connection.Account, new CustomerAddress(connection.Channel, from), content, content.Unsupported is null ? InboundKind.Message : InboundKind.Unsupported,
            SentAt: At(message, "created_time"));
    }

    private bool IsOurs(JsonElement message) => message.Get("from").Filled("id") is { } from && (from == sender || from == connection.Account);

    // Of pictures and carousels no text is shown.
    private static bool IsSame(JsonElement candidate, OutboundMessage message)
    {
        var text = (candidate.Filled("message") ?? "").Trim();
        var payload = message.Payload is null ? null : JsonNode.Parse(message.Payload) as JsonObject;
        return payload?["attachment"] is not null ? text.Length == 0 : text == ((string?)payload?["text"] ?? message.Text).Trim();
    }

    // Without a time it is as old as can be: nothing rests on it.
    private static DateTimeOffset At(JsonElement element, string name) =>
        element.Filled(name) is not { } at ? DateTimeOffset.MinValue
        : WireJson.UnixTime(at) ?? (DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MinValue);

    private static string? After(JsonElement page) => page.Get("paging").Get("next") is null ? null : page.Get("paging").Get("cursors").Filled("after");

    // Meta's times have no fractions.
    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
