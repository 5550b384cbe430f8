using System.Runtime.InteropServices;
using System.Text;

namespace Assistify.AiService.Understanding.Learning;

/// <summary>What a model sees of a text: the hashes of its features and how much each weighs; the squares of the weights add up to one.</summary>
/// <param name="Words">For each word the places of its own features among <paramref name="Hashes"/>.</param>
internal readonly record struct SparseText(uint[] Hashes, float[] Values, int[][] Words);

/// <summary>
/// Words, pairs of words that stand together or with one between them, meanings known in several languages, and pieces of two to five letters
/// within words, which forgive misspellings and endings. Of numbers only the shape is seen. What is seen twice weighs more, but not twice
/// as much. Models of intents see the groups of words too.
/// </summary>
internal sealed class TextFeatures
{
    private const float WordWeight = 1.5f;
    private const float PieceWeight = 1f;
    private const float GroupWeight = 4.5f; // one of them says what a word with its twenty pieces does
    private const float GroupPairWeight = 3f;
    private const int LongestPiece = 5;
    private const int LongNumber = 4; // digits
    private const int MostWords = 60; // what somebody wants stands in the first lines

    private readonly Dictionary<uint, (float Weight, int Count, int Place)> _counts = [];
    private readonly List<int[]> _words = [];
    private readonly List<int> _word = [];

    private enum Kind : uint
    {
        Word = 1, Pair, Skip, Meaning, Piece, Given, Group, GroupPair,
    }

    public static SparseText Of(string text)
    {
        var words = Words.Of(text);
        return new TextFeatures().AddWords(words).AddGroups(words).Finish();
    }

    public TextFeatures AddWords(List<string> words)
    {
        var (last, beforeLast) = ("^", "^");
        var count = Math.Min(words.Count, MostWords);
        for (var i = 0; i < count; i++)
        {
            var word = WithoutDigits(words[i]);
            _word.Clear();
            Add(Hash(Kind.Word, word), WordWeight);
            Add(Hash(Kind.Pair, last, word), WordWeight);
            Add(Hash(Kind.Skip, beforeLast, word), WordWeight);
            if (Concepts.IsKnown(word)) AddMeaning(Concepts.Of(word));
            AddPieces(word);
            if (i == count - 1) Add(Hash(Kind.Pair, word, "$"), WordWeight);
            _words.Add([.. _word]);
            (last, beforeLast) = (word, last);
        }
        return this;
    }

    /// <summary>What the words mean, and which meanings follow each other, in whatever order: languages differ in it.</summary>
    public TextFeatures AddGroups(List<string> words)
    {
        string? last = null;
        foreach (var group in WordGroups.In(words[..Math.Min(words.Count, MostWords)]))
        {
            Add(Hash(Kind.Group, group), GroupWeight);
            if (last is not null && last != group)
                Add(string.CompareOrdinal(last, group) < 0 ? Hash(Kind.GroupPair, last, group) : Hash(Kind.GroupPair, group, last), GroupPairWeight);
            last = group;
        }
        return this;
    }

    /// <summary>Something that is known of the text besides its words.</summary>
    public TextFeatures AddGiven(string name, float weight)
    {
        if (weight != 0) Add(Hash(Kind.Given, name), weight);
        return this;
    }

    public SparseText Finish()
    {
        var hashes = new uint[_counts.Count];
        var values = new float[_counts.Count];
        var squares = 0f;
        foreach (var (hash, (weight, count, place)) in _counts)
        {
            hashes[place] = hash;
            values[place] = weight * (1 + MathF.Log(count));
            squares += values[place] * values[place];
        }
        var norm = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        for (var i = 0; i < values.Length; i++) values[i] *= norm;
        return new SparseText(hashes, values, [.. _words]);
    }

    // Which number somebody writes says nothing of what is wanted, only that there is one: an amount, or (longer) an order's, a telephone's.
    // A single digit is a word like others: "1 euro", "2 people".
    private static string WithoutDigits(string word)
    {
        if (word.Length == 1 || !word.Any(char.IsDigit)) return word;
        if (Words.IsNumber(word)) return word.Length < LongNumber ? "#" : "##";
        var shape = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            if (!char.IsDigit(word[i])) shape.Append(word[i]);
            else if (i == 0 || !char.IsDigit(word[i - 1])) shape.Append('#');
        }
        return shape.ToString();
    }

    private void AddMeaning(string concept)
    {
        Add(Hash(Kind.Meaning, concept), WordWeight);
        if (Concepts.Things.Contains(concept)) Add(Hash(Kind.Meaning, "(thing)"), WordWeight);
        else if (Concepts.Weekdays.Contains(concept)) Add(Hash(Kind.Meaning, "(weekday)"), WordWeight);
        else if (Concepts.Colours.Contains(concept)) Add(Hash(Kind.Meaning, "(colour)"), WordWeight);
        else if (Concepts.Countries.Contains(concept)) Add(Hash(Kind.Meaning, "(country)"), WordWeight);
    }

    private void AddPieces(string word)
    {
        for (var start = -1; start < word.Length; start++)
        {
            var hash = Start(Kind.Piece);
            for (var end = start; end <= word.Length && end < start + LongestPiece; end++)
            {
                hash = Append(hash, end < 0 || end == word.Length ? '_' : word[end]);
                if (end > start) Add(Mix(hash), PieceWeight);
            }
        }
    }

    private void Add(uint hash, float weight)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, hash, out var isKnown);
        entry = (weight, entry.Count + 1, isKnown ? entry.Place : _counts.Count - 1);
        _word.Add(entry.Place);
    }

    private static uint Hash(Kind kind, string text) => Mix(Append(Start(kind), text));

    private static uint Hash(Kind kind, string first, string second) => Mix(Append(Append(Append(Start(kind), first), ' '), second));

    private static uint Start(Kind kind) => 2166136261u ^ ((uint)kind * 0x9E3779B9u);

    private static uint Append(uint hash, string text)
    {
        foreach (var letter in text) hash = Append(hash, letter);
        return hash;
    }

    private static uint Append(uint hash, char letter) => (hash ^ letter) * 16777619u;

    private static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return hash ^ (hash >> 16);
    }
}
