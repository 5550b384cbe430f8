using System.Collections.Concurrent;

namespace Assistify.AiService.Embeddings;

/// <summary>
/// Finds knowledge that means the same in other words, where a provider embeds texts. A question waits for that no longer than a second; where the provider
/// is away, or the workspace's knowledge is not embedded yet, search works as without.
/// </summary>
internal sealed class Likeness(EmbeddingClient client, EmbeddingStore store, AiMetrics metrics)
{
    private const int Most = 12;

    // In memory only, since they are made of what customers write.
    private const int MostQuestions = 2_000;

    // Of all workspaces: with 1,536 numbers each, 120 MB.
    private const int MostVectors = 20_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, float[]> _questions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (long Version, VectorIndex Index)> _indexes = new();

    /// <param name="at">An earlier version of the knowledge.</param>
    /// <returns>Ids, the likest first; null where it cannot be told now.</returns>
    public async Task<IReadOnlyList<Guid>?> Nearest(Guid workspaceId, string text, bool products, long? at, CancellationToken cancellationToken)
    {
        if (await store.Progress(workspaceId, cancellationToken) is not { } version) return null;
        if (await Vector(workspaceId, text, cancellationToken) is not { } question) return null;
        var index = at is null ? await Index(workspaceId, version, cancellationToken) : await store.Load(workspaceId, at, cancellationToken);
        return index.Nearest(question, products, Most);
    }

    private async Task<float[]?> Vector(Guid workspaceId, string text, CancellationToken cancellationToken)
    {
        var isKnown = _questions.TryGetValue(text, out var known);
        metrics.EmbeddedQuestion(isKnown);
        if (isKnown) return known;
        if (await client.Embed(workspaceId, [text], s_patience, cancellationToken) is not [var vector]) return null;
        // Forgetting everything at once is crude, and costs a call for each question that comes again.
        if (_questions.Count >= MostQuestions) _questions.Clear();
        return _questions[text] = vector;
    }

    private async Task<VectorIndex> Index(Guid workspaceId, long version, CancellationToken cancellationToken)
    {
        if (_indexes.TryGetValue(workspaceId, out var kept) && kept.Version == version) return kept.Index;
        var index = await store.Load(workspaceId, null, cancellationToken);
        if (index.Count + _indexes.Values.Sum(other => other.Index.Count) > MostVectors) _indexes.Clear();
        _indexes[workspaceId] = (version, index);
        return index;
    }
}
