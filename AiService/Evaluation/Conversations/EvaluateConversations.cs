using System.Text.Json;
using Assistify.AiService.Assistants;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Evaluation.Conversations;

/// <param name="Failed">Cases with an expectation that is not met.</param>
/// <param name="Changed">Turns that come out otherwise than with the version compared with; absent where there is none.</param>
internal sealed record ConversationFigures(int Cases, int Turns, int Passed, int Failed, int? Changed = null, int? FailedBefore = null);

/// <summary>
/// <c>evaluate conversations suite.yaml [--version V] [--against V]</c>, where V is <c>0</c> for the built-in settings, a name among the suite's versions, or a file
/// of settings. Prints what failed and what changed, turn by turn, and at the end one line of figures. The same suite prints the same lines on every machine.
/// </summary>
internal static class EvaluateConversations
{
    public const string Name = "conversations";

    private const int Failed = 2;

    /// <returns>0 where every expectation is met, 2 where one is not.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments.Count == 0 || arguments[0].StartsWith("--", StringComparison.Ordinal)) throw new EvaluationFault("Name the file of the suite: evaluate conversations suite.yaml.");
        var suite = Suite.Read(arguments[0]);
        var options = EvaluationOptions.Read([.. arguments.Skip(1)]).Only("version", "against");
        var tested = options.Optional("version") is { } version ? Settings(suite, version) : suite.Assistant ?? AssistantSettings.BuiltIn;
        var figures = Run(suite, tested, options.Optional("against") is { } other ? Settings(suite, other) : null, output).GetAwaiter().GetResult();
        output.WriteLine(JsonSerializer.Serialize(figures, Json.Options));
        return figures.Failed == 0 ? 0 : Failed;
    }

    internal static async Task<ConversationFigures> Run(Suite suite, AssistantSettings tested, AssistantSettings? against, TextWriter output)
    {
        var workspace = Identifiers.DefaultWorkspace;
        using var runner = new CaseRunner(CaseRunner.StarterReader(), MemoryKnowledge.Of(suite, workspace), workspace, 1, suite.Price);
        var (turns, failed, changed, failedBefore) = (0, 0, 0, 0);
        foreach (var one in suite.Cases)
        {
            var results = await runner.Run(one, new UsedAssistant(0, tested), CancellationToken.None);
            var before = against is null ? null : await runner.Run(one, new UsedAssistant(0, against), CancellationToken.None);
            turns += results.Count;
            if (results.Any(result => result.Failures.Count > 0)) failed++;
            if (before is not null && before.Any(result => result.Failures.Count > 0)) failedBefore++;
            for (var n = 0; n < results.Count; n++)
            {
                var place = results.Count == 1 ? one.Name : $"{one.Name}, turn {n + 1}";
                foreach (var failure in results[n].Failures) output.WriteLine($"FAILED {place}: the answer {failure}");
                if (results[n].Failures.Count > 0) output.WriteLine($"    {OneLine(results[n].Reply.Text)}");
                if (before is not null && Changes(before[n], results[n]).ToList() is { Count: > 0 } changes)
                {
                    changed++;
                    output.WriteLine($"CHANGED {place}");
                    foreach (var change in changes) output.WriteLine($"    {change}");
                }
            }
        }
        return new ConversationFigures(
            suite.Cases.Count, turns, suite.Cases.Count - failed, failed, against is null ? null : changed, against is null ? null : failedBefore);
    }

    internal static IEnumerable<string> Changes(TurnResult before, TurnResult now)
    {
        if (before.Reply.Text != now.Reply.Text)
        {
            yield return $"- {OneLine(before.Reply.Text)}";
            yield return $"+ {OneLine(now.Reply.Text)}";
        }
        var facts = new (string What, string Before, string Now)[]
        {
            ("written by", before.Reply.Model, now.Reply.Model),
            ("hands over", before.Reply.HandOver ? "yes" : "no", now.Reply.HandOver ? "yes" : "no"),
            ("cites", Titles(before), Titles(now)),
            ("tools", Tools(before), Tools(now)),
            ("expectations", Met(before), Met(now)),
        };
        foreach (var (what, was, isNow) in facts.Where(fact => fact.Before != fact.Now)) yield return $"{what}: {was} -> {isNow}";

        static string Titles(TurnResult result) => string.Join(", ", result.Reply.Citations.Select(citation => citation.Title).Distinct());
        static string Tools(TurnResult result) => string.Join(", ", result.Trace.Tools.Select(tool => tool.Name));
        static string Met(TurnResult result) => result.Failures.Count == 0 ? "met" : string.Join("; ", result.Failures);
    }

    private static AssistantSettings Settings(Suite suite, string version)
    {
        if (version == "0") return AssistantSettings.BuiltIn;
        return suite.Versions?.GetValueOrDefault(version) ?? (File.Exists(version)
            ? Suite.ReadSettings(version)
            : throw new EvaluationFault($"'{version}' is no version: 0 is the built-in one, others are named in the suite under versions or are files of settings."));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
