using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.GoogleCalendar;

/// <summary>
/// Push notifications of Google Calendar: headers without a body. They say that something changed, not what, so one look at the
/// calendar covers many. https://developers.google.com/workspace/calendar/api/guides/push
/// </summary>
internal sealed class GoogleCalendarAdapter(ChannelConnection connection, GoogleCalendarOptions options) : IChannelAdapter
{
    private const int MaxLength = 256;

    public ChannelConnection Connection => connection;

    // One token may be given to the watches of several calendars.
    public int ForeignStatusCode => StatusCodes.Status200OK;

    public bool Serves(string account) => string.IsNullOrEmpty(options.ResourceId) || account == options.ResourceId;

    public string? Verify(WebhookRequest request)
    {
        if (request.Headers["X-Goog-Channel-Token"].ToString() is not { Length: > 0 } given) return "missing_signature";
        if (!FixedTime.IsOneOf(given, options.Tokens)) return "wrong_secret_token";
        return string.IsNullOrEmpty(options.ChannelId) || Header(request, "X-Goog-Channel-ID") == options.ChannelId ? null : "unknown_channel";
    }

    public WebhookContent Read(WebhookRequest request)
    {
        if (Header(request, "X-Goog-Channel-ID") is not { } channel || Header(request, "X-Goog-Message-Number") is not { } number
            || Header(request, "X-Goog-Resource-ID") is not { } resource || Header(request, "X-Goog-Resource-State") is not { } state)
            return WebhookContent.Nothing(WebhookOutcome.Malformed, "X-Goog-Channel-ID, -Message-Number, -Resource-ID or -Resource-State is missing");
        var kind = state switch
        {
            "sync" => "handshake",
            "exists" => "changed",
            "not_exists" => "removed",
            _ => null,
        };
        return kind is null
            ? WebhookContent.Nothing(WebhookOutcome.Ignored, $"state: {state}")
            : WebhookContent.Of(new NoticeItem($"{channel}:{number}", resource, kind));
    }

    public IReadOnlyList<OutboundPart> Compose(DeliverMessage message) => [];

    public Task<SendResult> Send(OutboundMessage message, CancellationToken cancellationToken) =>
        Task.FromResult<SendResult>(new SendResult.Refused("not_a_messenger", "A calendar takes no messages."));

    private static string? Header(WebhookRequest request, string name) =>
        request.Headers[name] is [{ Length: > 0 and <= MaxLength } value] ? StorableText.From(value) : null;
}
