using System.Net;
using System.Text;

namespace Assistify.Load.WhatsApp;

/// <summary>One message of a customer as Twilio posts it, signed once so that repeating it costs nothing.</summary>
internal sealed record SignedWebhook(string Sid, byte[] Body, string Signature)
{
    /// <param name="phone">E.164, such as <c>+447700900123</c>.</param>
    public static SignedWebhook Message(TwilioAccount account, string sid, string phone, string text, string? profile = null)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("SmsMessageSid", sid),
            new("NumMedia", "0"),
            new("SmsSid", sid),
            new("WaId", phone.TrimStart('+')),
            new("SmsStatus", "received"),
            new("Body", text),
            new("To", account.From),
            new("NumSegments", "1"),
            new("MessageType", "text"),
            new("MessageSid", sid),
            new("AccountSid", account.AccountSid),
            new("From", "whatsapp:" + phone),
            new("ApiVersion", "2010-04-01"),
        };
        if (profile is not null) form.Add(new("ProfileName", profile));
        return Of(account, sid, form);
    }

    public static SignedWebhook Of(TwilioAccount account, string sid, IReadOnlyList<KeyValuePair<string, string>> form)
    {
        var body = string.Join('&', form.Select(field => WebUtility.UrlEncode(field.Key) + "=" + WebUtility.UrlEncode(field.Value)));
        return new SignedWebhook(sid, Encoding.UTF8.GetBytes(body), TwilioSignature.Sign(account.AuthToken, account.SignedUrl, form));
    }
}
