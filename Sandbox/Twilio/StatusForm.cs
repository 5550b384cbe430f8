using System.Globalization;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Twilio;

/// <summary>What Twilio posts to a message's <c>StatusCallback</c>.</summary>
internal static class StatusForm
{
    public static List<KeyValuePair<string, string>> Of(Message message, string status, int? errorCode, string accountSid)
    {
        var form = new List<KeyValuePair<string, string>>(16)
        {
            new("SmsSid", message.Sid),
            new("SmsStatus", status),
            new("MessageStatus", status),
            new("MessageSid", message.Sid),
            new("AccountSid", accountSid),
            new("From", message.From),
            new("To", message.To),
            new("ApiVersion", "2010-04-01"),
            new("ChannelPrefix", "whatsapp"),
            new("ChannelToAddress", message.To["whatsapp:".Length..]),
            new("ChannelInstallSid", "XE" + accountSid[2..]),
            new("StructuredMessage", "false"),
        };
        if (status is "delivered" or "read") form.Add(new("EventType", status.ToUpperInvariant()));
        if (errorCode is { } code)
        {
            form.Add(new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)));
            form.Add(new("ErrorMessage", code == 63016 ? "Failed to send freeform message because you are outside the allowed window" : "The message was not delivered"));
        }

        return form;
    }
}
