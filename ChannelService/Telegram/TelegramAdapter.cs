using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Telegram;

/// <summary>A Telegram bot. https://core.telegram.org/bots/api</summary>
internal sealed class TelegramAdapter(ChannelConnection connection, TelegramOptions options, TelegramClient client) : IChannelAdapter
{
    public const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    private const int TelegramPerSecond = 30;

    private volatile string? _userName;

    public ChannelConnection Connection => connection;

    public int? MessagesPerSecond => options.MessagesPerSecond ?? (options.IsTelegramItself ? TelegramPerSecond : null);

    // Any other answer makes Telegram repeat it, and hold back what follows in the same chat.
    public int MalformedStatusCode => StatusCodes.Status200OK;

    public string? Verify(WebhookRequest request) =>
        request.Headers[SecretHeader].ToString() is not { Length: > 0 } given ? "missing_signature"
        : FixedTime.IsOneOf(given, options.SecretTokens) ? null : "wrong_secret_token";

    public WebhookContent Read(WebhookRequest request) =>
        WireJson.Read(request.Body.Span, new TelegramWebhook(connection.Account, _userName).Read);

    public async Task<HttpResponseMessage> OpenMedia(Attachment attachment, MediaClient media, CancellationToken cancellationToken) =>
        await media.Get(
            attachment.ExternalId is { } file ? await client.FileAddress(options, file, cancellationToken) : attachment.Source, credentials: null, cancellationToken);

    public bool ShowsRead => true;

    public Task ShowRead(InboundItem message, CancellationToken cancellationToken) => client.ShowTyping(options, message.From.Value, cancellationToken);

    public async Task<ConnectionCheck?> Check(CancellationToken cancellationToken)
    {
        var (check, userName) = await client.Check(options, cancellationToken);
        _userName = userName ?? _userName;
        return check;
    }

    public FailureClass ClassOf(string errorCode) => TelegramErrors.ClassOf(errorCode);

    public IReadOnlyList<OutboundPart> Compose(DeliverMessage message) => TelegramMessage.Compose(message, options.IsTelegramItself);

    public async Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (message.Payload is null) return await Call("sendMessage", new JsonObject { ["text"] = message.Text });
        var payload = JsonNode.Parse(message.Payload)!.AsObject();
        var method = (string)payload["method"]!;
        payload.Remove("method");
        var result = await Call(method, payload);

        // A picture that Telegram cannot fetch: what it shows is said in words.
        if (message.MediaUrl is null || message.Text.Length == 0 || result is not SendResult.Refused { Code: "400" }) return result;
        var text = new JsonObject { ["text"] = message.Text };
        if (payload["reply_markup"] is { } markup) text["reply_markup"] = markup.DeepClone();
        return await Call("sendMessage", text);

        Task<SendResult> Call(string name, JsonObject body) =>
            client.Send(options, name, message.Address, body, learnt => _userName = learnt, cancellationToken);
    }
}
