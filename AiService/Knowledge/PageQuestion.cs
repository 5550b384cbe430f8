using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Knowledge;

/// <summary>What a page calls the product that it shows: by the catalogue's id, by its name in addresses, or by the page's own address.</summary>
/// <param name="Names">As in addresses, the likeliest first.</param>
public sealed record PageQuestion(Guid WorkspaceId, long KnowledgeVersion, Guid? Id, IReadOnlyList<string> Names, IReadOnlyList<string> Urls)
{
    /// <returns>Null where nothing on it can name a product.</returns>
    public static PageQuestion? Of(PageContext page, Guid workspaceId, long knowledgeVersion)
    {
        var names = new List<string>();
        var urls = new List<string>();
        if (page.Product is { Length: > 0 } product) names.Add(product.ToLowerInvariant());
        if (page.Url is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            // What the edge made storable can be "%00" still.
            var last = StorableText.From(Uri.UnescapeDataString(address.Segments[^1].Trim('/'))).ToLowerInvariant();
            if (last.Length > 0 && !names.Contains(last)) names.Add(last);
            // Campaigns and anchors make the same page look like another one.
            var plain = address.GetLeftPart(UriPartial.Path);
            urls.AddRange(((string[])[url, plain, plain.TrimEnd('/'), plain.TrimEnd('/') + "/"]).Distinct());
        }

        var id = Guid.TryParse(page.Product, out var given) ? given : (Guid?)null;
        return names.Count == 0 && urls.Count == 0 ? null : new PageQuestion(workspaceId, knowledgeVersion, id, names, urls);
    }

    /// <summary>Whether both ask for the same.</summary>
    public bool Equals(PageQuestion? other) =>
        other is not null && (WorkspaceId, KnowledgeVersion, Id) == (other.WorkspaceId, other.KnowledgeVersion, other.Id) && Names.SequenceEqual(other.Names) && Urls.SequenceEqual(other.Urls);

    public override int GetHashCode() => HashCode.Combine(WorkspaceId, KnowledgeVersion, Id, Names.Count, Urls.Count);
}
