using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Replies.Offline;

namespace Assistify.AiService.Evaluation.Conversations;

/// <summary>Compares an answer with what was expected of it.</summary>
internal static class Expectations
{
    public static IEnumerable<string> Unmet(Expectation expected, Answer answer)
    {
        var (reply, trace) = (answer.Reply, answer.Trace);
        foreach (var text in expected.Contains ?? [])
        {
            if (!reply.Text.Contains(text, StringComparison.OrdinalIgnoreCase)) yield return $"does not contain '{text}'";
        }
        foreach (var text in expected.Excludes ?? [])
        {
            if (reply.Text.Contains(text, StringComparison.OrdinalIgnoreCase)) yield return $"contains '{text}'";
        }
        foreach (var title in expected.Cites ?? [])
        {
            if (!reply.Citations.Any(citation => citation.Title == title)) yield return $"does not cite '{title}'";
        }
        if (Uncalled(expected.Tools ?? [], trace.Tools) is { } tool) yield return $"does not call {tool}";
        if (expected.Supported && Unsupported(reply.Text, [.. reply.Citations.Select(citation => citation.Quote)]) is { } fact) yield return $"says '{fact}', which nothing that it cites supports";
        if (expected.Language is { } language && trace.Language != language) yield return $"is in '{trace.Language}', not in '{language}'";
        if (expected.HandsOver is { } handsOver && reply.HandOver != handsOver) yield return handsOver ? "does not hand over" : "hands over";
        if (expected.By is { } by && (trace.Provider == OfflineReplyWriter.Name ? "offline" : "model") is var writer && writer != by) yield return $"is written by {writer}, not by {by}";
        if (expected.MaxCost is { } most && (reply.Cost?.Amount ?? 0) is var cost && cost > most)
            yield return string.Create(CultureInfo.InvariantCulture, $"costs {cost}, more than {most}");
        if (expected.MaxLatencyMs is { } longest && reply.LatencyMs > longest) yield return string.Create(CultureInfo.InvariantCulture, $"takes more than {longest} ms");
    }

    // The first expected call that none of the calls after the one before it is.
    private static string? Uncalled(IReadOnlyList<ExpectedTool> expected, IReadOnlyList<TracedTool> called)
    {
        var at = 0;
        foreach (var tool in expected)
        {
            while (at < called.Count && !IsIt(called[at], tool)) at++;
            if (at++ == called.Count) return tool.With is null ? tool.Name : $"{tool.Name} with {tool.With.ToJsonString()}";
        }
        return null;
    }

    private static bool IsIt(TracedTool called, ExpectedTool expected) =>
        called.Name == expected.Name && (expected.With ?? []).All(pair => called.Arguments is JsonObject given && Same(given[pair.Key], pair.Value));

    private static bool Same(JsonNode? given, JsonNode? wanted) =>
        JsonNode.DeepEquals(given, wanted) || given is not null && wanted is not null && string.Equals(given.ToString(), wanted.ToString(), StringComparison.OrdinalIgnoreCase);

    private static string? Unsupported(string text, IReadOnlyList<string> quotes)
    {
        var supported = quotes.SelectMany(Facts.SupportedBy).ToHashSet();
        return Facts.Of(text).FirstOrDefault(fact => !supported.Contains(fact)) is { Written: { } written } ? written : null;
    }
}
