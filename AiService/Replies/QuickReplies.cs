using System.Globalization;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>
/// Answers that a customer can give by a tap, where there are only a few: a person or not, one of the products that were named, its seller's word. What was
/// chosen is recognised by its id; where a channel knows no taps, by its title or its number in the list.
/// </summary>
internal static class QuickReplies
{
    public const string Kind = "choice";
    private const string Person = "assistant:person";
    private const string NoPerson = "assistant:no-person";
    private const string Product = "assistant:product/";
    private const string Seller = "assistant:seller/";
    private const string Web = "web";

    public static IReadOnlyList<Card> For(Draft draft, ReplyTask task, bool handOver)
    {
        if (handOver || !task.Request.IsOn(Features.QuickReplies)) return [];
        if (Phrases.OffersPerson(draft.Text))
        {
            var phrases = Phrases.In(task.Plan.Language);
            return [Card(Person, phrases.Yes), Card(NoPerson, phrases.No)];
        }
        var products = draft.Cards.Where(card => card.Kind == "product").ToList();
        if (products.Count == 1)
        {
            return task.Notes.Enquiry is null && Guid.TryParse(products[0].Id, out var id) && task.Sources.Product(id) is { } shown && Sellers.CanBeAsked(task, shown)
                ? [Card(Seller + id, SellerPhrases.In(task.Plan.Language).Offer)] : [];
        }
        // On our own pages a product's card can be tapped itself.
        return products.Count == 0 || task.Request.Channel == Web ? [] : [.. products.Select(product => Card(Product + product.Id, product.Title))];
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
            _ when choice.Id.StartsWith(Seller, StringComparison.Ordinal) && Guid.TryParse(choice.Id[Seller.Length..], out var id) => new Chosen(null, id, title, OfSeller: true),
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
/// <param name="OfSeller">The product's seller is to be asked about it.</param>
internal sealed record Chosen(bool? Person, Guid? Product, string Title, bool OfSeller = false);
