using System.Globalization;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Understanding;
using Assistify.Contracts;

namespace Assistify.AiService.Replies.Offline;

/// <summary>Answers about products. What is sold out is never offered; price limits and colours are kept.</summary>
internal static class ProductAnswers
{
    private const int Most = 3;

    /// <param name="onlyIfCovered">No answer unless a product has all that was asked for.</param>
    public static Passage? Write(Findings findings, string language, bool onlyIfCovered = false)
    {
        var phrases = Phrases.In(language);
        var wish = findings.Wish;
        if (wish.Kind is WishKind.MentionedProducts && !wish.Product.Narrows) return WriteMentioned(findings, language, phrases);

        var fitting = BestCovered(findings.Products, wish);
        if (onlyIfCovered && wish.Terms.Any(IsCompared) && !fitting.Exists(product => IsNamed(product, wish))) return null;
        var available = fitting.Where(product => product.IsAvailable).ToList();
        if (available.Count > 0)
        {
            if (wish.Product.Cheapest || wish.Product.Cheaper) available = [.. available.OrderBy(product => product.Price)];
            if (wish.Product.Dearest) available = [.. available.OrderByDescending(product => product.Price)];
            if (!wish.Terms.Any(IsCompared)) available = [.. available.DistinctBy(product => product.Category)];
            var sharp = wish.Product.Cheapest || wish.Product.Dearest || wish.Intent is Intents.ProductPrice or Intents.Availability;
            return Offer(sharp ? [available[0]] : [.. available.Take(Most)], null, wish, language, phrases);
        }

        // Another colour may do; what is too expensive is only named, never recommended.
        var others = BestCovered(findings.Alternatives, wish).Where(product => product.IsAvailable && !findings.Mentioned.Any(known => known.Id == product.Id && wish.Product.Cheaper)).ToList();
        var alternatives = others.Where(product => !wish.Product.Cheaper && KeepsTo(wish.Product, product)).Take(Most).ToList();
        // That something is sold out matters to those who asked for just that.
        var soldOut = fitting.Find(product => IsNamed(product, wish));
        if (soldOut is null && alternatives.Count == 0)
        {
            if (wish.Kind is WishKind.Open && !NamesThing(wish)) return null;
            return others.MinBy(product => product.Price) is { } cheapest && wish.Product.MaxPrice is not null
                ? new Passage($"{phrases.NothingFound} {phrases.Nearest}\n• {cheapest.TitleIn(language)}: {cheapest.PriceText}", [Cite(cheapest, language)], [], [])
                : Passage.Of(phrases.NothingFound, offers: true);
        }
        var first = soldOut is null
            ? Passage.Of(phrases.NothingFound)
            : Passage.Of(string.Format(CultureInfo.InvariantCulture, phrases.SoldOut, soldOut.TitleIn(language)), offers: alternatives.Count == 0)
                with { Citations = [Cite(soldOut, language)] };
        return alternatives.Count == 0 ? first : Offer(alternatives, first, wish, language, phrases);
    }

    private static Passage WriteMentioned(Findings findings, string language, Phrases phrases)
    {
        var mentioned = findings.Mentioned;
        if (mentioned.Count == 0) return Passage.Of(phrases.WhichProduct);
        if (findings.Wish.Product.Position is { } position)
            mentioned = position > 0 && position <= mentioned.Count ? [mentioned[position - 1]] : [mentioned[^1]];

        var lines = new List<string>();
        foreach (var product in mentioned.Take(Most))
        {
            lines.Add(findings.Wish.Product.Details ? $"{product.TitleIn(language)}: {product.DescriptionIn(language)}"
                : product.IsAvailable ? Costs(product, language, phrases) + " " + phrases.InStock
                : string.Format(CultureInfo.InvariantCulture, phrases.SoldOut, product.TitleIn(language)));
        }
        var offered = mentioned.Take(Most).Where(product => product.IsAvailable).ToList();
        return new Passage(
            string.Join('\n', lines),
            [.. mentioned.Take(Most).Select(product => Cite(product, language))],
            [.. offered.Select(product => CardOf(product, language))],
            [.. offered.Select(product => Recommend(product, findings.Wish, language, phrases))]);
    }

