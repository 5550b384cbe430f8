using System.Collections.Concurrent;
using System.Text.Json;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Embeddings;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AiService.Knowledge;

/// <summary>
/// Postgres full-text search in the question's language and in English, with trigrams for misspelt words; what it finds of the knowledge is
/// ranked by <see cref="EntryRanker"/>, together with what means the same in other words where a provider embeds texts. Questions that come at the same time share a round trip, and what was found is remembered until the
/// workspace's knowledge changes.
/// </summary>
internal sealed class PostgresKnowledgeSearch : IKnowledgeSearch
{
    private const int MaxRemembered = 10_000;
    private const int MostProducts = 20;

    /// <param name="entries">The table, or what it was in an earlier version.</param>
    /// <param name="documents">Which version of each document is in use, or was.</param>
    private static string FindEntriesSql(string entries, string documents) => $"""
        SELECT q.n, h.id, h.slug, h.topics, h.language, h.title, h.keywords, h.body, h.url, h.rank, h.part_of, h.page
        FROM unnest($1, $2, $3, $4, $5, $6) AS q(n, workspace_id, language, words, misspelt, topic)
        CROSS JOIN LATERAL (SELECT to_tsquery('english', q.words) || to_tsquery(text_config(q.language), q.words) || to_tsquery('simple', q.words)) AS t(query)
        CROSS JOIN LATERAL (
            SELECT e.id, e.slug, e.topics, e.language, e.title, e.keywords, e.body, e.url, f.rank, NULL::uuid AS part_of, NULL::integer AS page
            FROM (
                SELECT k.slug, k.id, k.language,
                    ts_rank(k.search, t.query) + CASE WHEN q.misspelt <> '' THEN word_similarity(q.misspelt, k.words) / 4 ELSE 0 END AS rank
                FROM {entries} k
                WHERE k.workspace_id = q.workspace_id
                    AND (k.search @@ t.query OR k.topics @> ARRAY[q.topic]
                        OR q.misspelt <> '' AND EXISTS (SELECT FROM unnest(string_to_array(q.misspelt, ' ')) AS w WHERE w <% k.words))
                ORDER BY q.topic = ANY (k.topics) DESC, rank DESC, k.id
                LIMIT 12) AS f
            JOIN {entries} e ON e.id = coalesce(
                (SELECT s.id FROM {entries} s
                 WHERE f.language <> q.language AND s.workspace_id = q.workspace_id AND s.slug = f.slug AND s.language IN (q.language, 'en')
                 ORDER BY s.language = q.language DESC LIMIT 1),
                f.id)
            UNION ALL
            (SELECT c.id, '', ARRAY[]::text[], c.language, c.title, c.headings, c.body, v.url, f.rank, c.document_id, c.page
            FROM (
                SELECT m.id, max(m.rank) AS rank FROM (
                    SELECT k.id, ts_rank(k.search, t.query) AS rank FROM knowledge_chunks k WHERE k.workspace_id = q.workspace_id AND k.search @@ t.query
                    UNION ALL
                    SELECT k.id, word_similarity(w, k.words) / 4 FROM unnest(string_to_array(q.misspelt, ' ')) AS w
                    JOIN knowledge_chunks k ON k.workspace_id = q.workspace_id AND w <% k.words) AS m
                GROUP BY m.id) AS f
            JOIN knowledge_chunks c ON c.id = f.id
            JOIN {documents} d ON d.id = c.document_id AND d.active_version = c.version
            JOIN knowledge_document_versions v ON v.document_id = c.document_id AND v.version = c.version
            ORDER BY f.rank DESC, c.id
            LIMIT 12)) AS h
        ORDER BY q.n, h.rank DESC, h.id
        """;

