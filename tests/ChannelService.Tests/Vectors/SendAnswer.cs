using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>The outcome of one send, under the names that <c>provider_response</c> cases give it.</summary>
internal static class SendAnswer
{
    public static async Task<JsonObject> Of(IChannelAdapter adapter, string customer)
    {
        var result = await adapter.Send(new OutboundMessage(Guid.CreateVersion7(), 0, customer, "hi", null), CancellationToken.None);
        return Of(adapter, result);
    }

    public static JsonObject Of(IChannelAdapter adapter, SendResult result) => result switch
    {
        SendResult.Accepted accepted => new JsonObject { ["ok"] = true, ["message_id"] = accepted.ExternalId },
        SendResult.NotSent notSent => Failed(adapter, notSent.Code, retryable: true, notSent.RetryAfter),
        SendResult.Refused refused => Failed(adapter, refused.Code, retryable: false, null),
        _ => new JsonObject { ["ok"] = false, ["error_class"] = "unknown", ["code"] = ((SendResult.Unknown)result).Code },
    };

    public static string NameOf(FailureClass failure) => JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString());

    private static JsonObject Failed(IChannelAdapter adapter, string code, bool retryable, TimeSpan? retryAfter) => new()
    {
        ["ok"] = false,
        ["error_class"] = NameOf(adapter.ClassOf(code)),
        ["retryable"] = retryable,
        ["retry_after_s"] = retryAfter?.TotalSeconds,
        ["code"] = code,
    };
}
