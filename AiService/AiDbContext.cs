using Assistify.AiService.Catalogue;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Knowledge.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace Assistify.AiService;

/// <summary>Knowledge and catalogue, as people edit them. The path of a message reads and writes with plain SQL.</summary>
public sealed class AiDbContext(DbContextOptions<AiDbContext> options) : DbContext(options)
{
    public DbSet<KnowledgeEntry> KnowledgeEntries => Set<KnowledgeEntry>();

    public DbSet<SettledQuestion> SettledQuestions => Set<SettledQuestion>();

    public DbSet<Product> Products => Set<Product>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AiDbContext).Assembly);
}
