using Assistify.AiService.Catalogue;
using Assistify.AiService.Knowledge;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

public enum SourceKind
{
    Entry,
    Product,

    /// <summary>What a tool worked out, such as a total.</summary>
    Tool,

    /// <summary>The state of an order, told to whom it belongs.</summary>
    Order,
}

/// <summary>A text that an answer may rest on.</summary>
/// <param name="Available">Of a product: whether it can be had.</param>
public sealed record Source(string DocumentId, string Title, string? Url, string Text, SourceKind Kind = SourceKind.Entry, bool? Available = null)
{
    /// <summary>Where the citation stands in this text, word for word; null where it is another's.</summary>
    internal int? PlaceOf(Citation citation) =>
        citation.DocumentId == DocumentId && Text.IndexOf(citation.Quote, StringComparison.Ordinal) is >= 0 and var start ? start : null;
}

/// <summary>Everything that was found for an answer. Tools add to it while it is written.</summary>
public sealed class Sources(string language)
{
    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Product> _products = [];

    public IReadOnlyCollection<Source> All => _sources.Values;

    public IReadOnlyCollection<Product> Products => _products.Values;

    public Product? Product(Guid id) => _products.GetValueOrDefault(id);

    public void Add(Source source) => _sources.TryAdd(source.DocumentId, source);

    /// <summary>Each part of a document is a source of its own and is cited as the document.</summary>
    public void Add(FoundEntry entry) =>
        _sources.TryAdd(entry.Id.ToString(), new Source(entry.DocumentId.ToString(), entry.CitedTitle, entry.CitedUrl, entry.Body));

    public void Add(Product product)
    {
        if (!_products.TryAdd(product.Id, product)) return;
        Add(new Source(product.Id.ToString(), product.TitleIn(language), product.Url, product.Sheet(language), SourceKind.Product, product.IsAvailable));
    }

    internal static Sources Of(IReadOnlyList<Findings> findings, string language)
    {
        var sources = new Sources(language);
        foreach (var found in findings)
        {
            foreach (var entry in found.Entries) sources.Add(entry);
            foreach (var product in found.Products.Concat(found.Alternatives).Concat(found.Mentioned)) sources.Add(product);
        }
        return sources;
    }
}
