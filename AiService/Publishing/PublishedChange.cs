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

/// <param name="Id">Of what it takes the place of.</param>
internal sealed record KnowledgeChange(Guid Id, IReadOnlyList<SuiteEntry> Now) : PublishedChange("knowledge", Id.ToString())
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

    public WorkspaceKnowledge Apply(WorkspaceKnowledge knowledge) =>
        knowledge with { Entries = [.. knowledge.Entries.Where(entry => entry.Id != Id && entry.PartOf != Id), .. Now] };
}
