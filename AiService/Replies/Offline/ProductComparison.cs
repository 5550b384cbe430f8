using System.Globalization;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies.Offline;

/// <summary>Two or three products side by side: price, stock, what they are, and which has the lowest price.</summary>
internal static class ProductComparison
{
    private const int Most = 3;

    /// <returns>Null where there are not two products to compare.</returns>
    public static Passage? Write(Findings findings, string language)
    {
        var products = Compared(findings);
        if (products.Count < 2) return null;

        var phrases = Phrases.In(language);
        var lines = products.ConvertAll(product => product.IsAvailable
            ? $"• {product.TitleIn(language)}: {product.PriceText}. {phrases.InStock} {product.DescriptionIn(language)}"
            : $"• {string.Format(CultureInfo.InvariantCulture, phrases.SoldOut, product.TitleIn(language))} {product.DescriptionIn(language)}");
        var available = products.FindAll(product => product.IsAvailable);
        if (available.Count > 1 && available.MinBy(product => product.Price) is { } cheapest && available.Count(product => product.Price == cheapest.Price) == 1
            && available.TrueForAll(product => product.Currency == cheapest.Currency))
        {
            lines.Add(string.Format(CultureInfo.InvariantCulture, phrases.LowestPrice, cheapest.TitleIn(language)));
        }

        return new Passage(
            string.Join('\n', lines),
            [.. products.Select(product => ProductAnswers.Cite(product, language))],
            [.. available.Select(product => ProductAnswers.CardOf(product, language))],
            [.. available.Select(product => ProductAnswers.Recommend(product, findings.Wish, language, phrases))]);
    }

    // Those that the customer names; one of them with what was spoken of; or simply the first few of a kind.
    private static List<Product> Compared(Findings findings)
    {
        var terms = findings.Wish.Terms.Where(term => !Words.IsNumber(term.Written)).ToList();
        var named = findings.Wish.Kind is WishKind.MentionedProducts ? [] : Named(findings.Products, terms);
        if (named.Count >= 2) return named;
        foreach (var product in findings.Mentioned.Where(product => !named.Exists(known => known.Id == product.Id)))
        {
            if (named.Count < (named.Count == 0 || findings.Wish.Kind is WishKind.MentionedProducts ? Most : 2)) named.Add(product);
        }
        if (named.Count >= 2) return named;
        var kind = terms.Find(term => Concepts.Things.Contains(term.Meaning));
        return kind is null ? named : [.. findings.Products.Where(product => product.IsAvailable && ProductText.MeaningsOf(product).Contains(kind.Meaning)).Take(Most)];
    }

    // A product is named by most of its title's words, one of which is not yet another one's.
    private static List<Product> Named(IReadOnlyList<Product> products, List<Term> terms)
    {
        var candidates = products
            .Select(product => (Product: product, Title: TitlesOf(product).Select(title => (Words: title, Told: title.Where(word => IsTold(word, terms)).ToList()))
                .MaxBy(title => (double)title.Told.Count / title.Words.Count)))
            .Where(candidate => candidate.Title.Told.Count * 2 >= candidate.Title.Words.Count)
            .OrderByDescending(candidate => (double)candidate.Title.Told.Count / candidate.Title.Words.Count);
        var named = new List<Product>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (product, title) in candidates)
        {
            var own = title.Told.Where(word => !Concepts.Things.Contains(word) && !taken.Contains(word)).ToList();
            if (own.Count == 0 || named.Count == Most) continue;
            taken.UnionWith(own);
            named.Add(product);
        }
        return [.. named.OrderBy(product => terms.FindIndex(term => TitlesOf(product).Any(title => title.Any(word => !Concepts.Things.Contains(word) && Tells(term, word)))))];
    }

    private static IEnumerable<List<string>> TitlesOf(Product product) =>
        product.Translations.Values.Select(translation => translation.Title).Prepend(product.Title)
            .Select(title => Words.Of(title).Select(Concepts.Of).Distinct().ToList()).Where(words => words.Count > 0);

    private static bool IsTold(string word, List<Term> terms) => terms.Exists(term => Tells(term, word));

    private static bool Tells(Term term, string word) =>
        term.Meaning == word || Words.Stem(term.Written) == word || term.Written.Length >= 5 && Words.Alike(word, term.Written);
}
