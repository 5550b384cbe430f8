using Assistify.AiService.Replies.Offline;
using Assistify.Contracts;

namespace Assistify.AiService.Replies.Memory;

/// <summary>Without any model: of each message the sentence that says most, in its own words; the oldest are dropped first.</summary>
internal sealed class ExtractiveSummarizer : IHistorySummarizer
{
    private const int MostLines = 16;
    private const int LongestLine = 160;

    // A greeting or a thank-you has fewer words that mean something.
    private const int FewestTerms = 2;

    public string Name => OfflineReplyWriter.Name;

    public Task<string?> Summarize(ReplyRequested request, string? earlier, IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken)
    {
        var lines = (earlier?.Split('\n') ?? []).Concat(messages.Select(Line).OfType<string>()).ToList();
        return Task.FromResult<string?>(string.Join('\n', lines.TakeLast(MostLines)));
    }

    private static string? Line(HistoryMessage message)
    {
        if (message.Author is Author.System) return null;
        var best = Sentences.Of(message.Text).Select(span => message.Text[span.Start..span.End].Trim())
            .Select(sentence => (Sentence: sentence, Terms: Planner.TermsOf(sentence).Count))
            .Where(candidate => candidate.Terms >= FewestTerms).OrderByDescending(candidate => candidate.Terms).FirstOrDefault().Sentence;
        return best is null ? null : $"{message.Author.ToString().ToLowerInvariant()}: {Short(best.ReplaceLineEndings(" "))}";
    }

    private static string Short(string text)
    {
        if (text.Length <= LongestLine) return text;
        var end = text.LastIndexOf(' ', LongestLine - 1);
        return text[..(end > 0 ? end : LongestLine - 1)] + "…";
    }
}
