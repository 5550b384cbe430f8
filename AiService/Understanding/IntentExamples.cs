using Assistify.AiService.Understanding.Learning;

namespace Assistify.AiService.Understanding;

/// <summary>The starter set (<c>IntentExamples.txt</c>): what customers of shops, marketplaces, events and studios write, by intent.</summary>
internal static class IntentExamples
{
    // Guessed spellings teach less than what people wrote.
    private const float GreeklishWeight = 0.5f;

    public static List<(string Intent, string Text)> Read() => ExampleFile.Read("IntentExamples.txt");

    /// <summary>Greek is learned in Latin letters too, as many people type it.</summary>
    public static List<LabelledText> Prepare(IReadOnlyList<(string Intent, string Text)> examples)
    {
        var prepared = new List<LabelledText>(examples.Count * 2);
        foreach (var (intent, text) in examples)
        {
            prepared.Add(new LabelledText(intent, TextFeatures.Of(text)));
            if (!Greeklish.IsGreek(text)) continue;
            foreach (var spelling in Greeklish.Spellings(Words.Fold(text))) prepared.Add(new LabelledText(intent, TextFeatures.Of(spelling), GreeklishWeight));
        }
        return prepared;
    }
}
