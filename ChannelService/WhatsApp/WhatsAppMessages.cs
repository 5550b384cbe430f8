using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.WhatsApp;

/// <summary>
/// The messages of the Cloud API that a delivery becomes: media and cards as pictures with a caption, then the text, the last piece of
/// it with up to three buttons, or a list of up to ten, or the choices as numbered lines.
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
/// </summary>
internal static class WhatsAppMessages
{
    private const int MaxBody = 4096;
    private const int MaxCaption = 1024;
    private const int MaxInteractiveBody = 1024;
    private const int MaxButtons = 3;
    private const int MaxButtonTitle = 20;
    private const int MaxButtonId = 256;
    private const int MaxRows = 10;
    private const int MaxRowTitle = 24;
    private const int MaxRowId = 200;
    private const int MaxRowDescription = 72;

    public static IReadOnlyList<OutboundPart> Compose(DeliverMessage message)
    {
        var cards = Choices.Others(message);
        var pictured = cards.Where(card => CardText.IsPublic(card.ImageUrl)).ToList();
        var parts = message.Attachments.Where(attachment => CardText.IsPublic(attachment.Source)).Select(attachment => Medium(KindOf(attachment), attachment.Source!, "", attachment.FileName))
            .Concat(pictured.Select(card => Medium("image", card.ImageUrl!, CardText.Of(card), null)))
            .ToList();

        var text = CardText.Compose(message.Text, cards.Except(pictured));
        parts.AddRange(Texts(text, Choices.Of(message)));
        return parts;
    }

    /// <summary>What Meta approved, with the values of its body.</summary>
    public static OutboundPart Template(MessageTemplate template, string text)
    {
        var content = new JsonObject { ["name"] = template.Name, ["language"] = new JsonObject { ["code"] = template.Language ?? "en_US" } };
        if (template.Values.Count > 0)
        {
            content["components"] = new JsonArray(new JsonObject
            {
                ["type"] = "body",
                ["parameters"] = new JsonArray([.. template.Values.Select(value => new JsonObject { ["type"] = "text", ["text"] = StorableText.From(value) })]),
            });
        }

        return new OutboundPart(StorableText.From(text), Payload: new JsonObject { ["type"] = "template", ["template"] = content }.ToJsonString());
    }

    private static IEnumerable<OutboundPart> Texts(string text, List<Card> choices)
    {
        if (choices.Count == 0) return Split(text, MaxBody);

        var payload = Interactive(choices);
        if (payload is null || text.Length == 0) return Split(Choices.AsText(text, choices), MaxBody);
        var pieces = Split(text, MaxBody).ToList();
        if (pieces[^1].Text.Length > MaxInteractiveBody) pieces = [.. pieces[..^1], .. Split(pieces[^1].Text, MaxInteractiveBody)];
        payload["interactive"]!["body"] = new JsonObject { ["text"] = pieces[^1].Text };
        pieces[^1] = pieces[^1] with { Payload = payload.ToJsonString() };
        return pieces;
    }

    private static JsonObject? Interactive(List<Card> choices)
    {
        if (choices.Count <= MaxButtons && choices.TrueForAll(choice => choice.Title.Length <= MaxButtonTitle && choice.Action!.Length <= MaxButtonId))
        {
            return Interactive("button", new JsonObject
            {
                ["buttons"] = new JsonArray([.. choices.Select(choice => new JsonObject
                {
                    ["type"] = "reply", ["reply"] = new JsonObject { ["id"] = choice.Action, ["title"] = choice.Title },
                })]),
            });
        }

        if (choices.Count > MaxRows || choices.Exists(choice => choice.Action!.Length > MaxRowId)) return null;
        return Interactive("list", new JsonObject
        {
            ["button"] = "Options",
            ["sections"] = new JsonArray(new JsonObject { ["rows"] = new JsonArray([.. choices.Select(Row)]) }),
        });
    }

    private static JsonObject Row(Card choice)
    {
        var row = new JsonObject { ["id"] = choice.Action, ["title"] = Choices.Short(choice.Title, MaxRowTitle) };

        // What a title has no room for is read below it.
        var description = choice.Title.Length > MaxRowTitle ? choice.Title : choice.Subtitle;
        if (!string.IsNullOrWhiteSpace(description)) row["description"] = Choices.Short(description, MaxRowDescription);
        return row;
    }

    private static JsonObject Interactive(string type, JsonObject action) =>
        new() { ["type"] = "interactive", ["interactive"] = new JsonObject { ["type"] = type, ["action"] = action } };

    private static OutboundPart Medium(string kind, string link, string caption, string? fileName)
    {
        caption = caption.Length == 0 ? "" : Choices.Short(StorableText.From(caption), MaxCaption);
        var medium = new JsonObject { ["link"] = link };
        if (caption.Length > 0 && kind != "audio") medium["caption"] = caption;
        if (kind == "document" && fileName is not null) medium["filename"] = fileName;
        return new OutboundPart(caption, link, new JsonObject { ["type"] = kind, [kind] = medium }.ToJsonString());
    }

    private static string KindOf(Attachment attachment) => attachment.Kind is "image" or "audio" or "video" ? attachment.Kind : "document";

    private static IEnumerable<OutboundPart> Split(string text, int limit) =>
        TextSplitter.Split(text, limit, TextUnit.Utf16Units).Select(piece => new OutboundPart(piece));
}
