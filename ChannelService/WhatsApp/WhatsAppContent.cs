using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.WhatsApp;

/// <summary>What one message of WhatsApp says: its payload is under the key that <c>type</c> names.</summary>
internal static class WhatsAppContent
{
    public static MessageContent Read(JsonElement message, string id)
    {
        var type = message.Filled("type") ?? "unknown";
        var payload = message.Get(type);
        var content = type switch
        {
            "text" when payload is not null => new MessageContent(payload.Filled("body") ?? ""),
            "image" or "video" or "audio" or "document" or "sticker" when payload is { } medium => ReadMedium(type, medium, id),
            "location" when payload is { } place && ReadLocation(place) is { } location => new MessageContent("", Location: location),
            "contacts" when message.List("contacts").Any() => ReadContacts(message, id),
            "interactive" when payload is { } interactive && ReadInteractive(interactive) is { } choice => choice,
            "button" when payload is { } button => ReadButton(button),
            "order" when payload is { } order => new MessageContent(order.Filled("text") ?? "", Order: [.. order.List("product_items").Select(ReadLine).OfType<OrderLine>()]),
            "system" when payload is { } system => new MessageContent(system.Filled("body") ?? "", Unsupported: "system"),
            _ => new MessageContent("", Unsupported: payload.Filled("type") ?? type),
        };

        var context = message.Get("context");
        return content with { ReplyToExternalId = context.Filled("id"), Referral = ReadReferral(message.Get("referral"), context.Get("referred_product")) };
    }

    private static MessageContent ReadMedium(string type, JsonElement medium, string id)
    {
        // The address lives for five minutes; the id leads to a new one for a week.
        var attachment = new Attachment(
            Identifiers.Derive($"whatsapp/media/{id}"), type, medium.Filled("mime_type") ?? "application/octet-stream", medium.Filled("filename"),
            Source: medium.Filled("url"), ExternalId: medium.Filled("id"));
        return new MessageContent(medium.Filled("caption") ?? "", [attachment]);
    }

    private static Location? ReadLocation(JsonElement place) =>
        place.Real("latitude") is >= -90 and <= 90 and var latitude && place.Real("longitude") is >= -180 and <= 180 and var longitude
            ? new Location(latitude, longitude, place.Filled("name"), place.Filled("address"))
            : null;

    // A contact card has no file: what it says is its name.
    private static MessageContent ReadContacts(JsonElement message, string id) => new("",
    [
        .. message.List("contacts").Select((contact, place) => new Attachment(
            Identifiers.Derive($"whatsapp/contact/{id}/{place}"), "contact", "text/vcard",
            string.Join(", ", new[] { contact.Get("name").Filled("formatted_name"), contact.Get("org").Filled("company") }
                .Concat(contact.List("phones").Select(phone => phone.Filled("phone") ?? phone.Filled("wa_id")))
                .Concat(contact.List("emails").Select(email => email.Filled("email")))
                .Where(part => part is not null)),
            ExternalId: contact.List("phones").Select(phone => phone.Filled("wa_id")).FirstOrDefault(waId => waId is not null))),
    ]);

    private static MessageContent? ReadInteractive(JsonElement interactive)
    {
        if ((interactive.Get("list_reply") ?? interactive.Get("button_reply")) is { } reply && reply.Filled("id") is { } id)
            return new MessageContent(reply.Filled("title") ?? id, Choice: new Choice(id, reply.Filled("title") ?? id));
        if (interactive.Get("nfm_reply") is { } form)
            return new MessageContent(form.Filled("body") ?? form.Filled("name") ?? "", Form: form.Filled("response_json"));
        return null;
    }

    private static MessageContent ReadButton(JsonElement button)
    {
        var title = button.Filled("text") ?? button.Filled("payload") ?? "";
        return new MessageContent(title, Choice: new Choice(button.Filled("payload") ?? title, title));
    }

    private static OrderLine? ReadLine(JsonElement line) =>
        line.Filled("product_retailer_id") is not { } product ? null
            : new OrderLine(
                product, (int)Math.Clamp(line.Number("quantity") ?? 1, 0, int.MaxValue),
                line.Decimal("item_price") is { } price && line.Filled("currency") is { Length: 3 } currency ? new Money(price, currency) : null);

    private static Referral? ReadReferral(JsonElement? referral, JsonElement? product)
    {
        if (referral is { } brought)
        {
            return new Referral(
                brought.Filled("headline"), brought.Filled("body"), brought.Filled("source_url"), brought.Filled("source_id"), brought.Filled("source_type"),
                brought.Filled("ctwa_clid"));
        }
        return product.Filled("product_retailer_id") is { } retailerId ? new Referral(null, SourceId: retailerId, SourceType: "product") : null;
    }
}
