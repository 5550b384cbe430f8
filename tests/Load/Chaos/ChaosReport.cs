using System.Globalization;
using System.Text;

namespace Assistify.Load.Chaos;

/// <summary>What a run did to the system, and which promises it broke.</summary>
internal sealed record ChaosReport(
    ChaosOptions Options,
    int Replicas,
    IReadOnlyList<Violation> Violations,
    IReadOnlyList<Kill> Kills,
    IReadOnlyDictionary<int, int> Answers,
    int Stored,
    int Sent,
    TimeSpan Duration,
    TimeSpan Settled,
    TimeSpan LongestAcknowledgement)
{
    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Chaos, seed {Options.Seed}, {Options.Messages} messages of {Options.Customers} customers on {string.Join(", ", Options.Channels.Select(channel => channel.Name))}, replicas {Replicas}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {Duration.TotalSeconds:0.0} s with kills, at rest {Settled.TotalSeconds:0.0} s later; {Stored} messages stored, {Sent} answers in the outbox");
        text.AppendLine(CultureInfo.InvariantCulture, $"  answers to webhooks: {string.Join(", ", Answers.OrderBy(answer => answer.Key).Select(answer => $"{(answer.Key == 0 ? "none" : answer.Key)} × {answer.Value}"))}; longest until 200: {LongestAcknowledgement.TotalSeconds:0.0} s");
        foreach (var component in Kills.GroupBy(kill => kill.Component).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var times = component.Select(kill => kill.Recovery).OfType<TimeSpan>().Select(time => time.TotalSeconds).ToList();
            text.AppendLine(CultureInfo.InvariantCulture, $"  {component.Key,-10} killed {component.Count()} ×, up again after {(times.Count == 0 ? "never" : $"{times.Average():0.0} s on average, {times.Max():0.0} s at most")}");
        }

        text.AppendLine(Violations.Count == 0 ? "  every promise held" : $"  {Violations.Count} violations:");
        foreach (var promise in Violations.GroupBy(violation => violation.Promise))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  ✗ {promise.Key} ({promise.Count()}):");
            foreach (var violation in promise.Take(20)) text.AppendLine(CultureInfo.InvariantCulture, $"      {violation.Detail}");
            if (promise.Count() > 20) text.AppendLine(CultureInfo.InvariantCulture, $"      … and {promise.Count() - 20} more");
        }

        return text.ToString();
    }
}