    private static Passage Offer(List<Product> products, Passage? before, Wish wish, string language, Phrases phrases)
    {
        string text;
        if (products.Count == 1 && before is null)
        {
            text = $"{Costs(products[0], language, phrases)} {phrases.InStock} {products[0].DescriptionIn(language)}";
        }
        else
        {
            var lines = products.Select(product => $"• {product.TitleIn(language)}: {product.PriceText}");
            text = string.Join('\n', lines.Prepend(before is null ? phrases.Found : $"{before.Text} {phrases.Nearest}"));
        }
        return new Passage(
            text,
            [.. (before?.Citations ?? []).Concat(products.Select(product => Cite(product, language)))],
            [.. products.Select(product => CardOf(product, language))],
            [.. products.Select(product => Recommend(product, wish, language, phrases))]);
    }

    // Of what full-text search found, only what has the most of what was asked for: a blue vase, not every blue thing.
    private static List<Product> BestCovered(IReadOnlyList<Product> products, Wish wish)
    {
        var terms = wish.Terms.Where(IsCompared).ToList();
        if (terms.Count == 0 || wish.Kind is WishKind.MentionedProducts) return [.. products];
        var best = new List<Product>();
        var most = 0.0;
        var things = terms.Exists(term => Concepts.Things.Contains(term.Meaning));
        foreach (var product in products)
        {
            var covered = Covered(product, terms, things);
            if (covered == 0 || covered < most) continue;
            if (covered > most) best.Clear();
            most = covered;
            best.Add(product);
        }
        // An unrecognised question is about a product only if most of its words are the product's.
        return wish.Kind is WishKind.Open && most < 0.6 && !things ? [] : best;
    }

    /// <summary>Those that a wish names: by a whole title, else by the kind of thing, else by all of its words.</summary>
    public static IReadOnlyList<Product> Named(IReadOnlyList<Product> found, Wish wish, Func<Product, bool> hasWholeTitle)
    {
        var titled = found.Where(hasWholeTitle).ToList();
        if (titled.Count > 0) return titled;
        return NamesThing(wish) ? BestCovered(found, wish) : [.. found.Where(product => IsNamed(product, wish))];
    }

    private static bool KeepsTo(ProductWish limits, Product product) =>
        !(product.Price > limits.MaxPrice) && !(product.Price < limits.MinPrice);

    private static bool NamesThing(Wish wish) => wish.Terms.Any(term => Concepts.Things.Contains(term.Meaning));

    private static bool IsNamed(Product product, Wish wish)
    {
        var terms = wish.Terms.Where(IsCompared).ToList();
        return wish.Kind is not WishKind.MentionedProducts && terms.Count > 0 && Covered(product, terms, things: false) >= 1;
    }

    private static double Covered(Product product, List<Term> terms, bool things)
    {
        var meanings = ProductText.MeaningsOf(product);
        var covered = 0.0;
        var isThing = false;
        foreach (var term in terms)
        {
            var has = meanings.Contains(term.Meaning) || meanings.Contains(Words.Stem(term.Written))
                || term.Written.Length >= 5 && meanings.Any(meaning => Words.Alike(meaning, term.Written));
            if (!has) continue;
            covered++;
            isThing |= Concepts.Things.Contains(term.Meaning);
        }
        // Who asks for a vase is not served by something else that shares the other words.
        return things && !isThing ? 0 : covered / terms.Count;
    }

    private static bool IsCompared(Term term) => !Words.IsNumber(term.Written) && !Concepts.Colours.Contains(term.Meaning) && term.Meaning is not "price";

    private static string Costs(Product product, string language, Phrases phrases) =>
        string.Format(CultureInfo.InvariantCulture, phrases.Costs, product.TitleIn(language), product.PriceText);

    internal static Citation Cite(Product product, string language) =>
        new(product.Id.ToString(), product.TitleIn(language), product.Url, product.Sheet(language));

    internal static Card CardOf(Product product, string language) =>
        new("product", product.Id.ToString(), product.TitleIn(language), product.DescriptionIn(language), product.Money, product.ImageUrl, product.Url);

    internal static Recommendation Recommend(Product product, Wish wish, string language, Phrases phrases)
    {
        var terms = wish.Terms.Where(IsCompared).ToList();
        var score = terms.Count == 0 ? 0.5 : Covered(product, terms, things: false);
        var reasons = new List<string>();
        if (wish.Product.Colours.Any(product.Colours.Contains))
        {
            reasons.Add(phrases.RightColour);
            score += 0.2;
        }
        if (wish.Product.MaxPrice >= product.Price) reasons.Add(phrases.WithinBudget);
        if (reasons.Count == 0) reasons.Add(phrases.Fits);
        return new Recommendation(
            product.Id.ToString(), product.TitleIn(language), product.Money, product.ImageUrl, product.Url,
            Math.Round(Math.Clamp(0.3 + score * 0.6, 0, 1), 2), string.Join(", ", reasons));
    }
}
