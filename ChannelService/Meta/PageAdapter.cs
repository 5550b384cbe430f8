using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Meta;

/// <summary>What Messenger and Instagram have in common. A message names its delivery to Meta, and its echo brings the name back.</summary>
internal abstract class PageAdapter<TOptions>(ChannelConnection connection, TOptions options, GraphClient client)
    : MetaAdapter<TOptions>(connection, options), IMetaPage where TOptions : PageOptions
{
    private const string Tag = "tag";
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromSeconds(2);

    /// <summary>They tell up to when everything was delivered and read.</summary>
    public override bool TellsReceipts => true;

    public override bool ShowsRead => true;

    public override TimeSpan PeoplesGrace => Options.HumanAgent ? TimeSpan.FromDays(6) : TimeSpan.Zero;

    public IReadOnlyList<string> AppSecrets => Options.AppSecrets;

    public virtual Task<IReadOnlyList<string>> IdsOf(string userId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([userId]);

    protected override GraphClient Client => client;

    /// <summary>Whose messages they are to the Graph API.</summary>
    protected abstract string Sender { get; }

    protected abstract PageWebhook Webhook { get; }

    /// <summary>What the Conversations API calls the product.</summary>
    protected abstract string Platform { get; }

    /// <summary>How many messages of a conversation it shows.</summary>
    protected abstract int MostShown { get; }

    private PageConversations Conversations => field ??= new(client, Options, Connection, Sender, Platform, MostShown);

    /// <summary>What every message of the product carries beside recipient and content.</summary>
    protected virtual void Complete(JsonObject body)
    {
    }

    /// <summary>The messages without what marks them as a person's late answer.</summary>
    protected abstract IReadOnlyList<OutboundPart> Parts(DeliverMessage message);

    public sealed override IReadOnlyList<OutboundPart> Compose(DeliverMessage message)
    {
        var parts = Parts(message);
        return Options.HumanAgent && message.Author == Author.Agent && message.CreatedAt >= message.WindowExpiresAt ? [.. parts.Select(Tagged)] : parts;
    }

    public override async Task<ConnectionCheck?> Check(CancellationToken cancellationToken) => await client.Check(Options, Sender, cancellationToken);

    public override Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken)
    {
        var content = message.Payload is { } payload ? JsonNode.Parse(payload)!.AsObject() : new JsonObject { ["text"] = message.Text };
        content["metadata"] = DeliveryMark.Of(message.DeliveryId, message.Part);
        content.Remove(Tag, out var tag);
        var body = To(message.Address);
        body["message"] = content;
        Complete(body);
        if (tag is not null) (body["messaging_type"], body[Tag]) = ("MESSAGE_TAG", tag);
        return client.Send(Options, Path, body, answer => answer.Filled("message_id"), cancellationToken);
    }

    public bool CanBeAsked => true;

    /// <summary>The echo names the delivery and mostly comes first; without it the conversation itself tells.</summary>
    public async Task<IReadOnlyList<ProviderMessage>?> Find(OutboundMessage message, DateTimeOffset attemptStartedAt, CancellationToken cancellationToken)
    {
        try
        {
            return await Conversations.Find(message, attemptStartedAt - s_clockSlack, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException { StatusCode: not HttpStatusCode.Forbidden } or JsonException)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<WebhookItem> ListSince(
        DateTimeOffset since, Func<string, Task<bool>> isKnown, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in await Conversations.Written(since, cancellationToken))
            if (!await isKnown(item.ExternalId)) yield return item;
    }

    public override async Task ShowRead(InboundItem message, CancellationToken cancellationToken)
    {
        foreach (var action in new[] { "mark_seen", "typing_on" })
        {
            var body = To(message.From.Value);
            body["sender_action"] = action;
            await client.Tell(Options, Path, body, cancellationToken);
        }
    }

    protected override WebhookContent Read(ReadOnlyMemory<byte> body) => Webhook.Read(body);

    // https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/message-tags
    private static OutboundPart Tagged(OutboundPart part)
    {
        var content = part.Payload is { } payload ? JsonNode.Parse(payload)!.AsObject() : new JsonObject { ["text"] = part.Text };
        content[Tag] = "HUMAN_AGENT";
        return part with { Payload = content.ToJsonString() };
    }

    private string Path => $"{Sender}/messages";

    private static JsonObject To(string address) => new() { ["recipient"] = new JsonObject { ["id"] = address } };
}