    private static string FindProductsSql(string products) => $"""
        SELECT q.n, p.id, p.workspace_id, p.slug, p.title, p.description, p.translations, p.category, p.tags, p.colours, p.price, p.currency, p.stock, p.image_url, p.url, p.updated_at, p.keywords, p.supplier_id
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS q(n, workspace_id, language, words, misspelt, colours, min_price, max_price, only_available, dearest_first)
        CROSS JOIN LATERAL (SELECT to_tsquery('english', q.words) || to_tsquery(text_config(q.language), q.words) || to_tsquery('simple', q.words)) AS t(query)
        CROSS JOIN LATERAL (
            SELECT c.*, ts_rank(c.search, t.query) AS rank
            FROM {products} c
            WHERE c.workspace_id = q.workspace_id
                AND (q.words = '' AND q.misspelt = '' OR c.search @@ t.query
                    OR q.misspelt <> '' AND EXISTS (SELECT FROM unnest(string_to_array(q.misspelt, ' ')) AS w WHERE w <% c.keywords))
                AND (q.colours = '' OR c.colours && string_to_array(q.colours, ' '))
                AND (q.min_price IS NULL OR c.price >= q.min_price)
                AND (q.max_price IS NULL OR c.price <= q.max_price)
                AND (c.stock > 0 OR NOT q.only_available)
            ORDER BY rank DESC, c.stock > 0 DESC, CASE WHEN q.dearest_first THEN -c.price ELSE c.price END, c.id
            LIMIT {MostProducts}) AS p
        ORDER BY q.n, p.rank DESC, p.stock > 0 DESC, CASE WHEN q.dearest_first THEN -p.price ELSE p.price END, p.id
        """;

    // What is likest the question, in the question's language where it was written in it too, else in English.
    private static string EntriesByIdSql(string entries, string documents) => $"""
        SELECT e.id, e.slug, e.topics, e.language, e.title, e.keywords, e.body, e.url, NULL::uuid AS part_of, NULL::integer AS page, n.place
        FROM unnest($1) WITH ORDINALITY AS n(id, place)
        JOIN {entries} k ON k.id = n.id
        JOIN {entries} e ON e.id = coalesce(
            (SELECT s.id FROM {entries} s WHERE k.language <> $3 AND s.workspace_id = $2 AND s.slug = k.slug AND s.language IN ($3, 'en') ORDER BY s.language = $3 DESC LIMIT 1), k.id)
        WHERE k.workspace_id = $2
        UNION ALL
        SELECT c.id, '', ARRAY[]::text[], c.language, c.title, c.headings, c.body, v.url, c.document_id, c.page, n.place
        FROM unnest($1) WITH ORDINALITY AS n(id, place)
        JOIN knowledge_chunks c ON c.id = n.id
        JOIN {documents} d ON d.id = c.document_id AND d.active_version = c.version
        JOIN knowledge_document_versions v ON v.document_id = c.document_id AND v.version = c.version
        WHERE c.workspace_id = $2
        ORDER BY place
        """;

    private static string ProductsByIdSql(string products) => $"""
        SELECT n.place::integer, p.id, p.workspace_id, p.slug, p.title, p.description, p.translations, p.category, p.tags, p.colours, p.price, p.currency, p.stock, p.image_url, p.url, p.updated_at, p.keywords, p.supplier_id
        FROM unnest($1) WITH ORDINALITY AS n(id, place)
        JOIN {products} p ON p.id = n.id
        WHERE p.workspace_id = $2 ORDER BY n.place
        """;

    // An id says more than a name, and a name more than an address.
    private static string ProductOfPageSql(string products) => $"""
        SELECT 0, p.id, p.workspace_id, p.slug, p.title, p.description, p.translations, p.category, p.tags, p.colours, p.price, p.currency, p.stock, p.image_url, p.url, p.updated_at, p.keywords, p.supplier_id
        FROM {products} p
        WHERE p.workspace_id = $1 AND (p.id = $2 OR p.slug = ANY($3) OR p.url = ANY($4))
        ORDER BY p.id = $2 DESC NULLS LAST, array_position($3, p.slug), p.id
        LIMIT 1
        """;

    private readonly NpgsqlDataSource _database;
    private readonly Likeness? _likeness;
    private readonly long? _at;
    private readonly string _entriesById;
    private readonly string _productsById;
    private readonly string _productOfPage;
    private readonly string _findEntries;
    private readonly string _findProducts;
    private readonly EntryRanker _ranker = new();
    private readonly Batcher<EntryQuestion, IReadOnlyList<FoundEntry>> _entries;
    private readonly Batcher<ProductQuestion, IReadOnlyList<Product>> _products;
    private readonly ConcurrentDictionary<string, IReadOnlyList<FoundEntry>> _rememberedEntries = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<Product>> _rememberedProducts = new();

