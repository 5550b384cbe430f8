using Assistify.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Knowledge.Documents;

/// <param name="Format"><c>markdown</c>, <c>html</c>, <c>csv</c>, <c>pdf</c> or <c>text</c>.</param>
internal sealed record DocumentContent(
    string Title, string? Url, string Language, string Format, string? FileName, string Text, IReadOnlyList<Chunk> Chunks, Guid CreatedBy);

/// <param name="Version">That answers are made from.</param>
/// <param name="LatestVersion">Higher than <paramref name="Version"/> after a roll-back.</param>
/// <param name="Parts">Pieces that are found on their own.</param>
public sealed record DocumentView(
    Guid Id, string Title, string? Url, string Language, string Format, string? FileName, int Version, int LatestVersion, int Characters, long Parts,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public sealed record DocumentVersionView(int Version, string Title, string? FileName, int Characters, Guid CreatedBy, DateTimeOffset CreatedAt);

/// <param name="Start">Of the part in the document's text.</param>
/// <param name="Page">That it stands on, where the document has pages.</param>
public sealed record DocumentPartView(int Start, int Length, string Headings, int? Page);

/// <summary>Documents, their versions and their chunks. Every change raises the workspace's knowledge version in its transaction.</summary>
internal sealed class DocumentStore(NpgsqlDataSource database, TimeProvider time)
{
    private const int VersionsKept = 10;

    private const string Views = """
        SELECT d.id, v.title, v.url, v.language, v.format, v.file_name, d.active_version, d.latest_version, length(v.text),
            (SELECT count(*) FROM knowledge_chunks c WHERE c.document_id = d.id AND c.version = d.active_version), d.created_at, d.updated_at
        FROM knowledge_documents d JOIN knowledge_document_versions v ON v.document_id = d.id AND v.version = d.active_version
        """;

    public async Task<Guid> Add(Guid workspaceId, DocumentContent content, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(Command(
                "INSERT INTO knowledge_documents (id, workspace_id, active_version, latest_version, created_at, updated_at) VALUES ($1, $2, 1, 1, $3, $3)", id, workspaceId, now));
            AddContent(batch, workspaceId, id, 1, content, now);
            batch.BatchCommands.Add(Command("SELECT raise_knowledge_version($1)", workspaceId));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <returns>False where there is no such document.</returns>
    public async Task<bool> Replace(Guid workspaceId, Guid id, DocumentContent content, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var next = Statement(connection, """
            UPDATE knowledge_documents SET latest_version = latest_version + 1, active_version = latest_version + 1, updated_at = $3
            WHERE id = $1 AND workspace_id = $2 RETURNING latest_version
            """, id, workspaceId, now);
        if (await next.ExecuteScalarAsync(cancellationToken) is not int version) return false;
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            AddContent(batch, workspaceId, id, version, content, now);
            batch.BatchCommands.Add(Command("DELETE FROM knowledge_document_versions WHERE document_id = $1 AND version <= $2", id, version - VersionsKept));
            batch.BatchCommands.Add(Command("SELECT raise_knowledge_version($1)", workspaceId));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Answers are made from this version again; the later ones stay.</summary>
    /// <returns>False where there is no such document or version.</returns>
    public Task<bool> RollBack(Guid workspaceId, Guid id, int version, CancellationToken cancellationToken) => Change("""
        WITH changed AS (
            UPDATE knowledge_documents d SET active_version = $3, updated_at = $4
            WHERE id = $1 AND workspace_id = $2 AND EXISTS (SELECT FROM knowledge_document_versions v WHERE v.document_id = d.id AND v.version = $3)
            RETURNING workspace_id)
        SELECT raise_knowledge_version(workspace_id) FROM changed
        """, cancellationToken, id, workspaceId, version, time.GetUtcNow());

    /// <returns>False where there is no such document.</returns>
    public Task<bool> Delete(Guid workspaceId, Guid id, CancellationToken cancellationToken) => Change("""
        WITH changed AS (DELETE FROM knowledge_documents WHERE id = $1 AND workspace_id = $2 RETURNING workspace_id)
        SELECT raise_knowledge_version(workspace_id) FROM changed
        """, cancellationToken, id, workspaceId);

    public async Task<IReadOnlyList<DocumentView>> List(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = Statement(connection, Views + " WHERE d.workspace_id = $1 ORDER BY d.created_at, d.id", workspaceId);
        return await Read(command, View, cancellationToken);
    }

    public async Task<DocumentView?> Find(Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = Statement(connection, Views + " WHERE d.id = $1 AND d.workspace_id = $2", id, workspaceId);
        return (await Read(command, View, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The text that answers are made from, its parts, and every version that is kept, the latest first. For a document that was found.</summary>
    public async Task<(string Text, IReadOnlyList<DocumentPartView> Parts, IReadOnlyList<DocumentVersionView> Versions)> Open(
        Guid id, int version, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var text = Statement(connection, "SELECT text FROM knowledge_document_versions WHERE document_id = $1 AND version = $2", id, version);
        await using var parts = Statement(
            connection, "SELECT start, length(body), headings, page FROM knowledge_chunks WHERE document_id = $1 AND version = $2 ORDER BY position", id, version);
        await using var versions = Statement(
            connection, "SELECT version, title, file_name, length(text), created_by, created_at FROM knowledge_document_versions WHERE document_id = $1 ORDER BY version DESC", id);
        return (
            (string)(await text.ExecuteScalarAsync(cancellationToken))!,
            await Read(parts, row => new DocumentPartView(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt32(3)), cancellationToken),
            await Read(versions, row => new DocumentVersionView(
                row.GetInt32(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt32(3), row.GetGuid(4), row.GetFieldValue<DateTimeOffset>(5)), cancellationToken));
    }

    private static void AddContent(NpgsqlBatch batch, Guid workspaceId, Guid id, int version, DocumentContent content, DateTimeOffset now)
    {
        batch.BatchCommands.Add(Command(
            """
            INSERT INTO knowledge_document_versions (document_id, version, title, url, language, format, file_name, text, created_by, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """, id, version, content.Title, Text(content.Url), content.Language, content.Format, Text(content.FileName), content.Text, content.CreatedBy, now));
        var positions = Enumerable.Range(0, content.Chunks.Count).ToArray();
        batch.BatchCommands.Add(Command(
            """
            INSERT INTO knowledge_chunks (id, position, start, headings, body, page, workspace_id, document_id, version, language, title)
            SELECT c.*, $7, $8, $9, $10, $11 FROM unnest($1, $2, $3, $4, $5, $6) AS c(id, position, start, headings, body, page)
            """,
            Array.ConvertAll(positions, position => Identifiers.Derive($"chunk/{id}/{version}/{position}")), positions,
            content.Chunks.Select(chunk => chunk.Start).ToArray(),
            content.Chunks.Select(chunk => string.Join(" › ", chunk.Headings)).ToArray(),
            content.Chunks.Select(chunk => content.Text.Substring(chunk.Start, chunk.Length)).ToArray(),
            new NpgsqlParameter { Value = content.Chunks.Select(chunk => chunk.Page).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
            workspaceId, id, version, content.Language, content.Title));
    }

    private async Task<bool> Change(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = Statement(connection, sql, values);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task<List<T>> Read<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    private static DocumentView View(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
        row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetInt64(9), row.GetFieldValue<DateTimeOffset>(10), row.GetFieldValue<DateTimeOffset>(11));

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    private static NpgsqlCommand Statement(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
