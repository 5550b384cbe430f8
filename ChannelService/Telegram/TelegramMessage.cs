using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Telegram;

/// <summary>
/// A delivery as messages of the Bot API: the text, choices as buttons under it, products with a picture as photos with a caption.
/// </summary>
internal static class TelegramMessage
{
    private const int MaxText = 4096;
    private const int MaxCaption = 1024;
    private const int MaxButtonTitle = 64;
    private const int MaxButtonData = 64;

    /// <param name="httpsOnly">Telegram itself fetches pictures over https only.</param>
    public static IReadOnlyList<OutboundPart> Compose(DeliverMessage message, bool httpsOnly)
    {
        var choices = message.Cards.Where(IsChoice).ToList();
        var photos = message.Cards.Where(card => !IsChoice(card) && IsFetchable(card.ImageUrl, httpsOnly)).ToList();
        var text = CardText.Compose(message with { Cards = [.. message.Cards.Except(choices).Except(photos)] });
        if (text.Length == 0 && choices.Count > 0) text = CardText.Compose(message with { Text = "", Cards = choices });

        var parts = TextSplitter.Split(text, MaxText, TextUnit.Utf16Units).Select(piece => new OutboundPart(piece)).ToList();
        if (choices.Count > 0) parts[^1] = parts[^1] with { Payload = Keyboard(parts[^1].Text, choices) };
        parts.AddRange(photos.Select(Photo));
        parts.AddRange(message.Attachments.Where(attachment => IsFetchable(attachment.Source, httpsOnly)).Select(Medium));
        return parts;
    }

    private static bool IsChoice(Card card) =>
        card is { Action: not null, ImageUrl: null } && Encoding.UTF8.GetByteCount(card.Action) is > 0 and <= MaxButtonData;

    private static string Keyboard(string text, IEnumerable<Card> choices) => new JsonObject
    {
        ["method"] = "sendMessage",
        ["text"] = text,
        ["reply_markup"] = Markup(choices.Select(choice => new JsonObject { ["text"] = Title(choice), ["callback_data"] = StorableText.From(choice.Action!) })),
    }.ToJsonString();

    private static OutboundPart Photo(Card card)
    {
        var caption = TextSplitter.First(CardText.Of(card), MaxCaption, TextUnit.Utf16Units);
        var body = new JsonObject { ["method"] = "sendPhoto", ["photo"] = card.ImageUrl, ["caption"] = caption };
        if (CardText.IsPublic(card.Url)) body["reply_markup"] = Markup([new JsonObject { ["text"] = Title(card), ["url"] = card.Url }]);
        return new OutboundPart(caption, card.ImageUrl, body.ToJsonString());
    }

    private static OutboundPart Medium(Attachment attachment)
    {
        var (method, field) = attachment.Kind switch
        {
            "image" => ("sendPhoto", "photo"),
            "audio" => ("sendAudio", "audio"),
            "video" => ("sendVideo", "video"),
            _ => ("sendDocument", "document"),
        };
        return new OutboundPart("", attachment.Source, new JsonObject { ["method"] = method, [field] = attachment.Source }.ToJsonString());
    }

    // One button in each row: titles are sentences here.
    private static JsonObject Markup(IEnumerable<JsonObject> buttons) =>
        new() { ["inline_keyboard"] = new JsonArray([.. buttons.Select(button => new JsonArray(button))]) };

    private static string Title(Card card) =>
        TextSplitter.First(StorableText.From(card.Title), MaxButtonTitle, TextUnit.Utf16Units) is { Length: > 0 } title ? title : "…";

    private static bool IsFetchable(string? url, bool httpsOnly) =>
        CardText.IsPublic(url) && (!httpsOnly || url!.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
}
