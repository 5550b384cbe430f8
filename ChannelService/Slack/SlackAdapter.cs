using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Slack;

/// <summary>A Slack app. https://docs.slack.dev/apis/events-api</summary>
internal sealed class SlackAdapter(ChannelConnection connection, SlackOptions options, SlackClient client, TimeProvider time) : IChannelAdapter
{
    private const string MarkType = "assistify_delivery";
    private const string Mark = "delivery";

    // The mark tells our message from every other: all that this has to allow for is that clocks differ.
    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromMinutes(5);

    // What is younger may be on its way still, under the id of its event.
    private static readonly TimeSpan s_inFlight = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_liveliestThreads = TimeSpan.FromDays(1);

    public ChannelConnection Connection => connection;

    // Slack's own bound is one a second for each channel; what goes to one channel goes one after the other.
    public int? MessagesPerSecond => options.MessagesPerSecond;

    // One signing secret signs for every workspace that the app is in.
    public int ForeignStatusCode => StatusCodes.Status200OK;

    public bool Serves(string account) => string.IsNullOrEmpty(options.TeamId) || account == options.TeamId;

    public string? Verify(WebhookRequest request) => SlackSignature.Verify(request, options.SigningSecrets, time.GetUtcNow());

    public WebhookContent Read(WebhookRequest request) => SlackWebhook.Read(request, connection.Account);

    public Task<HttpResponseMessage> OpenMedia(Attachment attachment, MediaClient media, CancellationToken cancellationToken) =>
        media.Get(attachment.Source, MediaClient.Bearer(options.BotToken, options.ApiBaseUrl, "slack.com"), cancellationToken);

    public async Task<ConnectionCheck?> Check(CancellationToken cancellationToken)
    {
        var (check, team) = await client.Check(options, cancellationToken);
        return check.Ok && team is not null && !Serves(team)
            ? new ConnectionCheck(false, "other_team", $"The token is for the workspace {team}, not for {options.TeamId}.")
            : check;
    }

    public FailureClass ClassOf(string errorCode) => SlackErrors.ClassOf(errorCode);

    public IReadOnlyList<OutboundPart> Compose(DeliverMessage message) => SlackMessage.Compose(message, options.IsSlackItself);

    public Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken)
    {
        var (channel, thread) = Place(message.Address);
        var body = new JsonObject
        {
            ["channel"] = channel,
            ["text"] = SlackText.Escape(message.Text),
            ["metadata"] = new JsonObject
            {
                ["event_type"] = MarkType,
                ["event_payload"] = new JsonObject { [Mark] = DeliveryMark.Of(message.DeliveryId, message.Part) },
            },
        };
        if (thread is not null) body["thread_ts"] = thread;
        if (message.Payload is not null) body["blocks"] = JsonNode.Parse(message.Payload);
        return client.Send(options, body, cancellationToken);
    }

    public bool CanBeAsked => true;

    public async Task<IReadOnlyList<ProviderMessage>?> Find(OutboundMessage message, DateTimeOffset attemptStartedAt, CancellationToken cancellationToken)
    {
        var (channel, thread) = Place(message.Address);
        var mark = DeliveryMark.Of(message.DeliveryId, message.Part);
        var found = new List<ProviderMessage>();
        try
        {
            await foreach (var candidate in client.History(options, channel, thread, attemptStartedAt - s_clocksDiffer, cancellationToken))
            {
                if (candidate.Object("metadata")?.Object("event_payload")?.Text(Mark) == mark && candidate.Text("ts") is { } ts)
                    found.Add(new ProviderMessage(ts, SlackWebhook.At(ts) ?? attemptStartedAt));
            }
            return found;
        }
        catch (Exception exception) when (exception is HttpRequestException { StatusCode: not HttpStatusCode.Forbidden } or JsonException)
        {
            return null;
        }
    }

    public TimeSpan ListsEvery => TimeSpan.FromHours(1);

    public async IAsyncEnumerable<WebhookItem> ListSince(
        DateTimeOffset since, Func<string, Task<bool>> isKnown, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var self = await client.Get(options, "auth.test", cancellationToken);
        var (team, bot) = (self.Text("team_id") ?? "", self.Text("user_id") ?? "");
        var until = time.GetUtcNow() - s_inFlight;
        var written = new Dictionary<string, InboundItem>(StringComparer.Ordinal);
        await foreach (var channel in client.Channels(options, cancellationToken))
        {
            if (channel.Text("id") is not { } id) continue;

            // A thread is found by the message that it began with, which may be older than its answers.
            await foreach (var message in client.History(options, id, null, since - s_liveliestThreads, cancellationToken))
            {
                Note(id, message);
                if (message.Text("ts") is not { } root || SlackWebhook.At(message.Text("latest_reply")) is not { } latest || latest < since) continue;
                await foreach (var reply in client.History(options, id, root, since, cancellationToken)) Note(id, reply);
            }
        }

        foreach (var item in written.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value))
            if (!await isKnown(item.MessageExternalId!)) yield return item;

        void Note(string channel, JsonElement message)
        {
            if (SlackWebhook.ReadListed(message, channel, team, bot) is { SentAt: { } at } item && at >= since && at <= until)
                written[$"{item.MessageExternalId} {channel}"] = item;
        }
    }

    // "D024BE91L" or "C1/1767225599.000200"
    private static (string Channel, string? Thread) Place(string address) => address.Split('/') is [var channel, var thread] ? (channel, thread) : (address, null);
}
