using System.Globalization;
using System.Text;
using Assistify.Contracts;

namespace Assistify.ChannelService.Deliveries;

/// <summary>The answers that a message offers for a tap.</summary>
internal static class Choices
{
    /// <summary>What is offered as an answer, and the times of a booking.</summary>
    public static List<Card> Of(DeliverMessage message) =>
        [.. message.Cards.SelectMany(static card => card.IsChoice() ? [card] : (card.Slots ?? []).Select(static slot => new Card("choice", slot.Id, slot.Title, Action: slot.Id)))];

    public static List<Card> Others(DeliverMessage message) => [.. message.Cards.Where(static card => !card.IsChoice())];

    /// <summary>Where a channel cannot show so many, or not such long ones: a numbered list, which the customer answers in words.</summary>
    public static string AsText(string text, IReadOnlyList<Card> choices)
    {
        var lines = new StringBuilder(text.Trim());
        for (var i = 0; i < choices.Count; i++)
        {
            if (lines.Length > 0) lines.Append('\n');
            lines.Append(CultureInfo.InvariantCulture, $"{i + 1}. {choices[i].Title}");
        }
        return lines.ToString();
    }

    /// <summary>Whole, or cut with an ellipsis.</summary>
    public static string Short(string text, int limit) =>
        TextSplitter.Length(text, TextUnit.Utf16Units) <= limit ? text : TextSplitter.Split(text, limit - 1, TextUnit.Utf16Units)[0] + "…";
}
