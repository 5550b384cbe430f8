using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Slack;

/// <summary>A delivery as messages with blocks: text in sections, products with their picture beside them, choices as buttons.</summary>
internal static class SlackMessage
{
    // What one section holds; a message of several would be cut by Slack only at 40,000.
    private const int MaxSection = 3000;
    private const int MaxButtonTitle = 75;
    private const int MaxButtonValue = 2000;
    private const int MaxButtons = 25;
    private const int MaxBlocks = 50;

    /// <param name="httpsOnly">Slack itself fetches pictures over https only.</param>
    public static IReadOnlyList<OutboundPart> Compose(DeliverMessage message, bool httpsOnly)
    {
        var choices = message.Cards.Where(IsChoice).Take(MaxButtons).ToList();
        var pictures = message.Cards.Where(card => !IsChoice(card) && IsFetchable(card.ImageUrl)).ToList();
        var images = message.Attachments.Where(attachment => attachment.Kind == "image" && IsFetchable(attachment.Source)).ToList();
        var others = message.Attachments.Except(images).Select(attachment => attachment.Source).Where(CardText.IsPublic);
        var text = CardText.Compose(message with { Cards = [.. message.Cards.Except(choices).Except(pictures)] });
        text = string.Join('\n', [.. text.Length > 0 ? [text] : Array.Empty<string>(), .. others]);

        var parts = TextSplitter.Split(text, MaxSection, TextUnit.Utf16Units).Select(piece => new OutboundPart(piece)).ToList();
        if (choices.Count + pictures.Count + images.Count == 0) return parts;

        // The blocks go with the last piece; where clients show no blocks, as in notifications, the words are shown.
        var words = parts.Count > 0 ? parts[^1].Text : "";
        var blocks = new JsonArray();
        foreach (var piece in Sections(words)) blocks.Add(Section(piece));
        foreach (var card in pictures.Take(MaxBlocks - blocks.Count - 1)) blocks.Add(WithPicture(card));
        foreach (var image in images.Take(MaxBlocks - blocks.Count - 1))
            blocks.Add(new JsonObject { ["type"] = "image", ["image_url"] = image.Source, ["alt_text"] = image.FileName ?? "image" });
        if (choices.Count > 0) blocks.Add(new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray([.. choices.Select(Button)]) });

        var all = CardText.Compose(message with { Text = words, Cards = [.. pictures, .. choices] });
        var part = new OutboundPart(
            TextSplitter.First(all, MaxSection, TextUnit.Utf16Units), images.FirstOrDefault()?.Source, blocks.ToJsonString());
        return parts.Count > 0 ? [.. parts[..^1], part] : [part];

        bool IsFetchable(string? url) => CardText.IsPublic(url) && (!httpsOnly || url!.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsChoice(Card card) => card is { Action.Length: > 0 and <= MaxButtonValue, ImageUrl: null };

    // An escaped sign is up to five letters long.
    private static IReadOnlyList<string> Sections(string text) =>
        TextSplitter.Split(text, SlackText.Escape(text).Length > MaxSection ? MaxSection / 5 : MaxSection, TextUnit.Utf16Units);

    private static JsonObject Section(string text) =>
        new() { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = SlackText.Escape(text) } };

    private static JsonObject WithPicture(Card card)
    {
        var section = Section(Sections(CardText.Of(card)) is [var first, ..] ? first : "…");
        section["accessory"] = new JsonObject { ["type"] = "image", ["image_url"] = card.ImageUrl, ["alt_text"] = Title(card) };
        return section;
    }

    private static JsonObject Button(Card choice, int place) => new()
    {
        ["type"] = "button",
        ["action_id"] = $"choice_{place}",
        ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = Title(choice) },
        ["value"] = StorableText.From(choice.Action!),
    };

    private static string Title(Card card) =>
        TextSplitter.First(StorableText.From(card.Title), MaxButtonTitle, TextUnit.Utf16Units) is { Length: > 0 } title ? title : "…";
}
