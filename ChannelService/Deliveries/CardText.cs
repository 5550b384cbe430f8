using System.Globalization;
using System.Text;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Deliveries;

/// <summary>Cards and attachments as lines of text, for channels that show nothing else.</summary>
internal static class CardText
{
    public static string Compose(DeliverMessage message) =>
        StorableText.From(Choices.AsText(Compose(message.Text, Choices.Others(message)), Choices.Of(message)));

    /// <summary>Some of a message's cards below its text.</summary>
    public static string Compose(string text, IEnumerable<Card> cards)
    {
        var all = new StringBuilder(text.Trim());
        foreach (var card in cards)
        {
            StartLine(all);
            all.Append("• ").Append(Of(card));
        }
        return StorableText.From(all.ToString());
    }

    /// <summary>One card.</summary>
    public static string Of(Card card)
    {
        var text = new StringBuilder(card.Title);
        if (card.Price is { } price)
            text.Append(CultureInfo.InvariantCulture, $" – {price.Amount} {price.Currency}");
        if (!string.IsNullOrWhiteSpace(card.Subtitle)) text.Append('\n').Append(card.Subtitle);
        if (IsPublic(card.Url)) text.Append('\n').Append(card.Url);
        return StorableText.From(text.ToString());
    }

    /// <summary>What the customer's app can open: relative addresses mean nothing outside our own pages.</summary>
    public static bool IsPublic(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp);

    private static void StartLine(StringBuilder text)
    {
        if (text.Length > 0) text.Append(text.ToString().Contains("\n• ", StringComparison.Ordinal) ? "\n" : "\n\n");
    }
}