    /// <param name="likeness">Where a provider embeds texts.</param>
    /// <param name="at">An earlier version of the workspace's knowledge that is searched instead of today's.</param>
    public PostgresKnowledgeSearch(NpgsqlDataSource database, Likeness? likeness = null, long? at = null)
    {
        _database = database;
        _likeness = likeness;
        _at = at;
        _findEntries = at is null
            ? FindEntriesSql("knowledge_entries", "knowledge_documents")
            : FindEntriesSql("knowledge_entries_at(q.workspace_id, $7)", "knowledge_documents_at(q.workspace_id, $7)");
        _findProducts = FindProductsSql(at is null ? "products" : "products_at(q.workspace_id, $11)");
        _entriesById = at is null ? EntriesByIdSql("knowledge_entries", "knowledge_documents") : EntriesByIdSql("knowledge_entries_at($2, $4)", "knowledge_documents_at($2, $4)");
        _productsById = ProductsByIdSql(at is null ? "products" : "products_at($2, $3)");
        _productOfPage = ProductOfPageSql(at is null ? "products" : "products_at($1, $5)");
        _entries = new Batcher<EntryQuestion, IReadOnlyList<FoundEntry>>(FindAllEntries, maxItems: 64, maxConcurrent: 2);
        _products = new Batcher<ProductQuestion, IReadOnlyList<Product>>(FindAllProducts, maxItems: 64, maxConcurrent: 2);
    }

    public async Task<IReadOnlyList<FoundEntry>> FindEntries(EntryQuestion question, CancellationToken cancellationToken)
    {
        var key = $"{question.WorkspaceId}/{question.KnowledgeVersion}/{question.Language}/{question.Topic}/{string.Join(' ', question.Words)}/{AskedText(question.Text)}";
        if (_rememberedEntries.TryGetValue(key, out var remembered)) return remembered;
        var nearest = Nearest(question.WorkspaceId, question.Text, products: false, cancellationToken);
        var found = await _entries.Run(question, cancellationToken);
        var (ids, isWhole) = await nearest;
        var ranked = _ranker.Rank(question, ids.Count == 0 ? found : await WithNearest(found, ids, question, cancellationToken));
        return isWhole ? Remember(_rememberedEntries, key, ranked) : ranked;
    }

    public async Task<IReadOnlyList<Product>> FindProducts(ProductQuestion question, CancellationToken cancellationToken)
    {
        var key = FormattableString.Invariant(
            $"{question.WorkspaceId}/{question.KnowledgeVersion}/{question.Language}/{string.Join(' ', question.Words)}/{string.Join(' ', question.Colours)}/{question.MinPrice}/{question.MaxPrice}/{question.OnlyAvailable}/{question.DearestFirst}/{AskedText(question.Text)}");
        if (_rememberedProducts.TryGetValue(key, out var remembered)) return remembered;
        var nearest = Nearest(question.WorkspaceId, question.Text, products: true, cancellationToken);
        var found = await _products.Run(question, cancellationToken);
        var (ids, isWhole) = await nearest;
        if (ids.Count > 0) found = await WithNearest(found, ids, question, cancellationToken);
        return isWhole ? Remember(_rememberedProducts, key, found) : found;
    }

