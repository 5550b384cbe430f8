using System.Collections.Concurrent;
using System.Text.Json;
using Assistify.AiService.Catalogue;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Knowledge;

/// <summary>
/// Postgres full-text search in the question's language and in English, with trigrams for misspelt words; what it finds of the knowledge is
/// ranked by <see cref="EntryRanker"/>. Questions that come at the same time share a round trip, and what was found is remembered until the
/// workspace's knowledge changes.
/// </summary>
internal sealed class PostgresKnowledgeSearch : IKnowledgeSearch
{
    private const int MaxRemembered = 10_000;

    private const string FindEntriesSql = """
        SELECT q.n, h.id, h.slug, h.topics, h.language, h.title, h.keywords, h.body, h.url, h.rank, h.part_of
        FROM unnest($1, $2, $3, $4, $5, $6) AS q(n, workspace_id, language, words, misspelt, topic)
        CROSS JOIN LATERAL (SELECT to_tsquery('english', q.words) || to_tsquery(text_config(q.language), q.words) || to_tsquery('simple', q.words)) AS t(query)
        CROSS JOIN LATERAL (
            SELECT e.id, e.slug, e.topics, e.language, e.title, e.keywords, e.body, e.url, f.rank, NULL::uuid AS part_of
            FROM (
                SELECT k.slug, k.id, k.language,
                    ts_rank(k.search, t.query) + CASE WHEN q.misspelt <> '' THEN word_similarity(q.misspelt, k.words) / 4 ELSE 0 END AS rank
                FROM knowledge_entries k
                WHERE k.workspace_id = q.workspace_id
                    AND (k.search @@ t.query OR k.topics @> ARRAY[q.topic]
                        OR q.misspelt <> '' AND EXISTS (SELECT FROM unnest(string_to_array(q.misspelt, ' ')) AS w WHERE w <% k.words))
                ORDER BY q.topic = ANY (k.topics) DESC, rank DESC, k.id
                LIMIT 12) AS f
            JOIN knowledge_entries e ON e.id = coalesce(
                (SELECT s.id FROM knowledge_entries s
                 WHERE f.language <> q.language AND s.workspace_id = q.workspace_id AND s.slug = f.slug AND s.language = q.language),
                f.id)
            UNION ALL
            (SELECT c.id, '', '{}'::text[], c.language, c.title, c.headings, c.body, v.url, f.rank, c.document_id
            FROM (
                SELECT m.id, max(m.rank) AS rank FROM (
                    SELECT k.id, ts_rank(k.search, t.query) AS rank FROM knowledge_chunks k WHERE k.workspace_id = q.workspace_id AND k.search @@ t.query
                    UNION ALL
                    SELECT k.id, word_similarity(w, k.words) / 4 FROM unnest(string_to_array(q.misspelt, ' ')) AS w
                    JOIN knowledge_chunks k ON k.workspace_id = q.workspace_id AND w <% k.words) AS m
                GROUP BY m.id) AS f
            JOIN knowledge_chunks c ON c.id = f.id
            JOIN knowledge_documents d ON d.id = c.document_id AND d.active_version = c.version
            JOIN knowledge_document_versions v ON v.document_id = c.document_id AND v.version = c.version
            ORDER BY f.rank DESC, c.id
            LIMIT 12)) AS h
        ORDER BY q.n, h.rank DESC, h.id
        """;

    private const string FindProductsSql = """
        SELECT q.n, p.id, p.workspace_id, p.slug, p.title, p.description, p.translations, p.category, p.tags, p.colours, p.price, p.currency, p.stock, p.image_url, p.url, p.updated_at, p.keywords
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS q(n, workspace_id, language, words, misspelt, colours, min_price, max_price, only_available)
        CROSS JOIN LATERAL (SELECT to_tsquery('english', q.words) || to_tsquery(text_config(q.language), q.words) || to_tsquery('simple', q.words)) AS t(query)
        CROSS JOIN LATERAL (
            SELECT c.*, ts_rank(c.search, t.query) AS rank
            FROM products c
            WHERE c.workspace_id = q.workspace_id
                AND (q.words = '' AND q.misspelt = '' OR c.search @@ t.query
                    OR q.misspelt <> '' AND EXISTS (SELECT FROM unnest(string_to_array(q.misspelt, ' ')) AS w WHERE w <% c.keywords))
                AND (q.colours = '' OR c.colours && string_to_array(q.colours, ' '))
                AND (q.min_price IS NULL OR c.price >= q.min_price)
                AND (q.max_price IS NULL OR c.price <= q.max_price)
                AND (c.stock > 0 OR NOT q.only_available)
            ORDER BY rank DESC, c.stock > 0 DESC, c.price, c.id
            LIMIT 20) AS p
        ORDER BY q.n, p.rank DESC, p.stock > 0 DESC, p.price, p.id
        """;

    private readonly NpgsqlDataSource _database;
    private readonly EntryRanker _ranker = new();
    private readonly Batcher<EntryQuestion, IReadOnlyList<FoundEntry>> _entries;
    private readonly Batcher<ProductQuestion, IReadOnlyList<Product>> _products;
    private readonly ConcurrentDictionary<string, IReadOnlyList<FoundEntry>> _rememberedEntries = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<Product>> _rememberedProducts = new();

