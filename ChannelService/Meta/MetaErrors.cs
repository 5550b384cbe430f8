using System.Globalization;
using System.Net;
using Assistify.ChannelService.Deliveries;

namespace Assistify.ChannelService.Meta;

/// <summary>
/// What Meta's errors mean. The code decides, never the HTTP status or the text: the same error comes with several of them.
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
/// </summary>
internal static class MetaErrors
{
    private const int OutsideWindow = 2018278;
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(24);

    /// <param name="code">Of the error in the body; null without one.</param>
    public static SendResult Classify(HttpStatusCode status, long? code, long? subcode, TimeSpan? retryAfter)
    {
        var name = NameOf(status, code, subcode);
        var failure = ClassOf(name);
        return failure switch
        {
            FailureClass.RateLimited or FailureClass.RateLimitedPair or FailureClass.Temporary => new SendResult.NotSent(name, Describe(name), retryAfter, s_patience),

            // No error of Meta's own: something in between failed, and the message may have gone.
            FailureClass.Other when code is null && (int)status is >= 500 or 408 => new SendResult.Unknown(name),
            _ => new SendResult.Refused(name, Describe(name)),
        };
    }

    public static string NameOf(HttpStatusCode status, long? code, long? subcode) => (code, subcode) switch
    {
        (null, _) => string.Create(CultureInfo.InvariantCulture, $"http_{(int)status}"),
        (10, OutsideWindow) => "10/2018278",
        _ => code.Value.ToString(CultureInfo.InvariantCulture),
    };

    public static FailureClass ClassOf(string code) => code switch
    {
        "window_closed" or "131047" or "470" or "10/2018278" => FailureClass.WindowClosed,
        "4" or "613" or "80007" or "130429" or "131048" or "133016" or "http_429" => FailureClass.RateLimited,
        "131056" => FailureClass.RateLimitedPair,
        "1" or "2" or "131000" or "131016" or "131057" => FailureClass.Temporary,
        "0" or "190" or "http_401" => FailureClass.Auth,
        "3" or "10" or "131005" or "http_403" => FailureClass.Permission,
        "551" or "131026" => FailureClass.Undeliverable,
        "131049" or "130472" => FailureClass.Policy,
        "131050" => FailureClass.RecipientOptedOut,
        "131051" => FailureClass.Unsupported,
        "131052" or "131053" => FailureClass.Media,
        "368" or "131031" or "130497" => FailureClass.AccountRestricted,
        "33" or "100" or "131008" or "131009" or "131021" or "131037" or "131042" or "131045" or "131062" => FailureClass.InvalidRequest,
        { Length: 3 } when code[0] == '2' && code.All(char.IsAsciiDigit) => FailureClass.Permission,
        { Length: 6 } when code.StartsWith("1320", StringComparison.Ordinal) => FailureClass.Template,
        "http_404" => FailureClass.NotFound,
        _ => FailureClass.Other,
    };

    /// <summary>The sentence that operators read.</summary>
    public static string Describe(string code) => code switch
    {
        "131048" => "Meta limits this number because people reported its messages; campaigns should pause.",
        "131049" => "Meta did not deliver this to keep the customer from too many messages; try again after 24 hours at the earliest.",
        "131042" => "Meta has no valid means of payment for this number.",
        "131045" => "The number must be registered with Meta again.",
        "131062" => "This kind of message needs the customer's phone number, which is not known.",
        _ => ClassOf(code) switch
        {
            FailureClass.WindowClosed => "The customer's last message is more than 24 hours old: outside that time Meta takes only templates.",
            FailureClass.RateLimited => "Meta's rate limit was reached; the message goes later.",
            FailureClass.RateLimitedPair => "Too many messages to this customer in a short time; the message goes later.",
            FailureClass.Temporary => "Meta had trouble of its own; the message goes later.",
            FailureClass.Auth => "Meta refused the access token: the channel must be connected again.",
            FailureClass.Permission => "The access token lacks a permission that this message needs.",
            FailureClass.Undeliverable => "The customer cannot be reached there now.",
            FailureClass.Policy => "Meta's rules keep this message from this customer.",
            FailureClass.RecipientOptedOut => "The customer does not want such messages any more.",
            FailureClass.Unsupported => "The customer's app does not support this kind of message.",
            FailureClass.Media => "Meta could not take the picture or file.",
            FailureClass.AccountRestricted => "Meta has restricted the account.",
            FailureClass.Template => "The template does not exist, is paused or was given the wrong values.",
            _ => $"Meta refused the message ({code}).",
        },
    };
}
