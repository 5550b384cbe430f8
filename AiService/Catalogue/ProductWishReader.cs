using System.Text.RegularExpressions;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;

namespace Assistify.AiService.Catalogue;

/// <summary>Reads price limits, colours and places in a list out of a customer's words: "a blue one under 50 EUR", "the second".</summary>
internal static partial class ProductWishReader
{
    private const string Number = "(?<amount>" + Amounts.Pattern + ")";
    private const string Currency = @"(?:€|euros?\b|eur\b|ευρω|e[vy]r[ow]\b|евро|يورو)";

    public static ProductWish Read(string text, IReadOnlyList<string> meanings)
    {
        var folded = NumberWords.InFigures(new FoldedText(text.Length > Words.LongestText ? text[..Words.LongestText] : text).Text);
        var colours = meanings.Where(Concepts.Colours.Contains).Distinct().ToList();
        decimal? min = null, max = null;

        // Most messages name no number: the expressions are only tried where one stands.
        if (folded.AsSpan().IndexOfAnyInRange('0', '9') >= 0)
        {
            if (Between().Match(folded) is { Success: true } between)
            {
                min = Amount(between, "from");
                max = Amount(between, "to");
                if (min > max) (min, max) = (max, min);
            }
            else if (AtMost().Match(folded) is { Success: true } most) max = Amount(most, "amount");
            else if (AtMostAfter().Match(folded) is { Success: true } mostAfter) max = Amount(mostAfter, "amount");
            else if (AtLeast().Match(folded) is { Success: true } least) min = Amount(least, "amount");
            else if (About().Match(folded) is { Success: true } about)
            {
                min = Amount(about, "amount") * 0.7m;
                max = Amount(about, "amount") * 1.3m;
            }
            else if (Price().Match(folded) is { Success: true } price) max = Amount(price, "amount");
        }
        return new ProductWish(colours, min, max, CheaperWords().IsMatch(folded), CheapestWords().IsMatch(folded), PositionIn(folded))
        {
            Compares = ComparingWords().IsMatch(folded),
            Details = DetailWords().IsMatch(folded),
            Dearest = DearestWords().IsMatch(folded),
            Without = WithoutIn(folded),
        };
    }

    private static IReadOnlyList<string> WithoutIn(string folded)
    {
        var refused = Refused().Matches(folded);
        return refused.Count == 0 ? [] : [.. refused.Select(match => Concepts.Of(match.Groups["thing"].Value)).Where(Concepts.Things.Contains).Distinct()];
    }

    /// <summary>Whether a folded word only says that something is compared.</summary>
    public static bool IsComparing(string word) => ComparingWord().IsMatch(word);

    private static decimal? Amount(Match match, string group) => Amounts.Read(match.Groups[group].Value);

    /// <summary>"The second one": 2; counted from the end if negative.</summary>
    public static int? PositionIn(string text)
    {
        var match = Ordinal().Match(Words.Fold(text));
        if (!match.Success) return null;
        for (var i = 1; i <= 3; i++)
        {
            if (match.Groups["p" + i].Success) return i;
        }
        return -1;
    }

    [GeneratedRegex(@"(?:between|from|μεταξυ|απο|zwischen|von|entre|tra|da|от)\s*€?\s*(?<from>" + Amounts.Pattern + @")\s*" + Currency + @"?\s*(?:and|to|-|και|εωσ|μεχρι|ωσ|und|bis|y|et|e|a|до)\s*€?\s*(?<to>" + Amounts.Pattern + @")\s*" + Currency)]
    private static partial Regex Between();

    [GeneratedRegex(@"(?:under|below|less than|cheaper than|up to|at most|no more than|not more than|within|max(?:imum)?|budget(?: is| of)?|κατω απο|κατω των|μεχρι|εωσ|το πολυ|λιγοτερο απο|φ[τθ]ηνοτερο απο|unter|bis(?: zu)?|hochstens|weniger als|menos de|hasta|por debajo de|moins de|jusqu'?a|max|meno di|fino a|sotto i|sotto|до|дешевле|не дороже|اقل من|تحت|kato apo|mexri)\s*(?:the\s*)?€?\s*" + Number)]
    private static partial Regex AtMost();

    // Turkish puts it behind the number.
    [GeneratedRegex(Number + @"\s*(?:€|euro\w*|eur)?\s*(?:or less|or under|max\b|altinda|alti|altindaki|kadar)")]
    private static partial Regex AtMostAfter();