    public PostgresKnowledgeSearch(NpgsqlDataSource database)
    {
        _database = database;
        _entries = new Batcher<EntryQuestion, IReadOnlyList<FoundEntry>>(FindAllEntries, maxItems: 64, maxConcurrent: 2);
        _products = new Batcher<ProductQuestion, IReadOnlyList<Product>>(FindAllProducts, maxItems: 64, maxConcurrent: 2);
    }

    public async Task<IReadOnlyList<FoundEntry>> FindEntries(EntryQuestion question, CancellationToken cancellationToken)
    {
        var key = $"{question.WorkspaceId}/{question.KnowledgeVersion}/{question.Language}/{question.Topic}/{string.Join(' ', question.Words)}";
        if (_rememberedEntries.TryGetValue(key, out var remembered)) return remembered;
        return Remember(_rememberedEntries, key, await _entries.Run(question, cancellationToken));
    }

    public async Task<IReadOnlyList<Product>> FindProducts(ProductQuestion question, CancellationToken cancellationToken)
    {
        var key = FormattableString.Invariant(
            $"{question.WorkspaceId}/{question.KnowledgeVersion}/{question.Language}/{string.Join(' ', question.Words)}/{string.Join(' ', question.Colours)}/{question.MinPrice}/{question.MaxPrice}/{question.OnlyAvailable}");
        if (_rememberedProducts.TryGetValue(key, out var remembered)) return remembered;
        return Remember(_rememberedProducts, key, await _products.Run(question, cancellationToken));
    }

    // Forgetting everything at once is crude and costs a few milliseconds once in a long while.
    private static T Remember<T>(ConcurrentDictionary<string, T> memory, string key, T found)
    {
        if (memory.Count >= MaxRemembered) memory.Clear();
        memory[key] = found;
        return found;
    }

    private async Task<IReadOnlyList<IReadOnlyList<FoundEntry>>> FindAllEntries(IReadOnlyList<EntryQuestion> questions, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(FindEntriesSql);
        Add(command, NpgsqlDbType.Integer, Enumerable.Range(0, questions.Count).ToArray());
        Add(command, NpgsqlDbType.Uuid, questions.Select(question => question.WorkspaceId).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => question.Language).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => AnyOf(question.Words)).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => Misspellable(question.Words)).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => question.Topic ?? "").ToArray());

        var found = NewLists<FoundEntry>(questions.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var entries = found[reader.GetInt32(0)];
            var id = reader.GetGuid(1);
            if (entries.Exists(entry => entry.Id == id)) continue; // found in two languages, shown in one
            entries.Add(new FoundEntry(
                id, reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7),
                reader.IsDBNull(8) ? null : reader.GetString(8), reader.GetDouble(9), reader.IsDBNull(10) ? null : reader.GetGuid(10)));
        }
        return [.. questions.Select((question, i) => _ranker.Rank(question, found[i]))];
    }

    private async Task<IReadOnlyList<IReadOnlyList<Product>>> FindAllProducts(IReadOnlyList<ProductQuestion> questions, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(FindProductsSql);
        Add(command, NpgsqlDbType.Integer, Enumerable.Range(0, questions.Count).ToArray());
        Add(command, NpgsqlDbType.Uuid, questions.Select(question => question.WorkspaceId).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => question.Language).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => AnyOf(question.Words)).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => Misspellable(question.Words)).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => string.Join(' ', question.Colours)).ToArray());
        Add(command, NpgsqlDbType.Numeric, questions.Select(question => question.MinPrice).ToArray());
        Add(command, NpgsqlDbType.Numeric, questions.Select(question => question.MaxPrice).ToArray());
        Add(command, NpgsqlDbType.Boolean, questions.Select(question => question.OnlyAvailable).ToArray());

        var found = NewLists<Product>(questions.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found[reader.GetInt32(0)].Add(Read(reader));
        return found;
    }

    private static Product Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(1),
        WorkspaceId = reader.GetGuid(2),
        Slug = reader.GetString(3),
        Title = reader.GetString(4),
        Description = reader.GetString(5),
        Translations = JsonSerializer.Deserialize<Dictionary<string, ProductText>>(reader.GetString(6), JsonSerializerOptions.Web) ?? [],
        Category = reader.GetString(7),
        Tags = reader.GetFieldValue<string[]>(8),
        Colours = reader.GetFieldValue<string[]>(9),
        Price = reader.GetDecimal(10),
        Currency = reader.GetString(11),
        Stock = reader.GetInt32(12),
        ImageUrl = reader.IsDBNull(13) ? null : reader.GetString(13),
        Url = reader.IsDBNull(14) ? null : reader.GetString(14),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(15),
        Keywords = reader.GetString(16),
    };

    // Words are letters and digits, so nothing in them can be an operator of the query language.
    private static string AnyOf(IReadOnlyList<string> words) => string.Join(" | ", words);

    private static string Misspellable(IReadOnlyList<string> words) => string.Join(' ', words.Where(word => word.Length >= 5 && !char.IsDigit(word[0])));

    private static List<T>[] NewLists<T>(int count)
    {
        var lists = new List<T>[count];
        for (var i = 0; i < count; i++) lists[i] = [];
        return lists;
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object values) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
}
