using System.Globalization;
using System.Text.Json.Serialization;

namespace Assistify.ChannelService.Twilio;

/// <summary>A message that was created, or an error: <c>{"code":20429,"message":"Too Many Requests","status":429}</c>.</summary>
internal sealed record TwilioAnswer(string? Sid, int? Code, string? Message);

/// <summary><c>{"sid":"SM…","direction":"outbound-api","date_created":"Thu, 01 Jan 2026 00:00:00 +0000","num_media":"0",…}</c></summary>
internal sealed record TwilioMessage(
    string Sid, string? From, string? To, string? Body, string? Direction, string? Status, string? NumMedia, string? DateCreated, string? DateSent)
{
    /// <summary>RFC 2822, whole seconds.</summary>
    [JsonIgnore]
    public DateTimeOffset? CreatedAt =>
        DateTimeOffset.TryParse(DateCreated ?? DateSent, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    [JsonIgnore]
    public int MediaCount => int.TryParse(NumMedia, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}

internal sealed record TwilioMessagePage(IReadOnlyList<TwilioMessage>? Messages, string? NextPageUri);

internal sealed record TwilioMedia(string Sid, string? ContentType, string? Uri);

internal sealed record TwilioMediaPage(IReadOnlyList<TwilioMedia>? MediaList);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TwilioAnswer))]
[JsonSerializable(typeof(TwilioMessagePage))]
[JsonSerializable(typeof(TwilioMediaPage))]
internal sealed partial class TwilioJson : JsonSerializerContext;
