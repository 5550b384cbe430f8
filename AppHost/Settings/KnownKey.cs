using System.Globalization;
using System.Text.RegularExpressions;

namespace Assistify.AppHost.Settings;

internal enum KeyKind { Text, Secret, Address, Number, Flag, Choice, Pattern }

/// <summary>One configuration key: who gets it and what it may hold. <c>*</c> in the path stands for a number.</summary>
internal sealed record KnownKey(string Path, string Services, KeyKind Kind = KeyKind.Text)
{
    /// <summary>For a choice the values separated by <c>|</c>, for a pattern the expression.</summary>
    public string Allowed { get; init; } = "";

    public int Least { get; init; }

    public int Most { get; init; } = int.MaxValue;

    public bool IsSecret => Kind == KeyKind.Secret;

    public bool Matches(string path)
    {
        var own = Path.Split(':');
        var other = path.Split(':');
        return own.Length == other.Length && own.Zip(other).All(static pair =>
            pair.First == "*" ? int.TryParse(pair.Second, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The path as the services expect it written, whatever the case it was given in.</summary>
    public string Written(string path) =>
        string.Join("__", Path.Split(':').Zip(path.Split(':')).Select(static pair => pair.First == "*" ? pair.Second : pair.First));

    public void Check(string path, string value)
    {
        var wrong = Kind switch
        {
            KeyKind.Address => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null : "is no http or https address",
            KeyKind.Number => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most
                ? null : $"is no number from {Least} to {Most}",
            KeyKind.Flag => bool.TryParse(value, out _) ? null : "is neither true nor false",
            KeyKind.Choice => Allowed.Split('|').Contains(value, StringComparer.OrdinalIgnoreCase)
                ? null : $"is not one of {Allowed.Replace("|", ", ", StringComparison.Ordinal)}",
            KeyKind.Pattern => Regex.IsMatch(value, Allowed, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) ? null : "is malformed",
            _ => null,
        };
        // The value itself stays out of the sentence: it may be a secret put under the wrong name.
        if (wrong is not null) throw new SettingException($"The value of {Written(path)} {wrong}.");
    }
}
