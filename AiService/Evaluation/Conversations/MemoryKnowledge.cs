using Assistify.AiService.Catalogue;
using Assistify.AiService.Demo;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Understanding;
using Assistify.Contracts;

namespace Assistify.AiService.Evaluation.Conversations;

/// <summary>A suite's knowledge and catalogue, searched without a database: the same judges rank what is found, only the first choice is made here.</summary>
internal sealed class MemoryKnowledge : IKnowledgeSearch
{
    private const int MostEntries = 12;
    private const int MostProducts = 20;

    private readonly List<KnowledgeEntry> _entries;
    private readonly List<(Product Product, HashSet<string> Names, HashSet<string> More)> _products;
    private readonly TextIndex _index;
    private readonly EntryRanker _ranker = new();

    private MemoryKnowledge(IEnumerable<KnowledgeEntry> entries, IEnumerable<Product> products)
    {
        _entries = [.. entries];
        _index = new TextIndex([.. _entries.Select(entry => new IndexedText(entry.Id.ToString(), $"{entry.Title} {entry.Keywords} {entry.Body}"))]);
        _products = [.. products.Select(product => (product, WordsOf($"{product.Title} {product.Keywords}"), WordsOf(product.Description)))];
    }

    public static MemoryKnowledge Of(Suite suite, Guid workspaceId)
    {
        var demo = suite.Knowledge is Suite.Demo;
        var entries = Entries(suite.Entries ?? [], workspaceId);
        var products = (suite.Products ?? []).Select((product, n) => Product(product, n, workspaceId));
        return new MemoryKnowledge(
            demo ? DemoKnowledge.Entries(workspaceId, DateTimeOffset.UnixEpoch).Concat(entries) : entries,
            demo ? DemoProducts.Products(workspaceId, DateTimeOffset.UnixEpoch).Concat(products) : products);
    }

    public static MemoryKnowledge Of(IEnumerable<SuiteEntry> entries, IEnumerable<Product> products, Guid workspaceId) => new(Entries(entries, workspaceId), products);

    public Task<IReadOnlyList<FoundEntry>> FindEntries(EntryQuestion question, CancellationToken cancellationToken)
    {
        var scores = _index.Rank(string.Join(' ', question.Words)).ToDictionary(ranked => ranked.Id, ranked => ranked.Score, StringComparer.Ordinal);
        var found = _entries
            .Where(entry => scores.ContainsKey(entry.Id.ToString()) || question.Topic is { } topic && entry.Topics.Contains(topic))
            .OrderByDescending(entry => question.Topic is { } topic && entry.Topics.Contains(topic)).ThenByDescending(Score).ThenBy(entry => entry.Id)
            .DistinctBy(entry => entry.Slug)
            .Take(MostEntries)
            .Select(entry => Show(_entries.Find(same => same.Slug == entry.Slug && same.Language == question.Language) ?? entry, Score(entry)));
        return Task.FromResult(_ranker.Rank(question, [.. found]));

        double Score(KnowledgeEntry entry) => scores.GetValueOrDefault(entry.Id.ToString());
    }

    public Task<IReadOnlyList<Product>> FindProducts(ProductQuestion question, CancellationToken cancellationToken)
    {
        var words = question.Words.Select(Meanings).ToList();
        IReadOnlyList<Product> found =
        [
            .. _products
                .Where(one => question.Colours.Count == 0 || one.Product.Colours.Intersect(question.Colours).Any())
                .Where(one => !(one.Product.Price < question.MinPrice) && !(one.Product.Price > question.MaxPrice) && (one.Product.IsAvailable || !question.OnlyAvailable))
                .Select(one => (one.Product, Rank: words.Sum(word => Has(one.Names, word) ? 1 : Has(one.More, word) ? 0.1 : 0)))
                .Where(one => words.Count == 0 || one.Rank > 0)
                .OrderByDescending(one => one.Rank).ThenByDescending(one => one.Product.IsAvailable).ThenBy(one => question.DearestFirst ? -one.Product.Price : one.Product.Price).ThenBy(one => one.Product.Id)
                .Take(MostProducts).Select(one => one.Product),
        ];
        return Task.FromResult(found);
    }

    public Task<Product?> FindPage(PageQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult(_products.Select(one => one.Product).FirstOrDefault(product =>
            product.Id == question.Id || question.Names.Contains(product.Slug) || product.Url is { } url && question.Urls.Contains(url)));

    private static IEnumerable<KnowledgeEntry> Entries(IEnumerable<SuiteEntry> given, Guid workspaceId) => given.Select((entry, n) => new KnowledgeEntry
    {
        Id = entry.Id ?? Identifiers.Derive($"suite/entry/{n}/{entry.Language}/{entry.Title}"), WorkspaceId = workspaceId, Slug = entry.Slug ?? $"suite-{n}", Language = entry.Language,
        Topics = [.. entry.Topics ?? []], Title = entry.Title, Keywords = entry.Keywords, Body = entry.Text, Url = entry.Url, UpdatedAt = DateTimeOffset.UnixEpoch,
    });

    private static FoundEntry Show(KnowledgeEntry entry, double rank) =>
        new(entry.Id, entry.Slug, entry.Topics, entry.Language, entry.Title, entry.Keywords, entry.Body, entry.Url, rank);

    private static Product Product(SuiteProduct given, int n, Guid workspaceId)
    {
        var product = new Product
        {
            Id = given.Id ?? Identifiers.Derive($"suite/product/{n}/{given.Title}"), WorkspaceId = workspaceId, Slug = $"suite-{n}", Title = given.Title, Description = given.Description,
            Category = given.Category, Colours = [.. given.Colours ?? []], Tags = [.. given.Tags ?? []], Price = given.Price, Currency = given.Currency, Stock = given.Stock,
            Url = given.Url, SupplierId = given.SupplierId, UpdatedAt = DateTimeOffset.UnixEpoch,
        };
        product.Keywords = product.JoinKeywords();
        return product;
    }

    private static HashSet<string> WordsOf(string text) => [.. Words.Of(text).SelectMany(Meanings)];

    private static IEnumerable<string> Meanings(string word) => [word, Words.Stem(word), Concepts.Of(word)];

    // Long words may be misspelt.
    private static bool Has(HashSet<string> words, IEnumerable<string> meanings) =>
        meanings.Any(words.Contains) || meanings.First() is { Length: >= 5 } word && words.Any(other => Words.Alike(other, word));
}
