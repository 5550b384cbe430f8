namespace Assistify.AiService.Understanding;

/// <summary>
/// The script where it decides (Greek, Hebrew, Chinese and others), else the profiles of the languages of that script.
/// Greek in Latin letters has a profile of its own, made from Greek text.
/// </summary>
internal sealed class LanguageDetector : ILanguageDetector
{
    private const string GreekInLatin = "el-Latn";

    private static readonly LanguageProfiles s_latin = new(WithGreeklish());
    private static readonly LanguageProfiles s_cyrillic = new(LanguageSamples.Cyrillic);

    public DetectedLanguage Detect(string text, string? expected)
    {
        text = Addresses.Without(text.Length > Words.LongestText ? text[..Words.LongestText] : text);
        var hint = expected is { Length: >= 2 } ? expected[..2].ToLowerInvariant() : null;
        return Scripts.Of(text) switch
        {
            Script.Latin => s_latin.Detect(text, hint, usual: "en") is { } found
                ? found with { Language = found.Language == GreekInLatin ? "el" : found.Language }
                : new DetectedLanguage(hint ?? "en", 0.1),
            Script.Cyrillic => s_cyrillic.Detect(text, hint, usual: "ru") ?? new DetectedLanguage("ru", 0.5),
            Script.Arabic => new DetectedLanguage(text.AsSpan().ContainsAny("پچژگک") ? "fa" : "ar", 0.95),
            Script.None => new DetectedLanguage(hint ?? "en", 0.1),
            var script => new DetectedLanguage(Scripts.Languages[script], 0.99),
        };
    }

    // The starter set adds what customers write to what the sample says.
    private static Dictionary<string, string> WithGreeklish()
    {
        var greek = IntentExamples.Read().Select(example => example.Text).Where(Greeklish.IsGreek).Append(LanguageSamples.Greek);
        var spellings = greek.SelectMany(text => Greeklish.Spellings(Words.Fold(text)));
        return new Dictionary<string, string>(LanguageSamples.Latin) { [GreekInLatin] = string.Join(' ', spellings) };
    }
}
