namespace Assistify.AiService.Understanding.Learning;

/// <summary>Random numbers that a seed repeats exactly, on every version and machine (xorshift64*).</summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(ulong seed)
    {
        _state = (seed + 1) * 0x9E3779B97F4A7C15;
        for (var i = 0; i < 8; i++) Next();
    }

    public int Below(int limit) => (int)(((ulong)Next() * (ulong)limit) >> 32);

    /// <summary>From 0 up to but not including 1.</summary>
    public float Share() => (Next() >> 8) * (1f / (1 << 24));

    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private uint Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (uint)((_state * 0x2545F4914F6CDD1D) >> 32);
    }
}