    public async Task<Product?> FindPage(PageQuestion question, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(_productOfPage);
        command.Parameters.AddWithValue(question.WorkspaceId);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = question.Id is { } id ? id : DBNull.Value });
        Add(command, NpgsqlDbType.Text, question.Names.ToArray());
        Add(command, NpgsqlDbType.Text, question.Urls.ToArray());
        AddVersion(command);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    private string? AskedText(string? text) => _likeness is null ? null : text;

    // Not whole: the provider is away for the moment, so the next one who asks tries again.
    private async Task<(IReadOnlyList<Guid> Ids, bool IsWhole)> Nearest(Guid workspaceId, string? text, bool products, CancellationToken cancellationToken)
    {
        if (_likeness is null || string.IsNullOrWhiteSpace(text)) return ([], true);
        var ids = await _likeness.Nearest(workspaceId, text, products, _at, cancellationToken);
        return (ids ?? [], ids is not null);
    }

    private async Task<IReadOnlyList<FoundEntry>> WithNearest(IReadOnlyList<FoundEntry> found, IReadOnlyList<Guid> ids, EntryQuestion question, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(_entriesById);
        command.Parameters.AddWithValue(ids.ToArray());
        command.Parameters.AddWithValue(question.WorkspaceId);
        command.Parameters.AddWithValue(question.Language);
        AddVersion(command);
        var all = found.ToList();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var place = (int)reader.GetInt64(10) - 1;
            var known = all.FindIndex(entry => entry.Id == reader.GetGuid(0));
            if (known < 0)
            {
                all.Add(new FoundEntry(
                    reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6),
                    reader.IsDBNull(7) ? null : reader.GetString(7), 0, reader.IsDBNull(8) ? null : reader.GetGuid(8), reader.IsDBNull(9) ? null : reader.GetInt32(9), place));
            }
            else if (all[known].Likeness is null) all[known] = all[known] with { Likeness = place };
        }
        return all;
    }

    // What has the words comes first; what only means the same keeps to the limits too.
    private async Task<IReadOnlyList<Product>> WithNearest(IReadOnlyList<Product> found, IReadOnlyList<Guid> ids, ProductQuestion question, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(_productsById);
        command.Parameters.AddWithValue(ids.ToArray());
        command.Parameters.AddWithValue(question.WorkspaceId);
        AddVersion(command);
        var all = found.ToList();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (all.Count < MostProducts && await reader.ReadAsync(cancellationToken))
        {
            var product = Read(reader);
            if (!all.Exists(known => known.Id == product.Id) && KeepsTo(question, product)) all.Add(product);
        }
        return all;
    }

    private static bool KeepsTo(ProductQuestion question, Product product) =>
        (question.Colours.Count == 0 || question.Colours.Intersect(product.Colours).Any()) && !(product.Price < question.MinPrice) && !(product.Price > question.MaxPrice)
        && (product.IsAvailable || !question.OnlyAvailable);

    // Forgetting everything at once is crude and costs a few milliseconds once in a long while.
    private static T Remember<T>(ConcurrentDictionary<string, T> memory, string key, T found)
    {
        if (memory.Count >= MaxRemembered) memory.Clear();
        memory[key] = found;
        return found;
    }

    private async Task<IReadOnlyList<IReadOnlyList<FoundEntry>>> FindAllEntries(IReadOnlyList<EntryQuestion> questions, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(_findEntries);
        Add(command, NpgsqlDbType.Integer, Enumerable.Range(0, questions.Count).ToArray());
        Add(command, NpgsqlDbType.Uuid, questions.Select(question => question.WorkspaceId).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => question.Language).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => AnyOf(question.Words)).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => Misspellable(question.Words)).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => question.Topic ?? "").ToArray());
        AddVersion(command);

        var found = NewLists<FoundEntry>(questions.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var entries = found[reader.GetInt32(0)];
            var id = reader.GetGuid(1);
            if (entries.Exists(entry => entry.Id == id)) continue; // found in two languages, shown in one
            entries.Add(new FoundEntry(
                id, reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7),
                reader.IsDBNull(8) ? null : reader.GetString(8), reader.GetDouble(9), reader.IsDBNull(10) ? null : reader.GetGuid(10),
                reader.IsDBNull(11) ? null : reader.GetInt32(11)));
        }
        return found;
    }

    private async Task<IReadOnlyList<IReadOnlyList<Product>>> FindAllProducts(IReadOnlyList<ProductQuestion> questions, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(_findProducts);
        Add(command, NpgsqlDbType.Integer, Enumerable.Range(0, questions.Count).ToArray());
        Add(command, NpgsqlDbType.Uuid, questions.Select(question => question.WorkspaceId).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => question.Language).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => AnyOf(question.Words)).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => Misspellable(question.Words)).ToArray());
        Add(command, NpgsqlDbType.Text, questions.Select(question => string.Join(' ', question.Colours)).ToArray());
        Add(command, NpgsqlDbType.Numeric, questions.Select(question => question.MinPrice).ToArray());
        Add(command, NpgsqlDbType.Numeric, questions.Select(question => question.MaxPrice).ToArray());
        Add(command, NpgsqlDbType.Boolean, questions.Select(question => question.OnlyAvailable).ToArray());
        Add(command, NpgsqlDbType.Boolean, questions.Select(question => question.DearestFirst).ToArray());
        AddVersion(command);

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
        SupplierId = reader.IsDBNull(17) ? null : reader.GetGuid(17),
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

    private void AddVersion(NpgsqlCommand command)
    {
        if (_at is { } version) command.Parameters.AddWithValue(version);
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object values) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
}
