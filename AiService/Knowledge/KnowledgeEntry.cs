using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assistify.AiService.Knowledge;

/// <summary>Something that the workspace's people wrote down for its customers, in one language.</summary>
public sealed class KnowledgeEntry
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>The same in every language the entry was written in.</summary>
    public required string Slug { get; init; }

    public required string Language { get; set; }

    /// <summary>The intents that it answers.</summary>
    public string[] Topics { get; set; } = [];

    public required string Title { get; set; }

    /// <summary>Other words that customers use for it.</summary>
    public string Keywords { get; set; } = "";

    public required string Body { get; set; }

    public string? Url { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class KnowledgeEntryConfiguration : IEntityTypeConfiguration<KnowledgeEntry>
{
    public void Configure(EntityTypeBuilder<KnowledgeEntry> entry)
    {
        entry.ToTable("knowledge_entries");
        entry.Property(e => e.Id).HasColumnName("id").ValueGeneratedNever();
        entry.Property(e => e.WorkspaceId).HasColumnName("workspace_id");
        entry.Property(e => e.Slug).HasColumnName("slug");
        entry.Property(e => e.Language).HasColumnName("language");
        entry.Property(e => e.Topics).HasColumnName("topics");
        entry.Property(e => e.Title).HasColumnName("title");
        entry.Property(e => e.Keywords).HasColumnName("keywords");
        entry.Property(e => e.Body).HasColumnName("body");
        entry.Property(e => e.Url).HasColumnName("url");
        entry.Property(e => e.UpdatedAt).HasColumnName("updated_at");
        entry.HasIndex(e => new { e.WorkspaceId, e.Slug, e.Language }).IsUnique();
    }
}
