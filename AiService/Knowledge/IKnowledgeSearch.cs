using Assistify.AiService.Catalogue;

namespace Assistify.AiService.Knowledge;

/// <summary>Finds what the workspace knows and sells. Answers are made of nothing else.</summary>
public interface IKnowledgeSearch
{
    /// <summary>The best entries first, each in the language asked for where it was written in it.</summary>
    Task<IReadOnlyList<FoundEntry>> FindEntries(EntryQuestion question, CancellationToken cancellationToken);

    /// <summary>The best products first.</summary>
    Task<IReadOnlyList<Product>> FindProducts(ProductQuestion question, CancellationToken cancellationToken);

    /// <summary>The product that a page shows; null where the workspace sells none that is called so.</summary>
    Task<Product?> FindPage(PageQuestion question, CancellationToken cancellationToken);
}

/// <param name="KnowledgeVersion">Of the workspace; what was found for it may be remembered.</param>
/// <param name="Words">Letters and digits only; the entry holds some of them.</param>
/// <param name="Topic">The intent, where it is known: entries written for it come first.</param>
/// <param name="Text">The question itself, to find what means the same in other words; null where no provider may be shown it.</param>
public sealed record EntryQuestion(Guid WorkspaceId, long KnowledgeVersion, string Language, IReadOnlyList<string> Words, string? Topic, string? Text = null);

/// <param name="Words">Letters and digits only; the product holds some of them. None: any product.</param>
/// <param name="Text">The question itself, to find what means the same in other words; null where no provider may be shown it.</param>
public sealed record ProductQuestion(
    Guid WorkspaceId,
    long KnowledgeVersion,
    string Language,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Colours,
    decimal? MinPrice = null,
    decimal? MaxPrice = null,
    bool OnlyAvailable = false,
    bool DearestFirst = false,
    string? Text = null);

/// <summary>An entry, or a part of a document, which is found and cited like one.</summary>
/// <param name="Keywords">Of a part of a document: the headings that it stands under.</param>
/// <param name="Rank">Grows with how well it fits; only comparable within one question.</param>
/// <param name="PartOf">The document that it is a part of.</param>
/// <param name="Page">Of the document, where it has pages.</param>
/// <param name="Likeness">Its place among what means the same, 0 the first; null where it is not among it.</param>
public sealed record FoundEntry(
    Guid Id, string Slug, IReadOnlyList<string> Topics, string Language, string Title, string Keywords, string Body, string? Url, double Rank, Guid? PartOf = null, int? Page = null, int? Likeness = null)
{
    /// <summary>What is cited.</summary>
    public Guid DocumentId => PartOf ?? Id;

    /// <summary>Names the page, for people who look it up.</summary>
    public string CitedTitle => Page is { } page ? FormattableString.Invariant($"{Title}, p. {page}") : Title;

    /// <summary>Browsers open a PDF at this page.</summary>
    public string? CitedUrl => Page is { } page && Url is { } url && !url.Contains('#') ? FormattableString.Invariant($"{url}#page={page}") : Url;

    public bool IsPart => PartOf is not null;
}
