using System.Globalization;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Twilio;

/// <summary>An error in Twilio's own form.</summary>
internal sealed record TwilioError(int Code, string Message, int Status)
{
    public string MoreInfo => $"https://www.twilio.com/docs/errors/{Code.ToString(CultureInfo.InvariantCulture)}";

    public static TwilioError Unauthorized { get; } = new(20003, "Authenticate", 401);
    public static TwilioError TooManyRequests { get; } = new(20429, "Too Many Requests", 429);
    public static TwilioError Internal { get; } = new(20500, "An internal server error has occurred", 500);
    public static TwilioError Unavailable { get; } = new(20503, "Service is unavailable. Please try again.", 503);
    public static TwilioError InvalidDate { get; } = new(20001, "DateSent is not a valid date", 400);
    public static TwilioError NotFound(ApiRequest request) => new(20404, $"The requested resource {request.Context.Request.Path} was not found", 404);

    public Answer Answer(params (string Name, string Value)[] headers) => TwilioJson.Answer(Status, this, TwilioJson.Default.TwilioError) with
    {
        Headers = Status == 401 ? [("WWW-Authenticate", "Basic realm=\"Twilio API\"")] : headers,
    };
}
