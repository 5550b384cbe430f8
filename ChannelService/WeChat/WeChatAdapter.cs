using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.WeChat;

/// <summary>A WeChat official account, in plain or in safe mode. https://developers.weixin.qq.com/doc/offiaccount/en/</summary>
internal sealed class WeChatAdapter(ChannelConnection connection, WeChatOptions options, WeChatClient client) : IChannelAdapter
{
    // Marks what is signed and decrypts, but was made for another app: no account is named so.
    private const string ForeignApp = "app:";

    public ChannelConnection Connection => connection;

    public int? MessagesPerSecond => options.MessagesPerSecond;

    // Otherwise the customer reads that the account is out of order.
    public int MalformedStatusCode => StatusCodes.Status200OK;

    public bool Serves(string account) =>
        string.IsNullOrEmpty(options.OriginalId) ? !account.StartsWith(ForeignApp, StringComparison.Ordinal) : account == options.OriginalId;

    public string? Verify(WebhookRequest request)
    {
        var query = Query(request);
        var encrypted = request.Method == HttpMethods.Get ? null : WeChatXml.Parse(request.Body)?["Encrypt"];

        // The plain signature covers no body: where messages are to be encrypted, only the one over the ciphertext counts.
        var isSafe = request.Method != HttpMethods.Get && (options.AesKeys.Count > 0 || encrypted is not null);
        var signature = query[isSafe ? "msg_signature" : "signature"];
        if (signature is null) return "missing_signature";
        if (query["timestamp"] is not { } timestamp || query["nonce"] is not { } nonce) return "missing_parameters";
        if (isSafe && encrypted is null) return "signature_mismatch";
        return FixedTime.IsOneOf(signature, options.Tokens.Select(token => encrypted is null
            ? WeChatSignature.Compute(token, timestamp, nonce)
            : WeChatSignature.Compute(token, timestamp, nonce, encrypted)))
                ? null
                : "signature_mismatch";
    }

    public WebhookContent Read(WebhookRequest request)
    {
        if (request.Method == HttpMethods.Get)
        {
            return Query(request)["echostr"] is { } echo
                ? WebhookContent.Of(new NoticeItem("handshake", connection.Account, "handshake")) with { Answer = TypedResults.Text(echo) }
                : WebhookContent.Nothing(WebhookOutcome.Malformed, "echostr is missing");
        }

        if (WeChatXml.Parse(request.Body) is not { } xml) return WebhookContent.Nothing(WebhookOutcome.Malformed, "The body is no message in XML.");
        if (xml["Encrypt"] is not { } encrypted) return WeChatWebhook.Read(xml);
        var decrypted = options.AesKeys.Select(key => WeChatCipher.Decrypt(encrypted, key)).FirstOrDefault(message => message is not null);
        if (decrypted is not { } plain)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "The message cannot be decrypted (Channels__WeChat__EncodingAesKey).");
        if (WeChatXml.Parse(plain.Message) is not { } message) return WebhookContent.Nothing(WebhookOutcome.Malformed, "The message is no XML.");
        return WeChatWebhook.Read(message, plain.AppId == options.AppId ? null : ForeignApp + plain.AppId);
    }

    /// <summary>Answers go through the API: an empty answer would be repeated, this one is not.</summary>
    public IResult Acknowledge(WebhookRequest request) => TypedResults.Text("success");

    /// <summary>Pictures have an address of their own; everything else is asked for by its id.</summary>
    public Task<HttpResponseMessage> OpenMedia(Attachment attachment, MediaClient media, CancellationToken cancellationToken) =>
        attachment is { Source: null, ExternalId: { } id }
            ? client.OpenMedia(options, id, media, cancellationToken)
            : media.Get(attachment.Source, credentials: null, cancellationToken);

    public bool ShowsRead => true;

    public Task ShowRead(InboundItem message, CancellationToken cancellationToken) => client.ShowTyping(options, message.From.Value, cancellationToken);

    public async Task<ConnectionCheck?> Check(CancellationToken cancellationToken) => await client.Check(options, cancellationToken);

    public FailureClass ClassOf(string errorCode) => WeChatErrors.ClassOf(errorCode);

    public IReadOnlyList<OutboundPart> Compose(DeliverMessage message) => WeChatMessage.Compose(message);

    public Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken)
    {
        var body = message.Payload is null
            ? new JsonObject { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = message.Text } }
            : JsonNode.Parse(message.Payload)!.AsObject();
        body["touser"] = message.Address;
        return client.Send(options, body, $"{message.DeliveryId}/{message.Part}", cancellationToken);
    }

    private static TwilioForm Query(WebhookRequest request) => TwilioForm.Parse(Encoding.UTF8.GetBytes(request.Query.TrimStart('?')));
}
