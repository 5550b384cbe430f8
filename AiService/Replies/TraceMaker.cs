using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Replies;

/// <summary>Puts together what is kept of an answer beside itself.</summary>
internal static class TraceMaker
{
    // What was found beside what is cited tells what else was there; all of it would be long.
    private const int MaxUncited = 8;

    public static Trace Of(ReplyTask task, Draft draft, WriterNotes writer, ReplyGenerated reply)
    {
        var notes = task.Notes;
        var called = notes.Writers.Where(one => one.Calls > 0).ToList();
        return new Trace("finished")
        {
            Language = task.Plan.Language,
            Text = draft.Text,
            Provider = writer.Provider,
            Model = writer.Model,
            PromptVersion = draft.PromptVersion,
            KnowledgeVersion = task.KnowledgeVersion,
            AssistantVersion = task.Assistant.Version,
            Canary = task.Assistant.Canary,
            Request = Storable(task.Request),
            HandOver = reply.HandOver,
            Tokens = called.Count == 0 ? null : TracedTokens.Of(called.Aggregate(Providers.TokenUse.None, (sum, one) => sum + one.Tokens)),
            Cost = called.Exists(one => one.Cost is not null) ? TracedCost.Of(called.Sum(one => one.Cost ?? 0)) : null,
            LatencyMs = reply.LatencyMs,
            Stages = notes.Stages,
            Settings = task.Request.Assistant,
            Memory = task.Remembered,
            Understanding = task.Understandings,
            Pictures = task.Seen,
            Wishes = [.. task.Plan.Wishes.Select(wish => new TracedWish(wish.Kind, wish.Intent, wish.Text))],
            Sources = Sources(task, draft),
            Tools = notes.Tools,
            Checks = notes.Checks,
            Writers = [.. notes.Writers.Select(one => one.Trace())],
        };
    }

    private static ReplyRequested Storable(ReplyRequested request) => request with
    {
        History = [.. request.History.Select(message => message with { Text = StorableText.From(message.Text) })],
        CustomerName = request.CustomerName is { } name ? StorableText.From(name) : null,
        Locale = request.Locale is { } locale ? StorableText.From(locale) : null,
    };

    private static List<TracedSource> Sources(ReplyTask task, Draft draft)
    {
        var uncited = 0;
        var traced = new List<TracedSource>();
        foreach (var source in task.Sources.All)
        {
            // Parts of one document share its id: each has the quotes that stand in it.
            var spans = draft.Citations.Select(citation => Span(source, citation)).OfType<TracedSpan>().ToList();
            if (spans.Count == 0 && ++uncited > MaxUncited) continue;
            traced.Add(new TracedSource(source.DocumentId, source.Kind, source.Title, source.Url, spans.Count > 0, spans));
        }
        return traced;
    }

    private static TracedSpan? Span(Source source, Citation citation) =>
        source.PlaceOf(citation) is { } start ? new TracedSpan(citation.Quote, start, start + citation.Quote.Length) : null;
}
