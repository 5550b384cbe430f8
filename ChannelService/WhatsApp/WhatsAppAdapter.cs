using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.WhatsApp;

/// <summary>WhatsApp by Meta's own Cloud API. A message names its delivery to Meta, and every status of it brings the name back.</summary>
internal sealed class WhatsAppAdapter(ChannelConnection connection, WhatsAppOptions options, WhatsAppClient client)
    : MetaAdapter<WhatsAppOptions>(connection, options)
{
    public override bool ShowsRead => true;

    protected override int OwnPerSecond => 80;

    protected override GraphClient Client => client;

    public override CustomerAddress? AddressOf(string typed) => PhoneNumber.Parse(typed) is { } phone ? new("whatsapp", phone[1..], Phone: phone) : null;

    public override bool TakesTemplates => true;

    public override IReadOnlyList<OutboundPart> Compose(DeliverMessage message) =>
        message.Template is { } template ? [WhatsAppMessages.Template(template, message.Text)] : WhatsAppMessages.Compose(message);

    public override Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken)
    {
        var body = message.Payload is { } payload
            ? JsonNode.Parse(payload)!.AsObject()
            : new JsonObject
            {
                ["type"] = "text",
                ["text"] = new JsonObject { ["body"] = message.Text, ["preview_url"] = message.Text.Contains("https://", StringComparison.OrdinalIgnoreCase) },
            };
        body["messaging_product"] = "whatsapp";
        body["recipient_type"] = "individual";

        // Somebody without a number to us has an id of this business's own.
        body[message.Address.All(char.IsAsciiDigit) ? "to" : "recipient"] = message.Address;
        body["biz_opaque_callback_data"] = DeliveryMark.Of(message.DeliveryId, message.Part);
        return client.Send(
            Options, Path, body, answer => answer.List("messages").Select(sent => sent.Filled("id")).FirstOrDefault(), cancellationToken);
    }

    /// <summary>Earlier messages count as read too; that we write shows for 25 s at most, or until the answer.</summary>
    public override Task ShowRead(InboundItem message, CancellationToken cancellationToken) => client.Tell(
        Options, Path,
        new JsonObject
        {
            ["messaging_product"] = "whatsapp", ["status"] = "read", ["message_id"] = message.ExternalId,
            ["typing_indicator"] = new JsonObject { ["type"] = "text" },
        },
        cancellationToken);

    public override async Task<ConnectionCheck?> Check(CancellationToken cancellationToken) => await client.Check(Options, Options.PhoneNumberId!, cancellationToken);

    /// <summary>An address that lives for five minutes, fetched with the same token.</summary>
    public override async Task<HttpResponseMessage> OpenMedia(Attachment attachment, MediaClient media, CancellationToken cancellationToken)
    {
        var address = attachment.Source;
        try
        {
            if (attachment.ExternalId is { } id) address = (await client.Medium(Options, id, cancellationToken)).Url;
        }
        catch (Exception exception) when (exception is HttpRequestException { StatusCode: not null } or JsonException)
        {
            throw new MediaUnavailableException(exception is HttpRequestException { StatusCode: { } status } ? $"http_{(int)status}" : "unreadable_answer", isFinal: false);
        }
        return await media.Get(address, MediaClient.Bearer(Options.AccessToken, Options.ApiBaseUrl, "facebook.com", "fbsbx.com"), cancellationToken);
    }

    protected override WebhookContent Read(ReadOnlyMemory<byte> body) => WhatsAppWebhook.Read(body);

    private string Path => $"{Options.PhoneNumberId}/messages";
}
