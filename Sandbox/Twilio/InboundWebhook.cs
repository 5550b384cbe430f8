using System.Globalization;
using System.Text.Json;

namespace Assistify.Sandbox.Twilio;

/// <summary>What a customer sends, before the provider made a webhook of it.</summary>
internal sealed record CustomerSends(
    string From, string Text, string? ProfileName, IReadOnlyList<TwilioInboundMedia> Media, TwilioButton? Button, TwilioLocation? Location);

internal sealed record TwilioInboundMedia(string Url, string ContentType);

internal sealed record TwilioButton(string Text, string? Payload);

internal sealed record TwilioLocation(double Latitude, double Longitude, string? Label, string? Address);

/// <summary>Makes Twilio's webhook of a customer's message, keeps the message as Twilio would, and sends it with the faults in force.</summary>
internal sealed class InboundWebhook(
    TwilioAccount account, TwilioMessages messages, WebhookSender sender, FaultSource faults, LiveEvents live, TimeProvider time)
{
    public string NewSid(CustomerSends message) => TwilioSid.New(message.Media.Count > 0 ? "MM" : "SM", time.GetUtcNow());

    public async Task<WebhookOutcome> Send(CustomerSends message, string sid, CancellationToken cancellationToken)
    {
        Keep(message, sid);
        var form = Form(message, sid, account.Options);
        var now = faults.Current;
        if (faults.Hit(now.ReorderInbound))
            await Task.Delay(TimeSpan.FromMilliseconds(50 + faults.Next(200)), time, cancellationToken);
        await faults.Delay(cancellationToken);

        var outcome = await sender.Post(account.Options.PublicUrl, form, cancellationToken);
        if (faults.Hit(now.DuplicateInbound))
        {
            var again = await sender.Post(account.Options.PublicUrl, form, cancellationToken);
            outcome = outcome with { Attempts = outcome.Attempts + again.Attempts };
        }

        live.Publish("inbound", (sid, message, outcome.Status), static e => new
        {
            e.sid, from = e.message.From, body = e.message.Text, mediaUrl = e.message.Media.Select(m => m.Url), status = e.Status,
        });
        return outcome;
    }

    private void Keep(CustomerSends message, string sid)
    {
        var at = time.GetUtcNow();
        messages.Add(new TwilioMessage
        {
            Sid = sid,
            Inbound = true,
            From = message.From,
            To = account.Options.From,
            Body = message.Button?.Text ?? message.Text,
            MediaUrls = message.Media.Select(media => media.Url).ToArray(),
            CreatedAt = at,
            State = new TwilioState("received", at, at),
        });
    }

    internal static List<KeyValuePair<string, string>> Form(CustomerSends message, string sid, TwilioOptions twilio)
    {
        var waId = message.From["whatsapp:+".Length..];
        var form = new List<KeyValuePair<string, string>>(24);
        Add("SmsMessageSid", sid);
        Add("NumMedia", Text(message.Media.Count));
        Add("ProfileName", message.ProfileName ?? "");
        Add("MessageType", Kind(message));
        Add("SmsSid", sid);
        Add("WaId", waId);
        Add("SmsStatus", "received");
        Add("Body", message.Button?.Text ?? message.Text);
        if (message.Button is { } button)
        {
            Add("ButtonText", button.Text);
            Add("ButtonPayload", button.Payload ?? button.Text);
        }

        Add("To", twilio.From);
        Add("NumSegments", "1");
        Add("ReferralNumMedia", "0");
        Add("MessageSid", sid);
        Add("AccountSid", twilio.AccountSid);
        Add("From", message.From);
        Add("ApiVersion", "2010-04-01");
        Add("ChannelMetadata", JsonSerializer.Serialize(new
        {
            type = "whatsapp",
            data = new { context = new { ProfileName = message.ProfileName ?? "", WaId = waId } },
        }));
        for (var i = 0; i < message.Media.Count; i++)
        {
            Add($"MediaUrl{Text(i)}", message.Media[i].Url);
            Add($"MediaContentType{Text(i)}", message.Media[i].ContentType);
        }

        if (message.Location is { } place)
        {
            Add("Latitude", place.Latitude.ToString(CultureInfo.InvariantCulture));
            Add("Longitude", place.Longitude.ToString(CultureInfo.InvariantCulture));
            if (place.Label is not null) Add("Label", place.Label);
            if (place.Address is not null) Add("Address", place.Address);
        }

        return form;

        void Add(string name, string value) => form.Add(KeyValuePair.Create(name, value));
    }

    private static string Kind(CustomerSends message)
    {
        if (message.Button is not null) return "interactive";
        if (message.Location is not null) return "location";
        if (message.Media.Count == 0) return "text";
        var type = message.Media[0].ContentType;
        var kind = type.Split('/')[0];
        return type == "text/vcard" ? "contacts" : kind is "image" or "audio" or "video" ? kind : "document";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
