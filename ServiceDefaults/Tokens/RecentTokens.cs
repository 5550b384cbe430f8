using System.Collections.Concurrent;

namespace Assistify.ServiceDefaults.Tokens;

/// <summary>
/// A bounded table of strings seen lately. Two generations: when the young one is full it becomes the old one and the old one
/// is dropped, so that no request pays for tidying up and a flood of new entries costs at most the older half.
/// </summary>
public sealed class RecentTokens<TValue>(int capacity)
    where TValue : class
{
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    public bool TryGet(ReadOnlySpan<char> key, out TValue value) =>
        _young.Lookup.TryGetValue(key, out value!) || _old.Lookup.TryGetValue(key, out value!);

    public void Set(string key, TValue value)
    {
        var young = _young;
        young.Entries[key] = value;
        Count(young);
    }

    /// <summary>The value that is there, or this one: of two callers at once both get the same.</summary>
    public TValue GetOrSet(string key, TValue value)
    {
        var young = _young;
        var kept = young.Entries.GetOrAdd(key, value);
        if (ReferenceEquals(kept, value)) Count(young);
        return kept;
    }

    public void Remove(string key)
    {
        _young.Entries.TryRemove(key, out _);
        _old.Entries.TryRemove(key, out _);
    }

    private void Count(Generation young)
    {
        // Counted by hand: ConcurrentDictionary.Count takes all its locks.
        if (Interlocked.Increment(ref young.Size) < capacity / 2) return;
        lock (this)
        {
            if (_young != young) return;
            _old = young;
            _young = new Generation();
        }
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<string, TValue> Entries = new(StringComparer.Ordinal);
        public readonly ConcurrentDictionary<string, TValue>.AlternateLookup<ReadOnlySpan<char>> Lookup;
        public int Size;

        public Generation() => Lookup = Entries.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