    [GeneratedRegex(@"(?:over|above|more than|at least|πανω απο|τουλαχιστον|uber|mehr als|mindestens|mas de|al menos|plus de|au moins|piu di|almeno|больше|дороже|اكثر من)\s*€?\s*" + Number + @"\s*" + Currency)]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"(?:around|about|roughly|approximately|γυρω στα|περιπου|etwa|ungefahr|alrededor de|unos|environ|circa|около)\s*€?\s*" + Number + @"\s*" + Currency)]
    private static partial Regex About();

    [GeneratedRegex(@"(?:€\s*" + Number + @")|(?:" + Number + @"\s*" + Currency + ")")]
    private static partial Regex Price();

    [GeneratedRegex(@"(?:\b(?:but (?:not|no)|anything but|except(?: for)?|other than|apart from|αλλα οχι|εκτοσ(?: απο)?|aber kein\w*|ausser|pero no|excepto|que no sean?|mais pas|sauf|ma non|tranne|eccetto|но не|кроме|لكن ليس|ما عدا)|, (?:not|no|οχι|nicht|kein\w*)) (?:(?:an?|the|any|another|more|ενα|μια|το|τα|την|τισ|eine?n?|un|une|una|de|des|los|las|gli|le|il) )?(?<thing>\w+)|\b(?<thing>\w+) (?:haric|disinda|olmasin)\b")]
    private static partial Regex Refused();

    [GeneratedRegex(@"\bcheaper\b|less expensive|φ[τθ]ηνοτερ|πιο φ[τθ]ην|οικονομικοτερ|gunstiger|billiger|mas barato|moins cher|piu economic|daha ucuz|дешевле|ارخص")]
    private static partial Regex CheaperWords();

    [GeneratedRegex(@"\bcheapest\b|least expensive|το πιο φ[τθ]ηνο|φ[τθ]ηνοτερο απο ολα|gunstigste|billigste|el mas barato|la mas barata|le moins cher|il piu economico|en ucuz|самый дешевый|самую дешевую|الارخص")]
    private static partial Regex CheapestWords();

    [GeneratedRegex(@"\bmost expensive\b|\bdearest\b|\bpriciest\b|(?:το|τα|την|τη) πιο ακριβ|ακριβοτερ\w* απο ολ|teuerste|(?:el|la|lo) mas car[oa]\b|l[ea] plus ch(?:er|ere)\b|(?:il|la) piu car[oa]\b|en pahali|самы[йи] дорог|самую дорог|الاغلى")]
    private static partial Regex DearestWords();

    private const string Comparing = @"compar\w+|versus|vs|differen\w+|συγκρι\w+|διαφορα|vergleich\w*|unterschied\w*|karsilastir\w*|fark\w*|confront\w+|paragon\w*|сравн\w+|разниц\w+|قارن|مقارنه|الفرق";
    private const string Better = "better|besser|καλυτερ\\w*|mejor|mieux|meilleur\\w*|meglio|migliore|лучше|افضل";

    // "Which one is taller?"
    private const string More =
        "(?:tall|small|short|long|high|deep|strong|light|dark|soft|new|old|thick|thin|nice)(?:er|est)|bigger|biggest|larger?|largest|wider|widest|heavier|heaviest|"
        + "(?:ψηλο|μεγαλυ|μικρο|κοντο|μακρυ|φαρδυ|βαρυ|ελαφρυ|βαθυ)τερ\\w+|(?:grosser|hoher|kleiner|breiter|langer|kurzer|schwerer|leichter|tiefer)\\w*";

    [GeneratedRegex(@"\b(?:" + Comparing + @")\b|\b(?:" + Better + @")\b.*\b(?:or|oder|o|ou|ή|η|или|yoksa|او)\b|hangisi daha iyi|\b(?:which|ποι[οα]σ?|welche[rs]?)\b.*\b(?:" + More + @")\b")]
    private static partial Regex ComparingWords();

    [GeneratedRegex(@"\b(?:(?:how|so) (?:tall|high|big|large|wide|long|deep|heavy)|size|dimensions?|measure\w*|weigh\w*|material|made (?:of|from|out of)|υψοσ|ψηλ\w+|μεγεθοσ|διαστασ\w+|βαροσ|ζυγιζει|υλικο|φτιαγμεν\w+|wie (?:gro(?:ss|ß)|hoch|breit|lang|schwer)|gro(?:ss|ß)e|masse|woraus|mide|medidas|tamano|cuanto pesa|hech[oa] de|taille|dimensions|quelle hauteur|poids|misur\w+|dimension\w+|quanto pesa|fatt[oa] di|boyu|boyutlari|olcu\w*|agirlig\w+|malzeme\w*|размер\w*|высот\w+|весит|сделан\w*|الحجم|حجمه\w?|ارتفاع\w*|مصنوع\w*)(?!\w)")]
    private static partial Regex DetailWords();

    [GeneratedRegex("^(?:" + Comparing + "|" + Better + "|" + More + ")$")]
    private static partial Regex ComparingWord();

    [GeneratedRegex(@"\bthe (?:(?<p1>first|1st)|(?<p2>second|2nd)|(?<p3>third|3rd)|last)\b|\bτ(?:ο|η|ην)ν? (?:(?<p1>πρωτ\w+)|(?<p2>δευτερ\w+)|(?<p3>τριτ\w+)|τελευται\w+)|\b(?:das|die|der|den) (?:(?<p1>erste)|(?<p2>zweite)|(?<p3>dritte)|letzte)")]
    private static partial Regex Ordinal();
}
