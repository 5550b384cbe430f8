using Assistify.AiService.Catalogue;

namespace Assistify.AiService.Knowledge;

/// <summary>Finds what the workspace knows and sells. Answers are made of nothing else.</summary>
public interface IKnowledgeSearch
{
    /// <summary>The best entries first, each in the language asked for where it was written in it.</summary>
    Task<IReadOnlyList<FoundEntry>> FindEntries(EntryQuestion question, CancellationToken cancellationToken);

    /// <summary>The best products first.</summary>
    Task<IReadOnlyList<Product>> FindProducts(ProductQuestion question, CancellationToken cancellationToken);
}

/// <param name="KnowledgeVersion">Of the workspace; what was found for it may be remembered.</param>
/// <param name="Words">Letters and digits only; the entry holds some of them.</param>
/// <param name="Topic">The intent, where it is known: entries written for it come first.</param>
public sealed record EntryQuestion(Guid WorkspaceId, long KnowledgeVersion, string Language, IReadOnlyList<string> Words, string? Topic);

/// <param name="Words">Letters and digits only; the product holds some of them. None: any product.</param>
public sealed record ProductQuestion(
    Guid WorkspaceId,
    long KnowledgeVersion,
    string Language,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Colours,
    decimal? MinPrice = null,
    decimal? MaxPrice = null,
    bool OnlyAvailable = false);

/// <summary>An entry, or a part of a document, which is found and cited like one.</summary>
/// <param name="Keywords">Of a part of a document: the headings that it stands under.</param>
/// <param name="Rank">Grows with how well it fits; only comparable within one question.</param>
/// <param name="PartOf">The document that it is a part of.</param>
public sealed record FoundEntry(
    Guid Id, string Slug, IReadOnlyList<string> Topics, string Language, string Title, string Keywords, string Body, string? Url, double Rank, Guid? PartOf = null)
{
    /// <summary>What is cited.</summary>
    public Guid DocumentId => PartOf ?? Id;

    public bool IsPart => PartOf is not null;
}
