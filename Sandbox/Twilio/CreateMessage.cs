using System.Text.RegularExpressions;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Twilio;

/// <summary><c>POST /2010-04-01/Accounts/{AccountSid}/Messages.json</c>, as strict as Twilio.</summary>
internal static partial class CreateMessage
{
    public static Answer Handle(TwilioStandIn twilio, ApiRequest request, DateTimeOffset now)
    {
        var form = request.Form;
        if (Refuse(twilio, form) is { } error) return error.Answer();

        var to = form["To"].ToString();
        var content = form["ContentSid"].ToString();
        var faults = twilio.Faults.Current;
        if (twilio.Faults.Hit(faults.RecipientGone)) return new TwilioError(21610, "Attempt to send to unsubscribed recipient", 400).Answer();

        var message = new Message
        {
            Sid = TwilioSid.New(form.ContainsKey("MediaUrl") ? "MM" : "SM", now),
            Inbound = false,
            From = form["From"].ToString(),
            To = to,
            Body = content.Length > 0 ? $"Template {content} {form["ContentVariables"]}".TrimEnd() : form["Body"].ToString(),
            MediaUrls = form.TryGetValue("MediaUrl", out var media) ? media.Select(url => url!).ToArray() : [],
            StatusCallback = form["StatusCallback"].ToString() is { Length: > 0 } callback ? callback : null,
            FailsWith = faults.EnforceWindow && content.Length == 0 && !twilio.Messages.WindowIsOpen(to, now, twilio.Window) ? 63016 : null,
            CreatedAt = now,
            State = new MessageState("queued", now),
        };
        twilio.Messages.Add(message);
        return TwilioJson.Answer(StatusCodes.Status201Created, MessageResource.Of(message, twilio.Options.AccountSid), TwilioJson.Default.MessageResource) with { Accepted = message };
    }

    private static TwilioError? Refuse(TwilioStandIn twilio, IFormCollection form)
    {
        var to = form["To"].ToString();
        var from = form["From"].ToString();
        var body = form["Body"].ToString();
        var content = form["ContentSid"].ToString();
        form.TryGetValue("MediaUrl", out var media);

        if (to.Length == 0) return new TwilioError(21604, "A 'To' phone number is required.", 400);
        if (from.Length == 0 && form.ContainsKey("MessagingServiceSid"))
            return new TwilioError(21701, "The Messaging Service does not exist.", 400);
        if (from.Length == 0) return new TwilioError(21603, "A 'From' phone number is required.", 400);
        if (body.Length == 0 && media.Count == 0 && content.Length == 0)
            return new TwilioError(21619, "A text message body or media urls must be specified.", 400);
        if (body.Length > 1600) return new TwilioError(21617, "The concatenated message body exceeds the 1600 character limit.", 400);
        if (from != twilio.Options.From)
        {
            return from.StartsWith("whatsapp:", StringComparison.Ordinal)
                ? new TwilioError(63007, "Twilio could not find a Channel with the specified From address", 400)
                : new TwilioError(21606, $"The 'From' phone number {from} is not a valid message-capable Twilio phone number for this destination.", 400);
        }

        if (!to.StartsWith("whatsapp:", StringComparison.Ordinal))
            return new TwilioError(21910, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel", 400);
        if (!Number().IsMatch(to)) return new TwilioError(21211, $"The 'To' number {to} is not a valid phone number.", 400);
        if (media.Count > 1) return new TwilioError(21623, "Number of media files exceeds allowed limit", 400);
        if (media.Count == 1 && !IsAddress(media.ToString())) return new TwilioError(21620, "Invalid media URL(s)", 400);
        if (content.Length > 0 && !Content().IsMatch(content)) return new TwilioError(21656, "The ContentSid is invalid", 400);
        var callback = form["StatusCallback"].ToString();
        return callback.Length > 0 && !IsAddress(callback) ? new TwilioError(21609, $"The 'StatusCallback' URL {callback} is not a valid URL.", 400) : null;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    [GeneratedRegex(@"^whatsapp:\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("^HX[0-9a-f]{32}$", RegexOptions.CultureInvariant)]
    private static partial Regex Content();
}
