using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Custom;

/// <summary>The workspace's own system, by Standard Webhooks in both directions.</summary>
internal sealed class CustomAdapter(
    ChannelConnection connection, CustomOptions options, CustomClient client, ConnectionAlarms alarms, TimeProvider time) : IChannelAdapter
{
    private static readonly JsonSerializerOptions s_unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(5);

    // What the database said last; other replicas and the operators change it.
    private (bool IsGone, DateTimeOffset LookedAt) _gone = (false, DateTimeOffset.MinValue);

    public ChannelConnection Connection => connection;

    public int? MessagesPerSecond => options.MessagesPerSecond;

    public string? Verify(WebhookRequest request) => StandardWebhooks.Verify(request, options.Keys, options.VerificationKey, time.GetUtcNow());

    // An unsigned request that is only observed may lack the id: its body is as good a key.
    public WebhookContent Read(WebhookRequest request)
    {
        var id = request.Headers[StandardWebhooks.IdHeader].ToString();
        if (id.Length == 0) id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(request.Body.Span));
        return WireJson.Read(request.Body.Span, root => CustomWebhook.Read(root, connection.Account, id));
    }

    public FailureClass ClassOf(string errorCode) => CustomClient.ClassOf(errorCode);

    public IReadOnlyList<OutboundPart> Compose(DeliverMessage message) => NeutralMessage.Compose(message);

    public async Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.CallbackUrl))
            return new SendResult.Refused("no_callback", "The channel has no address to send to (Channels__Custom__CallbackUrl).");
        if (await IsGone(cancellationToken)) return new SendResult.Refused("callback_gone", "The callback address said that it is gone for good.");

        var result = await client.Send(options, $"msg_{message.DeliveryId:N}_{message.Part}", Body(message), message.Attempt, message.CreatedAt, cancellationToken);
        if (result is not SendResult.Refused { Code: "http_410" }) return result;

        await alarms.Raise(connection, ConnectionAlarms.CallbackGone, "The callback address answered 410.", Address(), cancellationToken);
        _gone = (true, time.GetUtcNow());
        return result;
    }

    private async Task<bool> IsGone(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _gone.LookedAt < s_lookAgain) return _gone.IsGone;

        var isGone = await alarms.IsRaised(connection.Id, ConnectionAlarms.CallbackGone, Address(), cancellationToken);
        _gone = (isGone, now);
        return isGone;
    }

    // Another address has never said that it is gone; the address itself may hold a secret.
    private string Address() => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(options.CallbackUrl!)));

    public bool CanBeAsked => true;

    /// <summary>Nothing needs to be asked: the receiver knows a repeat by its id, so it is sent again.</summary>
    public Task<IReadOnlyList<ProviderMessage>?> Find(OutboundMessage message, DateTimeOffset attemptStartedAt, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProviderMessage>?>([]);

    // The same bytes each time: what is repeated is the same message.
    private static byte[] Body(OutboundMessage message)
    {
        var content = new JsonObject { ["id"] = message.DeliveryId.ToString(), ["part"] = message.Part, ["text"] = message.Text };
        if (message.Payload is not null)
            foreach (var (name, value) in JsonNode.Parse(message.Payload)!.AsObject()) content[name] = value?.DeepClone();
        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["type"] = "message.created",
                ["timestamp"] = message.CreatedAt.UtcDateTime,
                ["data"] = new JsonObject { ["conversation"] = message.Address, ["message"] = content },
            },
            s_unescaped);
    }
}
