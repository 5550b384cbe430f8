using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Meta;

/// <summary>
/// The messages of Messenger and Instagram that a delivery becomes: media, cards as a carousel, then the text, the last piece of it
/// with up to 13 quick replies, or the choices as numbered lines.
/// https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
/// </summary>
internal static class PageMessages
{
    private const int MaxElements = 10;
    private const int MaxElementText = 80;
    private const int MaxQuickReplies = 13;
    private const int MaxQuickReplyTitle = 20;
    private const int MaxPayload = 1000;

    public static IReadOnlyList<OutboundPart> Compose(DeliverMessage message, int maxText, TextUnit unit)
    {
        var cards = Choices.Others(message);
        var shown = cards.Where(IsShown).ToList();
        var parts = message.Attachments.Where(attachment => CardText.IsPublic(attachment.Source)).Select(Medium)
            .Concat(shown.Chunk(MaxElements).Select(Carousel))
            .ToList();

        var text = CardText.Compose(message.Text, cards.Except(shown));
        parts.AddRange(Texts(text, Choices.Of(message), maxText, unit));
        return parts;
    }

    private static List<OutboundPart> Texts(string text, List<Card> choices, int maxText, TextUnit unit)
    {
        var asReplies = choices.Count is > 0 and <= MaxQuickReplies && text.Length > 0
            && choices.TrueForAll(choice => choice.Title.Length <= MaxQuickReplyTitle && choice.Action!.Length <= MaxPayload);
        if (choices.Count > 0 && !asReplies) text = Choices.AsText(text, choices);

        var pieces = TextSplitter.Split(text, maxText, unit).Select(piece => new OutboundPart(piece)).ToList();
        if (!asReplies) return pieces;
        pieces[^1] = pieces[^1] with
        {
            Payload = new JsonObject
            {
                ["text"] = pieces[^1].Text,
                ["quick_replies"] = new JsonArray([.. choices.Select(choice => new JsonObject
                {
                    ["content_type"] = "text", ["title"] = choice.Title, ["payload"] = choice.Action,
                })]),
            }.ToJsonString(),
        };
        return pieces;
    }

    // An element needs more than its title.
    private static bool IsShown(Card card) =>
        CardText.IsPublic(card.ImageUrl) || CardText.IsPublic(card.Url) || !string.IsNullOrWhiteSpace(card.Subtitle) || card.Price is not null;

    private static OutboundPart Carousel(Card[] cards) => new(
        StorableText.From(string.Join('\n', cards.Select(CardText.Of))),
        Payload: Attachment("template", new JsonObject
        {
            ["template_type"] = "generic", ["elements"] = new JsonArray([.. cards.Select(Element)]),
        }));

    private static JsonObject Element(Card card)
    {
        var element = new JsonObject { ["title"] = Choices.Short(card.Title, MaxElementText) };
        var price = card.Price is { } money ? string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}") : null;
        var subtitle = string.Join(" – ", new[] { price, card.Subtitle }.Where(part => !string.IsNullOrWhiteSpace(part)));
        if (subtitle.Length > 0) element["subtitle"] = Choices.Short(subtitle, MaxElementText);
        if (CardText.IsPublic(card.ImageUrl)) element["image_url"] = card.ImageUrl;
        if (CardText.IsPublic(card.Url))
        {
            element["default_action"] = new JsonObject { ["type"] = "web_url", ["url"] = card.Url };
            element["buttons"] = new JsonArray(new JsonObject { ["type"] = "web_url", ["url"] = card.Url, ["title"] = "Open" });
        }
        return element;
    }

    private static OutboundPart Medium(Attachment attachment) => new(
        "", attachment.Source,
        Attachment(attachment.Kind is "image" or "audio" or "video" ? attachment.Kind : "file", new JsonObject { ["url"] = attachment.Source }));

    private static string Attachment(string type, JsonObject payload) =>
        new JsonObject { ["attachment"] = new JsonObject { ["type"] = type, ["payload"] = payload } }.ToJsonString();
}
