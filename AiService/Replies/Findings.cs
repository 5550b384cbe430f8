using Assistify.AiService.Catalogue;
using Assistify.AiService.Knowledge;

namespace Assistify.AiService.Replies;

/// <summary>What was found for a wish.</summary>
/// <param name="Entries">Best first.</param>
/// <param name="Products">Those that keep to the price and colours asked for, best first; sold out ones too.</param>
/// <param name="Alternatives">Where that leaves too few: the same without those limits.</param>
/// <param name="Mentioned">Products that the assistant named last, in the order it named them.</param>
public sealed record Findings(
    Wish Wish,
    IReadOnlyList<FoundEntry> Entries,
    IReadOnlyList<Product> Products,
    IReadOnlyList<Product> Alternatives,
    IReadOnlyList<Product> Mentioned);
