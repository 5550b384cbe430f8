using System.Globalization;
using System.Text.Json;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Twilio;

/// <summary>What Twilio posts when a customer writes.</summary>
internal static class InboundForm
{
    public static List<KeyValuePair<string, string>> Of(CustomerAct act, TwilioOptions twilio, Func<MediaFile, string> addressOf)
    {
        var waId = act.From["whatsapp:+".Length..];
        var form = new List<KeyValuePair<string, string>>(24);
        Add("SmsMessageSid", act.Sid);
        Add("NumMedia", Text(act.Files.Count));
        Add("ProfileName", act.Name);
        Add("MessageType", Kind(act));
        Add("SmsSid", act.Sid);
        Add("WaId", waId);
        Add("SmsStatus", "received");
        Add("Body", act.Text);
        if (act.Request.Button is { } button)
        {
            Add("ButtonText", button.Text);
            Add("ButtonPayload", button.Payload ?? button.Text);
        }

        if ((act.Request.ReplyTo ?? act.Request.Button?.Sid) is { } replied)
        {
            Add("OriginalRepliedMessageSid", replied);
            Add("OriginalRepliedMessageSender", twilio.From);
        }

        Add("To", twilio.From);
        Add("NumSegments", "1");
        Add("ReferralNumMedia", "0");
        Add("MessageSid", act.Sid);
        Add("AccountSid", twilio.AccountSid);
        Add("From", act.From);
        Add("ApiVersion", "2010-04-01");
        Add("ChannelMetadata", JsonSerializer.Serialize(new { type = "whatsapp", data = new { context = new { ProfileName = act.Name, WaId = waId } } }));
        for (var i = 0; i < act.Files.Count; i++)
        {
            Add($"MediaUrl{Text(i)}", addressOf(act.Files[i]));
            Add($"MediaContentType{Text(i)}", act.Files[i].ContentType);
        }

        if (act.Request.Location is { } place)
        {
            Add("Latitude", place.Latitude.ToString(CultureInfo.InvariantCulture));
            Add("Longitude", place.Longitude.ToString(CultureInfo.InvariantCulture));
            if (place.Label is not null) Add("Label", place.Label);
            if (place.Address is not null) Add("Address", place.Address);
        }

        return form;

        void Add(string name, string value) => form.Add(KeyValuePair.Create(name, value));
    }

    private static string Kind(CustomerAct act)
    {
        if (act.Request.Button is not null) return "interactive";
        if (act.Request.Location is not null) return "location";
        if (act.Files.Count == 0) return "text";
        return act.Files[0].ContentType == "text/vcard" ? "contacts" : act.Files[0].Kind;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
