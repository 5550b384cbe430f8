using System.Text.Json.Nodes;
using Assistify.Contracts;

namespace Assistify.ChannelService.Deliveries;

/// <summary>
/// A delivery for those who show it themselves: text, with cards and attachments as JSON beside it. A long text becomes several, each
/// small enough for a webhook.
/// </summary>
internal static class NeutralMessage
{
    private const int MaxTextBytes = 8 * 1024;
    private const int MaxCards = 10;

    public static IReadOnlyList<OutboundPart> Compose(DeliverMessage message)
    {
        var parts = TextSplitter.Split(CardText.Compose(message.Text, message.Cards.Skip(MaxCards)), MaxTextBytes, TextUnit.Utf8Bytes).Select(piece => new OutboundPart(piece)).ToList();
        var shown = message with { Cards = [.. message.Cards.Take(MaxCards)] };
        var (cards, choices) = (Choices.Others(shown), Choices.Of(shown));
        var media = message.Attachments.Where(attachment => CardText.IsPublic(attachment.Source)).ToList();
        if (cards.Count == 0 && choices.Count == 0 && media.Count == 0) return parts;
        if (parts.Count == 0) parts.Add(new OutboundPart(""));

        // Cards and media go with the last piece, and what a system without cards can show is in its words.
        var extras = new JsonObject();
        if (cards.Count > 0) extras["cards"] = new JsonArray([.. cards.Select(Card)]);
        if (choices.Count > 0)
            extras["choices"] = new JsonArray([.. choices.Select(choice => new JsonObject { ["id"] = choice.Action, ["title"] = choice.Title })]);
        if (media.Count > 0) extras["attachments"] = new JsonArray([.. media.Select(Medium)]);
        parts[^1] = parts[^1] with { MediaUrl = media.Count > 0 ? media[0].Source : null, Payload = extras.ToJsonString() };
        return parts;
    }

    private static JsonNode Card(Card card)
    {
        var json = new JsonObject { ["kind"] = card.Kind, ["id"] = card.Id, ["title"] = card.Title };
        if (card.Subtitle is not null) json["subtitle"] = card.Subtitle;
        if (card.Price is { } price)
        {
            json["price"] = new JsonObject
            {
                ["amount"] = price.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture), ["currency"] = price.Currency,
            };
        }
        if (CardText.IsPublic(card.ImageUrl)) json["imageUrl"] = card.ImageUrl;
        if (CardText.IsPublic(card.Url)) json["url"] = card.Url;
        if (card.Action is not null) json["action"] = card.Action;
        return json;
    }

    private static JsonNode Medium(Attachment attachment) => new JsonObject
    {
        ["type"] = attachment.Kind, ["contentType"] = attachment.ContentType, ["name"] = attachment.FileName, ["url"] = attachment.Source,
    };
}
