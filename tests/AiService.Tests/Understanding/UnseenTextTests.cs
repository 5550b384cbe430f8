using Assistify.AiService.Understanding;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Understanding;

/// <summary>Texts that nothing was trained on, written for these tests.</summary>
public sealed class UnseenTextTests
{
    private static readonly string[] s_languages = ["en", "el", "tr", "de", "es", "ar"];

    // One line for each intent: its name, then what a customer might write in each of the languages.
    private static readonly List<(string Intent, string Language, string Text)> s_phrasings =
        [.. Lines("CommonPhrasings.txt").Select(line => line.Split('|')).SelectMany(parts => s_languages.Select((language, i) => (parts[0], language, parts[i + 1])))];

    [TestCaseSource(nameof(s_languages))]
    public void Common_phrasings_are_understood_in(string language)
    {
        var told = s_phrasings.Where(phrasing => phrasing.Language == language)
            .Select(phrasing => (phrasing.Intent, Told: Shop.Reader.Intent(Guid.Empty, phrasing.Text).Intent, phrasing.Text)).ToList();

        foreach (var miss in told.Where(phrasing => phrasing.Told != phrasing.Intent)) TestContext.Out.WriteLine(miss);
        Assert.That(told.Count(phrasing => phrasing.Told == phrasing.Intent), Is.GreaterThanOrEqualTo(told.Count * 0.87));
    }

    [Test]
    public void What_is_felt_in_short_public_posts_is_told()
    {
        var classifier = new SentimentClassifier();

        var posts = Lines("ShortPosts.txt").Select(line => line.Split('\t')).Select(parts => (Label: parts[0], Told: classifier.Classify(parts[1]).Sentiment, Text: parts[1])).ToList();

        foreach (var miss in posts.Where(post => post.Told != post.Label)) TestContext.Out.WriteLine(miss);
        foreach (var label in posts.GroupBy(post => post.Label)) TestContext.Out.WriteLine($"{label.Key}: {label.Count(post => post.Told == label.Key)} of {label.Count()}");
        Assert.That(posts.GroupBy(post => post.Label).Average(label => label.Count(post => post.Told == label.Key) / (double)label.Count()), Is.GreaterThan(0.6));
    }

    private static List<string> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(UnseenTextTests).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
