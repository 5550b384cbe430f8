using System.Runtime.InteropServices;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Learning;

namespace Assistify.AiService.Knowledge;

/// <param name="Id">Several texts may share one: other ways to say the same.</param>
internal readonly record struct IndexedText(string Id, string Text);

internal readonly record struct RankedText(string Id, double Score);

/// <summary>What is compared of a text; worth keeping where a text is ranked again and again.</summary>
internal sealed record PreparedText(string Id, SparseText Features, IReadOnlyList<string> Terms)
{
    // Nothing here looks at single words, and many texts are kept.
    public static PreparedText Of(IndexedText text) => new(text.Id, TextFeatures.Of(text.Text) with { Words = [] }, TextIndex.TermsOf(text.Text));
}

/// <summary>
/// Texts in memory, ranked for a question by three judges that fail differently: rare words in common (BM25 over stems, meanings and groups of words),
/// likeness of words, word pairs and pieces of words (which forgives misspellings and endings), and, where texts share ids,
/// a model trained to tell the ids apart.
/// </summary>
internal sealed class TextIndex
{
    private const double Saturation = 1.2; // how soon a repeated word stops counting
    private const double LengthShare = 0.5; // how much longer texts are held back
    private const double WordShare = 0.4, LikenessShare = 0.4, ModelShare = 0.5;
    private const int MostIdsOfModel = 1_000;

    private readonly IReadOnlyList<PreparedText> _texts;
    private readonly Dictionary<string, List<(int Text, int Count)>> _termPostings = [];
    private readonly Dictionary<uint, List<(int Text, float Value)>> _featurePostings = [];
    private readonly int[] _lengths;
    private readonly double _meanLength;
    private readonly TextModel? _model;

    public TextIndex(IReadOnlyList<IndexedText> texts)
        : this([.. texts.Select(PreparedText.Of)])
    {
    }

    public TextIndex(IReadOnlyList<PreparedText> texts)
    {
        _texts = texts;
        _lengths = new int[texts.Count];
        var shares = new Dictionary<uint, int>();
        for (var text = 0; text < texts.Count; text++)
        {
            _lengths[text] = texts[text].Terms.Count;
            foreach (var (term, count) in texts[text].Terms.CountBy(term => term)) Postings(_termPostings, term).Add((text, count));
            foreach (var hash in texts[text].Features.Hashes) shares[hash] = shares.GetValueOrDefault(hash) + 1;
        }
        _meanLength = Math.Max(1, _lengths.DefaultIfEmpty().Average());
        for (var text = 0; text < texts.Count; text++)
        {
            foreach (var (hash, value) in Weighted(texts[text].Features, shares.GetValueOrDefault)) Postings(_featurePostings, hash).Add((text, value));
        }
        _model = Train(texts);
    }

    /// <summary>Every id that has anything in common with the question, the best first.</summary>
    public IReadOnlyList<RankedText> Rank(string question)
    {
        var features = TextFeatures.Of(question);
        var words = ById(WordScores(question));
        var likeness = ById(LikenessScores(features));
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (id, score) in words) scores[id] = WordShare * score;
        foreach (var (id, score) in likeness) scores[id] = scores.GetValueOrDefault(id) + LikenessShare * score;
        if (_model is not null)
        {
            var told = _model.Predict(features);
            for (var i = 0; i < told.Length; i++)
            {
                if (scores.TryGetValue(_model.Labels[i], out var score)) scores[_model.Labels[i]] = score + ModelShare * told[i];
            }
        }
        return [.. scores.Select(entry => new RankedText(entry.Key, entry.Value)).OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
    }

    // As a share of what a text with all of the question's words would have: where the best has few of them, likeness decides.
    private double[] WordScores(string question)
    {
        var scores = new double[_texts.Count];
        var most = 0.0;
        foreach (var term in TermsOf(question).Distinct())
        {
            var postings = _termPostings.GetValueOrDefault(term) ?? [];
            var rarity = Math.Log(1 + (_texts.Count - postings.Count + 0.5) / (postings.Count + 0.5));
            most += rarity;
            foreach (var (text, count) in postings)
                scores[text] += rarity * count * (Saturation + 1) / (count + Saturation * (1 - LengthShare + LengthShare * _lengths[text] / _meanLength));
        }
        for (var text = 0; most > 0 && text < scores.Length; text++) scores[text] /= most;
        return scores;
    }

    private double[] LikenessScores(SparseText question)
    {
        var scores = new double[_texts.Count];
        foreach (var (hash, value) in Weighted(question, hash => _featurePostings.TryGetValue(hash, out var known) ? known.Count : 0))
        {
            if (!_featurePostings.TryGetValue(hash, out var postings)) continue;
            foreach (var (text, other) in postings) scores[text] += value * other;
        }
        return scores;
    }

    // The best text of an id counts most, but several that fit are more than one.
    private Dictionary<string, double> ById(double[] scores)
    {
        var squares = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var text = 0; text < scores.Length; text++)
        {
            if (scores[text] > 0) CollectionsMarshal.GetValueRefOrAddDefault(squares, _texts[text].Id, out _) += scores[text] * scores[text];
        }
        return squares.ToDictionary(entry => entry.Key, entry => Math.Sqrt(entry.Value), StringComparer.Ordinal);
    }

    // Rare features weigh more; the vector is again of length one.
    private (uint Hash, float Value)[] Weighted(SparseText text, Func<uint, int> share)
    {
        var weighted = new (uint Hash, float Value)[text.Hashes.Length];
        var squares = 0f;
        for (var i = 0; i < weighted.Length; i++)
        {
            var value = text.Values[i] * (float)Math.Log(1 + (_texts.Count + 1.0) / (share(text.Hashes[i]) + 1.0));
            weighted[i] = (text.Hashes[i], value);
            squares += value * value;
        }
        var norm = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        for (var i = 0; i < weighted.Length; i++) weighted[i].Value *= norm;
        return weighted;
    }

    // A model has something to learn only where ids are shared by several texts.
    private static TextModel? Train(IReadOnlyList<PreparedText> texts)
    {
        var ids = texts.Select(text => text.Id).Distinct().Count();
        if (ids is < 2 or > MostIdsOfModel || texts.Count < 2 * ids) return null;
        var examples = texts.Select(text => new LabelledText(text.Id, text.Features)).ToList();
        return TextModelTrainer.Train(examples, NetSettings.For(texts.Count, ids, seed: 1) with { Pooled = 0 });
    }

    // Words that say nothing are left out, unless nothing else was said.
    internal static List<string> TermsOf(string text)
    {
        var words = Words.Of(text);
        Predicate<string> counts = words.Exists(Tells) ? Tells : _ => true;
        return [.. words.FindAll(counts).Select(Concepts.Of), .. WordGroups.In(words, counts).Select(group => $"({group})")];

        static bool Tells(string word) => !StopWords.All.Contains(word);
    }

    private static List<T> Postings<TKey, T>(Dictionary<TKey, List<T>> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var list)) all[key] = list = [];
        return list;
    }
}
