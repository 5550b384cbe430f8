using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Reading = Assistify.Contracts.Understanding;

namespace Assistify.AiService.Replies;

/// <summary>The way of an answer, in one place: understand → decide → gather → write → check. What comes out is recorded by the consumer.</summary>
internal sealed class ReplyPipeline(
    MessageReader reader,
    Planner planner,
    Gatherer gatherer,
    IEnumerable<IReplyWriter> writers,
    IReplyCheck check,
    IDeltaPublisher deltas,
    AiMetrics metrics,
    TimeProvider time)
{
    private const string Web = "web";

    /// <summary>What each unanswered message means, in their order.</summary>
    public IReadOnlyList<Reading> Understand(ReplyRequested request) => [.. Read(request).Select(pair => pair.Reading)];

    public async Task<Answer> Answer(ReplyRequested request, long knowledgeVersion, CancellationToken cancellationToken)
    {
        using var activity = AiMetrics.Source.StartActivity("answer");
        var started = time.GetTimestamp();

        // understand
        var unanswered = Read(request);
        var before = Before(request);

        // decide
        var plan = planner.Decide(request, unanswered, before);

        // gather
        var findings = await gatherer.Gather(plan, request.WorkspaceId, knowledgeVersion, before, cancellationToken);
        var sources = Sources(findings, plan.Language);

        // write, check
        var task = new ReplyTask(
            request, plan, findings, before, [.. unanswered.Select(pair => pair.Message)], [.. unanswered.Select(pair => pair.Reading)]);
        var stream = request.Stream && request.Channel == Web
            ? new AnswerStream(request.ConversationId, request.Version, check, sources, deltas, cancellationToken)
            : null;
        var checks = new List<TracedCheck>();
        var (draft, model) = await WriteChecked(task, sources, stream, checks, cancellationToken);
        stream?.Complete();

        var now = time.GetUtcNow();
        var latency = time.GetElapsedTime(started);
        metrics.Answered(model, latency, known: draft.Citations.Count > 0);
        activity?.SetTag("assistify.model", model).SetTag("assistify.language", plan.Language);
        var reply = new ReplyGenerated(
            Identifiers.Reply(request.ConversationId, request.Version), request.ConversationId, request.Version, request.WorkspaceId, request.Partition,
            draft.Text, draft.Cards, draft.Citations, draft.Recommendations, task.Understandings,
            model, draft.PromptVersion, (int)latency.TotalMilliseconds, draft.Cost, plan.HandOver, now);
        var trace = new Trace(
            "finished", draft.Text, model, plan, task.Understandings, [.. sources.Select(source => source.DocumentId)], checks,
            knowledgeVersion, reply.LatencyMs);
        return new Answer(reply, trace, stream?.Sent ?? Task.CompletedTask);
    }

    private async Task<(Draft Draft, string Model)> WriteChecked(
        ReplyTask task, IReadOnlyList<Source> sources, AnswerStream? stream, List<TracedCheck> checks, CancellationToken cancellationToken)
    {
        foreach (var writer in writers)
        {
            var draft = await writer.Write(task, stream ?? (IAnswerStream)NoStream.Instance, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (draft is null) continue;

            var result = check.Check(draft, sources);
            checks.Add(new TracedCheck(writer.Model, result.Passed, result.Reason));
            if (result.Passed) return (draft, writer.Model);

            metrics.CheckFailed(writer.Model, result.Reason);
            stream?.Reset();
        }
        var fallback = OfflineReplyWriter.DontKnow(task.Plan.Language);
        stream?.Append(fallback.Text);
        return (fallback, OfflineReplyWriter.Name);
    }

    private List<(HistoryMessage Message, Reading Reading)> Read(ReplyRequested request)
    {
        // What the customer wrote in last decides where a text alone cannot: "ok", "50".
        var expected = request.Locale;
        var readings = new List<(HistoryMessage, Reading)>();
        var wanted = request.Unanswered.ToHashSet();
        var spoken = request.History.LastOrDefault(message => message.Author is Author.Customer && !wanted.Contains(message.Id) && message.Text.Length > 0);
        if (spoken is not null) expected = reader.Language(spoken.Text, expected).Language;
        foreach (var message in request.History)
        {
            if (!wanted.Contains(message.Id)) continue;
            var storable = message with { Text = Words.Storable(message.Text) };
            var reading = reader.Read(request.WorkspaceId, message.Id, storable.Text, expected);
            expected = reading.Language;
            readings.Add((storable, reading));
        }
        return readings;
    }

    private static List<HistoryMessage> Before(ReplyRequested request) =>
        [.. request.History.TakeWhile(message => !request.Unanswered.Contains(message.Id)).Select(message => message with { Text = Words.Storable(message.Text) })];

    private static List<Source> Sources(IReadOnlyList<Findings> findings, string language)
    {
        var sources = new Dictionary<string, Source>(StringComparer.Ordinal);
        foreach (var found in findings)
        {
            foreach (var entry in found.Entries) sources.TryAdd(entry.Id.ToString(), new Source(entry.DocumentId.ToString(), entry.Title, entry.Url, entry.Body));
            foreach (var product in found.Products.Concat(found.Alternatives).Concat(found.Mentioned))
                sources.TryAdd(product.Id.ToString(), new Source(product.Id.ToString(), product.TitleIn(language), product.Url, product.Sheet(language)));
        }
        return [.. sources.Values];
    }
}

/// <param name="Shown">Completes when what was streamed of it has left.</param>
internal sealed record Answer(ReplyGenerated Reply, Trace Trace, Task Shown);
