using Assistify.AiService.Catalogue;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Knowledge.Documents;
using Assistify.Contracts;

namespace Assistify.AiService.Publishing;

/// <summary>Something that customers would notice from now on.</summary>
/// <param name="Kind">For people and the audit log.</param>
internal abstract record PublishedChange(string Kind, string Subject);

internal sealed record AssistantChange(int Version) : PublishedChange("assistant_version", FormattableString.Invariant($"{Version}"));

internal sealed record IntentModelChange(int Version) : PublishedChange("intent_model", FormattableString.Invariant($"{Version}"));

/// <summary>Something else is known or sold.</summary>
internal abstract record ContentChange(string Kind, string Subject) : PublishedChange(Kind, Subject)
{
    public abstract WorkspaceKnowledge Apply(WorkspaceKnowledge knowledge);
}

/// <param name="Now">Null: it is no longer sold.</param>
internal sealed record ProductChange(Guid Id, Product? Now) : ContentChange("product", Id.ToString())
{
    public override WorkspaceKnowledge Apply(WorkspaceKnowledge knowledge)
    {
        var others = knowledge.Products.Where(product => product.Id != Id);
        return knowledge with { Products = [.. Now is null ? others : others.Append(Now)] };
    }
}

/// <param name="Id">Of what it takes the place of.</param>
internal sealed record KnowledgeChange(Guid Id, IReadOnlyList<SuiteEntry> Now) : ContentChange("knowledge", Id.ToString())
{
    public static KnowledgeChange Of(KnowledgeEntry entry) => new(
        entry.Id, [new SuiteEntry(entry.Title, entry.Body, entry.Language, entry.Topics, entry.Keywords, entry.Slug, entry.Url, entry.Id)]);

    /// <summary>Each part of a document is found on its own, under its title.</summary>
    public static KnowledgeChange Of(Guid? id, DocumentContent content)
    {
        var replaced = id ?? Identifiers.Derive($"document/{content.Title}");
        return new KnowledgeChange(replaced, [.. content.Chunks.Select((part, n) => new SuiteEntry(
            content.Title, content.Text.Substring(part.Start, part.Length), content.Language, Keywords: string.Join(' ', part.Headings), Slug: $"{replaced:N}-{n}", Url: content.Url,
            Id: Identifiers.Derive($"document/{replaced}/{n}")))]);
    }

    public static KnowledgeChange Without(Guid id) => new(id, []);

    public override WorkspaceKnowledge Apply(WorkspaceKnowledge knowledge) =>
        knowledge with { Entries = [.. knowledge.Entries.Where(entry => entry.Id != Id && entry.PartOf != Id), .. Now] };
}
