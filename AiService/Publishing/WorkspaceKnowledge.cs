using Assistify.AiService.Catalogue;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Knowledge;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Assistify.AiService.Publishing;

/// <summary>All that a workspace knows and sells now, as a suite holds it: cases are run on it as it is, and as it would be after a change.</summary>
internal sealed record WorkspaceKnowledge(IReadOnlyList<SuiteEntry> Entries, IReadOnlyList<Product> Products)
{
    // A case is run in memory; whoever knows more has it run on the first of it.
    private const int Most = 20_000;

    public IKnowledgeSearch Search(Guid workspaceId) => MemoryKnowledge.Of(Entries, Products, workspaceId);

    public static async Task<WorkspaceKnowledge> Load(Guid workspaceId, IServiceScopeFactory scopes, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AiDbContext>();
        var entries = (await db.KnowledgeEntries.AsNoTracking().Where(entry => entry.WorkspaceId == workspaceId).OrderBy(entry => entry.Id).Take(Most).ToListAsync(cancellationToken))
            .ConvertAll(entry => new SuiteEntry(entry.Title, entry.Body, entry.Language, entry.Topics, entry.Keywords, entry.Slug, entry.Url, entry.Id));
        entries.AddRange(await Parts(workspaceId, database, cancellationToken));
        var products = await db.Products.AsNoTracking().Where(product => product.WorkspaceId == workspaceId).OrderBy(product => product.Id).Take(Most).ToListAsync(cancellationToken);
        return new WorkspaceKnowledge(entries, products);
    }

    private static async Task<List<SuiteEntry>> Parts(Guid workspaceId, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            SELECT c.id, c.document_id, c.title, c.page, c.headings, c.body, c.language, v.url
            FROM knowledge_chunks c
            JOIN knowledge_documents d ON d.id = c.document_id AND d.active_version = c.version
            JOIN knowledge_document_versions v ON v.document_id = c.document_id AND v.version = c.version
            WHERE c.workspace_id = $1 ORDER BY c.document_id, c.position LIMIT $2
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(Most);
        var parts = new List<SuiteEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var part = new FoundEntry(
                reader.GetGuid(0), reader.GetGuid(0).ToString("N"), [], reader.GetString(6), reader.GetString(2), reader.GetString(4), reader.GetString(5),
                reader.IsDBNull(7) ? null : reader.GetString(7), 0, reader.GetGuid(1), reader.IsDBNull(3) ? null : reader.GetInt32(3));
            parts.Add(new SuiteEntry(part.CitedTitle, part.Body, part.Language, Keywords: part.Keywords, Slug: part.Slug, Url: part.CitedUrl, Id: part.Id) { PartOf = part.PartOf });
        }
        return parts;
    }
}
