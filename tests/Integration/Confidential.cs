using System.Collections.Concurrent;

namespace Assistify.Integration;

/// <summary>Values that may not be written anywhere, each with what it is.</summary>
internal sealed class Confidential
{
    private readonly ConcurrentDictionary<string, string> _values = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Remembers the value and gives it back, to be used where it is made.</summary>
    public string Add(string what, string value)
    {
        _values[value] = what;
        return value;
    }

    /// <summary>A signed token is as good as its signature: the first parts may look like any other's.</summary>
    public string AddToken(string what, string token)
    {
        Add(what, token.Split('.')[^1]);
        return token;
    }
}
