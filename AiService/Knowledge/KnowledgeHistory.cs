using System.Text.Json;
using Assistify.AiService.Catalogue;
using Npgsql;

namespace Assistify.AiService.Knowledge;

/// <param name="Since">The version of the workspace's knowledge from which on answers were made from it.</param>
/// <param name="ReplacedAt">Null: it is in use.</param>
public sealed record EntryVersion(
    int Version, long Since, DateTimeOffset WrittenAt, DateTimeOffset? ReplacedAt, string Title, string Body, IReadOnlyList<string> Topics, string Keywords, string? Url);

/// <param name="Since">As an entry's.</param>
/// <param name="ReplacedAt">Null: it is in use.</param>
/// <param name="Product">As it was.</param>
public sealed record ProductVersion(int Version, long Since, DateTimeOffset? ReplacedAt, ProductResponse Product);

/// <summary>
/// What entries, products and documents were in earlier versions of a workspace's knowledge. The database writes it down with every change
/// (<c>keep_history</c>), whoever makes it: a hundred versions of each at most, for as long as the traces live, and of an entry or a product in use the last ten for good.
/// </summary>
internal sealed class KnowledgeHistory(NpgsqlDataSource database)
{
    private const int VersionsKept = 10;

    /// <summary>A condition on its rows: what no roll-back can ask for.</summary>
    public static readonly string Unneeded = $"""
        NOT (kind IN ('knowledge_entries', 'products') AND EXISTS (
            SELECT FROM knowledge_history u WHERE u.item_id = knowledge_history.item_id AND u.until IS NULL AND u.version <= knowledge_history.version + {VersionsKept}))
        """;

    /// <summary>The versions of an entry that are kept, the latest first.</summary>
    public async Task<IReadOnlyList<EntryVersion>> OfEntry(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            SELECT h.version, h.since, h.replaced_at, e.updated_at, e.title, e.body, e.topics, e.keywords, e.url
            FROM knowledge_history h, jsonb_populate_record(NULL::knowledge_entries, h.content) e
            WHERE h.item_id = $1 AND h.workspace_id = $2 AND h.kind = 'knowledge_entries' ORDER BY h.version DESC
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        var versions = new List<EntryVersion>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(new EntryVersion(
                reader.GetInt32(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetString(4), reader.GetString(5), reader.GetFieldValue<string[]>(6), reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8)));
        }
        return versions;
    }

    /// <summary>The versions of a product that are kept, the latest first.</summary>
    public async Task<IReadOnlyList<ProductVersion>> OfProduct(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            SELECT h.version, h.since, h.replaced_at, p.slug, p.title, p.description, p.translations::text, p.price, p.currency, p.stock, p.category, p.tags, p.colours, p.url, p.image_url,
                p.supplier_id, p.updated_at
            FROM knowledge_history h, jsonb_populate_record(NULL::products, h.content) p
            WHERE h.item_id = $1 AND h.workspace_id = $2 AND h.kind = 'products' ORDER BY h.version DESC
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        var versions = new List<ProductVersion>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var product = new Product
            {
                Id = id, WorkspaceId = workspaceId, Slug = reader.GetString(3), Title = reader.GetString(4), Description = reader.GetString(5),
                Translations = JsonSerializer.Deserialize<Dictionary<string, ProductText>>(reader.GetString(6), JsonSerializerOptions.Web) ?? [], Price = reader.GetDecimal(7),
                Currency = reader.GetString(8), Stock = reader.GetInt32(9), Category = reader.GetString(10), Tags = reader.GetFieldValue<string[]>(11), Colours = reader.GetFieldValue<string[]>(12),
                Url = reader.IsDBNull(13) ? null : reader.GetString(13), ImageUrl = reader.IsDBNull(14) ? null : reader.GetString(14),
                SupplierId = reader.IsDBNull(15) ? null : reader.GetGuid(15), UpdatedAt = reader.GetFieldValue<DateTimeOffset>(16),
            };
            versions.Add(new ProductVersion(reader.GetInt32(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2), ProductEndpoints.Show(product)));
        }
        return versions;
    }

    /// <summary>The version whose texts come closest to those of the one that is asked for: that one itself, unless nothing is kept of it any more.</summary>
    /// <returns>And whether every text of it is still there.</returns>
    public async Task<(long Version, bool IsWhole)> AsOf(Guid workspaceId, long knowledgeVersion, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            SELECT a.version, a.version = $2
                AND NOT EXISTS (SELECT FROM knowledge_history WHERE workspace_id = $1 GROUP BY item_id HAVING min(version) > 1 AND min(since) > $2)
                AND NOT EXISTS (SELECT FROM knowledge_documents_at($1, $2) d
                    WHERE NOT EXISTS (SELECT FROM knowledge_document_versions v WHERE v.document_id = d.id AND v.version = d.active_version))
            FROM (SELECT greatest($2, (SELECT kept_since FROM knowledge_versions WHERE workspace_id = $1)) AS version) a
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(knowledgeVersion);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetBoolean(1));
    }
}
