using System.Net;
using Assistify.ChannelService.Deliveries;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Twilio;

/// <summary>What Twilio's errors mean for a send. https://www.twilio.com/docs/api/errors</summary>
internal static class TwilioErrors
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(24);

    // A wrong token is usually put right in minutes, and until then nothing was sent.
    private static readonly TimeSpan s_authPatience = TimeSpan.FromMinutes(15);

    public static SendResult Classify(HttpStatusCode status, int? code, string? message, TimeSpan? retryAfter)
    {
        var name = code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? $"http_{(int)status}";
        var error = string.IsNullOrWhiteSpace(message) ? Describe(name) ?? $"Twilio answered {(int)status}." : StorableText.From(message);
        return (status, code) switch
        {
            // Concurrency or a full queue: never processed, always safe to repeat.
            (HttpStatusCode.TooManyRequests, _) or (_, 20429 or 21611 or 63017 or 63018) => new SendResult.NotSent(name, error, retryAfter, s_patience),
            (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) => new SendResult.NotSent(name, error, retryAfter, s_authPatience),
            (>= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout, _) => new SendResult.Unknown(name),
            _ => new SendResult.Refused(name, error),
        };
    }

    /// <summary>Nothing left this machine.</summary>
    public static SendResult NotConnected(string code, string error) => new SendResult.NotSent(code, error, null, s_patience);

    public static FailureClass ClassOf(string code) => code switch
    {
        "20429" or "21611" or "63017" or "63018" or "http_429" => FailureClass.RateLimited,
        "63016" => FailureClass.WindowClosed,
        "21610" => FailureClass.RecipientOptedOut,
        "63032" => FailureClass.Policy,
        "21211" or "63003" or "63024" => FailureClass.Undeliverable,
        "63019" => FailureClass.Media,
        "20003" or "http_401" => FailureClass.Auth,
        "http_403" => FailureClass.Permission,
        "21617" or "21619" or "63021" => FailureClass.InvalidRequest,
        _ => FailureClass.Other,
    };

    public static string? Describe(string? code) => code switch
    {
        "20003" => "Twilio refused the credentials (Channels__Twilio__AuthToken).",
        "20429" => "Too many requests at once.",
        "21211" or "63024" => "The recipient's address is not valid.",
        "21610" => "The recipient has opted out.",
        "21611" => "The sender's queue is full.",
        "21617" => "The message is too long.",
        "21619" => "The message has no content.",
        "63016" => "Outside the 24 hours after the customer's last message only templates can be sent.",
        "63017" or "63018" => "The channel's rate limit was reached.",
        "63021" => "The content is not valid for this channel.",
        "63032" => "The recipient declined to receive this message.",
        _ => null,
    };
}
