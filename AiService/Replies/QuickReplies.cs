using System.Globalization;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>
/// Answers that a customer can give by a tap, where there are only a few: a person or not, one of the products that were named. What was
/// chosen is recognised by its id; where a channel knows no taps, by its title or its number in the list.
/// </summary>
internal static class QuickReplies
{
    public const string Kind = "choice";
    private const string Person = "assistant:person";
    private const string NoPerson = "assistant:no-person";
    private const string Product = "assistant:product/";
    private const string Web = "web";

    public static IReadOnlyList<Card> For(Draft draft, ReplyTask task, bool handOver)
    {
        if (handOver || !task.Request.IsOn(Features.QuickReplies)) return [];
        if (Phrases.OffersPerson(draft.Text))
        {
            var phrases = Phrases.In(task.Plan.Language);
            return [Card(Person, phrases.Yes), Card(NoPerson, phrases.No)];
        }
        // On our own pages a product's card can be tapped itself.
        var products = draft.Cards.Where(card => card.Kind == "product").ToList();
        return products.Count < 2 || task.Request.Channel == Web ? [] : [.. products.Select(product => Card(Product + product.Id, product.Title))];
    }

    /// <summary>What a message chose of what was offered last; null where it says something of its own.</summary>
    public static Chosen? Read(HistoryMessage message, IReadOnlyList<HistoryMessage> before)
    {
        var offered = before.LastOrDefault(past => past.Author is Author.Assistant)?.Offered ?? [];
        var choice = message.Choice is { } tapped && tapped.Id.StartsWith("assistant:", StringComparison.Ordinal) ? tapped : Named(message.Text.Trim(), offered);
        if (choice is null) return null;
        // A channel may have cut the title.
        var title = before.SelectMany(past => past.Offered ?? []).LastOrDefault(known => known.Id == choice.Id)?.Title ?? choice.Title;
        return choice.Id switch
        {
            Person => new Chosen(Person: true, null, title),
            NoPerson => new Chosen(Person: false, null, title),
            _ when choice.Id.StartsWith(Product, StringComparison.Ordinal) && Guid.TryParse(choice.Id[Product.Length..], out var id) => new Chosen(null, id, title),
            _ => null,
        };
    }

    private static Choice? Named(string text, IReadOnlyList<Choice> offered) =>
        offered.FirstOrDefault(choice => choice.Title.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? (int.TryParse(text.TrimEnd('.', ')'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= offered.Count
            ? offered[number - 1] : null);

    private static Card Card(string id, string title) => new(Kind, id, title, Action: id);
}

/// <param name="Person">Whether a person is wanted; null where that was not the question.</param>
/// <param name="Title">Of what was chosen, whole.</param>
internal sealed record Chosen(bool? Person, Guid? Product, string Title);
