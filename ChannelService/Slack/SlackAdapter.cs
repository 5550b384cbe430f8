using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Slack;

/// <summary>A Slack app. https://docs.slack.dev/apis/events-api</summary>
internal sealed class SlackAdapter(ChannelConnection connection, SlackOptions options, SlackClient client, TimeProvider time) : IChannelAdapter
{
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
        // "D024BE91L" or "C1/1767225599.000200"
        var address = message.Address.Split('/');
        var body = new JsonObject { ["channel"] = address[0], ["text"] = SlackText.Escape(message.Text) };
        if (address.Length > 1) body["thread_ts"] = address[1];
        if (message.Payload is not null) body["blocks"] = JsonNode.Parse(message.Payload);
        return client.Send(options, body, cancellationToken);
    }
}
