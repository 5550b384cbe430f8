using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Twilio;

/// <summary>Twilio's JSON: names with underscores, dates of RFC 2822, numbers as text. Generated code, written straight to the response.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TwilioError))]
[JsonSerializable(typeof(MessageResource))]
[JsonSerializable(typeof(MessagePage))]
internal sealed partial class TwilioJson : JsonSerializerContext
{
    public static Answer Answer<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json;charset=utf-8");
}

internal sealed record MessageResource(
    string Sid, string AccountSid, string? MessagingServiceSid, string ApiVersion, string Direction, string From, string To, string Body, string Status,
    string NumSegments, string NumMedia, string? Price, string? PriceUnit, int? ErrorCode, string? ErrorMessage, string DateCreated, string? DateSent,
    string DateUpdated, string Uri, SubresourceUris SubresourceUris)
{
    public static MessageResource Of(Message message, string accountSid)
    {
        var state = message.State;
        var path = $"/2010-04-01/Accounts/{accountSid}/Messages/{message.Sid}";
        return new MessageResource(
            message.Sid, accountSid, null, "2010-04-01", message.Inbound ? "inbound" : "outbound-api", message.From, message.To, message.Body, state.Status,
            "1", message.MediaUrls.Count.ToString(CultureInfo.InvariantCulture), null, null, state.ErrorCode, state.ErrorCode is null ? null : "The message was not delivered",
            Date(message.CreatedAt), state.SentAt is { } sent ? Date(sent) : null, Date(state.UpdatedAt), path + ".json", new SubresourceUris(path + "/Media.json"));
    }

    public static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}

internal sealed record SubresourceUris(string Media);

internal sealed record MessagePage(
    IReadOnlyList<MessageResource> Messages, int Page, int PageSize, int Start, int End, string Uri, string FirstPageUri, string? NextPageUri, string? PreviousPageUri);
