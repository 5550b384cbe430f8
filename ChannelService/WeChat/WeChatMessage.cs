using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.WeChat;

/// <summary>A delivery as customer-service messages: text, choices as a menu, a product with a page and a picture as an article.</summary>
internal static class WeChatMessage
{
    private const int MaxTextBytes = 2048;
    private const int MaxTitleBytes = 128;
    private const int MaxDescriptionBytes = 512;

    public static IReadOnlyList<OutboundPart> Compose(DeliverMessage message)
    {
        var choices = message.Cards.Where(card => card is { Action.Length: > 0, ImageUrl: null }).ToList();
        var articles = message.Cards.Except(choices).Where(card => CardText.IsPublic(card.ImageUrl) && CardText.IsPublic(card.Url)).ToList();

        // Pictures would have to be uploaded first; their address is shown instead.
        var links = message.Attachments.Select(attachment => attachment.Source).Where(CardText.IsPublic);
        var words = CardText.Compose(message with { Cards = [.. message.Cards.Except(choices).Except(articles)] });
        var text = string.Join('\n', new[] { words }.Concat(links).Where(line => !string.IsNullOrEmpty(line)));

        var parts = TextSplitter.Split(text, MaxTextBytes, TextUnit.Utf8Bytes).Select(piece => new OutboundPart(piece)).ToList();
        if (choices.Count > 0)
        {
            var head = parts.Count > 0 ? parts[^1].Text : "";
            if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            parts.Add(Menu(head, message with { Text = head, Cards = choices }));
        }
        parts.AddRange(articles.Select(Article));
        return parts;
    }

    private static OutboundPart Menu(string head, DeliverMessage shown)
    {
        var list = shown.Cards.Select(choice => new JsonObject { ["id"] = StorableText.From(choice.Action!), ["content"] = StorableText.From(choice.Title) });
        var menu = new JsonObject { ["head_content"] = head, ["list"] = new JsonArray([.. list]), ["tail_content"] = "" };
        return new OutboundPart(CardText.Compose(shown), Payload: new JsonObject { ["msgtype"] = "msgmenu", ["msgmenu"] = menu }.ToJsonString());
    }

    private static OutboundPart Article(Card card)
    {
        var text = CardText.Of(card);
        var article = new JsonObject
        {
            ["title"] = TextSplitter.First(StorableText.From(card.Title), MaxTitleBytes, TextUnit.Utf8Bytes),
            ["description"] = TextSplitter.First(CardText.Of(card with { Url = null }), MaxDescriptionBytes, TextUnit.Utf8Bytes),
            ["url"] = card.Url,
            ["picurl"] = card.ImageUrl,
        };
        var payload = new JsonObject { ["msgtype"] = "news", ["news"] = new JsonObject { ["articles"] = new JsonArray(article) } };
        return new OutboundPart(text, card.ImageUrl, payload.ToJsonString());
    }
}
