using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Embeddings;

/// <summary>What is embedded of a piece of knowledge.</summary>
/// <param name="Hash">Of the text.</param>
internal sealed record KnowledgeText(Guid Id, bool IsProduct, byte[] Hash, string Text);

/// <summary>Vectors by content, and how far each workspace is.</summary>
internal sealed class EmbeddingStore(NpgsqlDataSource database, EmbeddingSettings settings, TimeProvider time)
{
    /// <summary>Of a workspace; the entries first, then parts of documents, then products. More would want a database that searches vectors itself.</summary>
    public const int MostTexts = 5_000;

    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);

    // So that what is in use is not taken for old.
    private static readonly TimeSpan s_refreshed = TimeSpan.FromDays(1);

    private string Model => settings.Provider.Model;

    /// <summary>The version of the knowledge that is embedded; the first to ask has it begun.</summary>
    /// <returns>Null: not yet.</returns>
    public async Task<long?> Progress(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var find = Command("SELECT knowledge_version FROM embedding_progress WHERE workspace_id = $1 AND model = $2", workspaceId, Model);
        if (await find.ExecuteScalarAsync(cancellationToken) is long version) return version < 0 ? null : version;
        await using var begin = Command(
            "INSERT INTO embedding_progress (workspace_id, model, lease_until) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", workspaceId, Model, time.GetUtcNow());
        await begin.ExecuteNonQueryAsync(cancellationToken);
        return null;
    }

    /// <summary>A workspace whose knowledge has changed, for this replica alone until the lease ends.</summary>
    public async Task<(Guid Workspace, long KnowledgeVersion)?> Take(CancellationToken cancellationToken)
    {
        await using var command = Command("""
            UPDATE embedding_progress p SET lease_until = $2 FROM (
                SELECT w.workspace_id, coalesce(k.version, 0) AS version FROM embedding_progress w LEFT JOIN knowledge_versions k USING (workspace_id)
                WHERE w.model = $1 AND w.lease_until <= $3 AND (w.knowledge_version <> coalesce(k.version, 0) OR w.done_at < $4)
                LIMIT 1 FOR UPDATE OF w SKIP LOCKED) a
            WHERE p.workspace_id = a.workspace_id AND p.model = $1 RETURNING p.workspace_id, a.version
            """, Model, time.GetUtcNow() + s_lease, time.GetUtcNow(), time.GetUtcNow() - s_refreshed);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetInt64(1)) : null;
    }

    public Task Renew(Guid workspaceId, CancellationToken cancellationToken) => Until(workspaceId, time.GetUtcNow() + s_lease, cancellationToken);

    /// <summary>The rest has to wait: the provider is away, or the money is spent.</summary>
    public Task PutOff(Guid workspaceId, CancellationToken cancellationToken) => Until(workspaceId, time.GetUtcNow() + s_again, cancellationToken);

    public async Task Done(Guid workspaceId, long knowledgeVersion, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "UPDATE embedding_progress SET knowledge_version = $3, done_at = $4, lease_until = $4 WHERE workspace_id = $1 AND model = $2",
            workspaceId, Model, knowledgeVersion, time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The texts without a vector. The others are in use.</summary>
    public async Task<IReadOnlyList<KnowledgeText>> Missing(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using (var used = Command($"""
            UPDATE embeddings SET used_at = $3 WHERE workspace_id = $1 AND model = $2 AND used_at < $4
                AND hash IN (SELECT t.hash FROM ({Texts(null)}) t)
            """, workspaceId, Model, time.GetUtcNow(), time.GetUtcNow() - s_refreshed))
            await used.ExecuteNonQueryAsync(cancellationToken);

        await using var command = Command($"""
            SELECT DISTINCT ON (t.hash) t.id, t.is_product, t.hash, t.text FROM ({Texts(null)}) t
            WHERE NOT EXISTS (SELECT FROM embeddings e WHERE e.workspace_id = $1 AND e.model = $2 AND e.hash = t.hash)
            """, workspaceId, Model);
        var missing = new List<KnowledgeText>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            missing.Add(new KnowledgeText(reader.GetGuid(0), reader.GetBoolean(1), reader.GetFieldValue<byte[]>(2), reader.GetString(3)));
        return missing;
    }

    public async Task Keep(Guid workspaceId, IReadOnlyList<KnowledgeText> texts, IReadOnlyList<float[]> vectors, CancellationToken cancellationToken)
    {
        await using var command = Command("""
            INSERT INTO embeddings (workspace_id, model, hash, vector, used_at) SELECT $1, $2, v.*, $5 FROM unnest($3, $4) AS v(hash, vector) ON CONFLICT DO NOTHING
            """, workspaceId, Model, texts.Select(text => text.Hash).ToArray(), vectors.Select(vector => MemoryMarshal.AsBytes(vector.AsSpan()).ToArray()).ToArray(), time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The vectors of all that is embedded.</summary>
    /// <param name="at">Of an earlier version of the knowledge.</param>
    public async Task<VectorIndex> Load(Guid workspaceId, long? at, CancellationToken cancellationToken)
    {
        await using var command = Command($"""
            SELECT t.id, t.is_product, e.vector FROM ({Texts(at)}) t JOIN embeddings e ON e.workspace_id = $1 AND e.model = $2 AND e.hash = t.hash ORDER BY t.id
            """, workspaceId, Model);
        if (at is { } version) command.Parameters.Add(new NpgsqlParameter { Value = version });
        var index = new VectorIndex();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            index.Add(reader.GetGuid(0), reader.GetBoolean(1), MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(2)).ToArray());
        return index;
    }

    // The beginning of a long text says what it is about, and every model takes so much.
    private static string Texts(long? at)
    {
        var (entries, documents, products) = at is null
            ? ("knowledge_entries", "knowledge_documents", "products")
            : ("knowledge_entries_at($1, $3)", "knowledge_documents_at($1, $3)", "products_at($1, $3)");
        return $"""
            SELECT a.id, a.is_product, a.text, sha256(convert_to(a.text, 'UTF8')) AS hash FROM (
                SELECT 1 AS place, k.id, false AS is_product, left(concat_ws(E'\n', k.title, k.keywords, k.body), 6000) AS text FROM {entries} k WHERE k.workspace_id = $1
                UNION ALL
                SELECT 2, c.id, false, left(concat_ws(E'\n', c.title, c.headings, c.body), 6000) FROM knowledge_chunks c
                JOIN {documents} d ON d.id = c.document_id AND d.active_version = c.version WHERE c.workspace_id = $1
                UNION ALL
                SELECT 3, p.id, true, left(concat_ws(E'\n', p.title, p.keywords, p.description), 6000) FROM {products} p WHERE p.workspace_id = $1
            ) a ORDER BY a.place, a.id LIMIT {MostTexts}
            """;
    }

    private async Task Until(Guid workspaceId, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var command = Command("UPDATE embedding_progress SET lease_until = $3 WHERE workspace_id = $1 AND model = $2", workspaceId, Model, until);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is byte[][] ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea } : new NpgsqlParameter { Value = value });
        return command;
    }
}
