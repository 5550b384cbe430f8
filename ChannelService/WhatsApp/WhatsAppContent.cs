using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.WhatsApp;

/// <summary>What one message of WhatsApp says: its payload is under the key that <c>type</c> names.</summary>
internal static class WhatsAppContent
{
    public static MessageContent Read(JsonElement message, string id)
    {
        var type = message.Text("type") ?? "unknown";
        var payload = message.Get(type);
        var content = type switch
        {
            "text" when payload is not null => new MessageContent(payload.Text("body") ?? ""),
            "image" or "video" or "audio" or "document" or "sticker" when payload is { } medium => ReadMedium(type, medium, id),
            "location" when payload is { } place && ReadLocation(place) is { } location => new MessageContent("", Location: location),
            "contacts" when message.List("contacts").Any() => ReadContacts(message, id),
            "interactive" when payload is { } interactive && ReadInteractive(interactive) is { } choice => choice,
            "button" when payload is { } button => ReadButton(button),
            "order" when payload is { } order => new MessageContent(order.Text("text") ?? "", Order: [.. order.List("product_items").Select(ReadLine).OfType<OrderLine>()]),
            "system" when payload is { } system => new MessageContent(system.Text("body") ?? "", Unsupported: "system"),
            _ => new MessageContent("", Unsupported: payload.Text("type") ?? type),
        };

        var context = message.Get("context");
        return content with { ReplyToExternalId = context.Text("id"), Referral = ReadReferral(message.Get("referral"), context.Get("referred_product")) };
    }

    private static MessageContent ReadMedium(string type, JsonElement medium, string id)
    {
        // The address lives for five minutes; the id leads to a new one for a week.
        var attachment = new Attachment(
            Identifiers.Derive($"whatsapp/media/{id}"), type, medium.Text("mime_type") ?? "application/octet-stream", medium.Text("filename"),
            Source: medium.Text("url"), ExternalId: medium.Text("id"));
        return new MessageContent(medium.Text("caption") ?? "", [attachment]);
    }

    private static Location? ReadLocation(JsonElement place) =>
        place.Real("latitude") is >= -90 and <= 90 and var latitude && place.Real("longitude") is >= -180 and <= 180 and var longitude
            ? new Location(latitude, longitude, place.Text("name"), place.Text("address"))
            : null;

    // A contact card has no file: what it says is its name.
    private static MessageContent ReadContacts(JsonElement message, string id) => new("",
    [
        .. message.List("contacts").Select((contact, place) => new Attachment(
            Identifiers.Derive($"whatsapp/contact/{id}/{place}"), "contact", "text/vcard",
            string.Join(", ", new[] { contact.Get("name").Text("formatted_name"), contact.Get("org").Text("company") }
                .Concat(contact.List("phones").Select(phone => phone.Text("phone") ?? phone.Text("wa_id")))
                .Concat(contact.List("emails").Select(email => email.Text("email")))
                .Where(part => part is not null)),
            ExternalId: contact.List("phones").Select(phone => phone.Text("wa_id")).FirstOrDefault(waId => waId is not null))),
    ]);

    private static MessageContent? ReadInteractive(JsonElement interactive)
    {
        if ((interactive.Get("list_reply") ?? interactive.Get("button_reply")) is { } reply && reply.Text("id") is { } id)
            return new MessageContent(reply.Text("title") ?? id, Choice: new Choice(id, reply.Text("title") ?? id));
        if (interactive.Get("nfm_reply") is { } form)
            return new MessageContent(form.Text("body") ?? form.Text("name") ?? "", Form: form.Text("response_json"));
        return null;
    }

    private static MessageContent ReadButton(JsonElement button)
    {
        var title = button.Text("text") ?? button.Text("payload") ?? "";
        return new MessageContent(title, Choice: new Choice(button.Text("payload") ?? title, title));
    }

    private static OrderLine? ReadLine(JsonElement line) =>
        line.Text("product_retailer_id") is not { } product ? null
            : new OrderLine(
                product, (int)Math.Clamp(line.Number("quantity") ?? 1, 0, int.MaxValue),
                line.Decimal("item_price") is { } price && line.Text("currency") is { Length: 3 } currency ? new Money(price, currency) : null);

    private static Referral? ReadReferral(JsonElement? referral, JsonElement? product)
    {
        if (referral is { } brought)
        {
            return new Referral(
                brought.Text("headline"), brought.Text("body"), brought.Text("source_url"), brought.Text("source_id"), brought.Text("source_type"),
                brought.Text("ctwa_clid"));
        }
        return product.Text("product_retailer_id") is { } retailerId ? new Referral(null, SourceId: retailerId, SourceType: "product") : null;
    }
}
