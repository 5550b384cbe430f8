using Assistify.AiService.Understanding;

namespace Assistify.AiService.Evaluation;

internal sealed record OneLanguage(string Language, int Texts, double Recall, double Precision, double F1);

internal sealed record LanguageFigures(double Accuracy, double MacroF1, IReadOnlyList<OneLanguage> Languages);

/// <summary>Tells the language of every text on its own, without knowing what was spoken before. Labels are ISO 639-1; Greek in Latin letters is <c>el</c>.</summary>
internal static class EvaluateLanguage
{
    public static object Run(EvaluationOptions options)
    {
        options.Only("test");
        var detector = new LanguageDetector();
        var answers = LabelledFile.Read(options.Required("test")).ConvertAll(line => (Expected: line.Label.ToLowerInvariant(), Told: detector.Detect(line.Text, null).Language));
        var languages = answers.GroupBy(answer => answer.Expected).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var right = (double)group.Count(answer => answer.Told == group.Key);
            var told = answers.Count(answer => answer.Told == group.Key);
            return new OneLanguage(
                group.Key, group.Count(), Measures.Rounded(right / group.Count()), told == 0 ? 0 : Measures.Rounded(right / told),
                Measures.Rounded(2 * right / (group.Count() + told)));
        });
        return new LanguageFigures(Measures.Accuracy(answers), Measures.MacroF1(answers), [.. languages]);
    }
}
