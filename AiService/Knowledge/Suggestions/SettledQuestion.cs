using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assistify.AiService.Knowledge.Suggestions;

/// <summary>What people did about a question without an answer. Its text is not here: that goes with the customer.</summary>
public sealed class SettledQuestion
{
    public const string Answered = "answered";
    public const string Dismissed = "dismissed";

    public required Guid WorkspaceId { get; init; }

    public required Guid QuestionId { get; init; }

    public required string Outcome { get; init; }

    public required Guid SettledBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SettledQuestionConfiguration : IEntityTypeConfiguration<SettledQuestion>
{
    public void Configure(EntityTypeBuilder<SettledQuestion> settled)
    {
        settled.ToTable("settled_questions");
        settled.HasKey(s => new { s.WorkspaceId, s.QuestionId });
        settled.Property(s => s.WorkspaceId).HasColumnName("workspace_id");
        settled.Property(s => s.QuestionId).HasColumnName("question_id");
        settled.Property(s => s.Outcome).HasColumnName("outcome");
        settled.Property(s => s.SettledBy).HasColumnName("settled_by");
        settled.Property(s => s.CreatedAt).HasColumnName("created_at");
    }
}
