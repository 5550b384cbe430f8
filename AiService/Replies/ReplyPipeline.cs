using Assistify.AiService.Assistants;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Replies.Memory;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Understanding;
using Assistify.AiService.Understanding.Entities;
using Assistify.AiService.Vision;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Reading = Assistify.Contracts.Understanding;

namespace Assistify.AiService.Replies;

/// <summary>The way of an answer, in one place: understand (and look at pictures) → decide → gather → write → check. What comes out is recorded by the consumer.</summary>
internal sealed class ReplyPipeline(
    MessageReader reader,
    IPictureReader pictures,
    Planner planner,
    Gatherer gatherer,
    IEnumerable<IReplyWriter> writers,
    ReplyChecks checks,
    IDeltaPublisher deltas,
    WorkspaceAssistants assistants,
    AiMetrics metrics,
    TimeProvider time)
{
    private const string Web = "web";
    private const string Fallback = "fallback";

    /// <summary>What each unanswered message means, in their order.</summary>
    public IReadOnlyList<Reading> Understand(ReplyRequested request) => [.. Read(request).Select(pair => pair.Reading)];

    public Task<Answer> Answer(ReplyRequested request, long knowledgeVersion, CancellationToken cancellationToken) =>
        Answer(request, knowledgeVersion, null, cancellationToken);

    public async Task<Answer> Answer(ReplyRequested request, long knowledgeVersion, Remembered? remembered, CancellationToken cancellationToken)
    {
        using var activity = AiMetrics.Source.StartActivity("answer");
        var task = await Prepare(request, knowledgeVersion, remembered, static plan => plan, cancellationToken);
        var (notes, plan) = (task.Notes, task.Plan);

        // write, check
        var stream = request.Stream && request.Channel == Web ? new AnswerStream(task, deltas, cancellationToken) : null;
        var (draft, writer) = await WriteChecked(task, stream, cancellationToken);
        stream?.Complete();
        notes.Stage("write");

        var handOver = plan.HandOver || notes.HandOver;
        metrics.Answered(writer.Model, notes.Elapsed, known: draft.Citations.Count > 0);
        metrics.Took(notes.Stages);
        foreach (var one in notes.Writers) metrics.Wrote(one);
        activity?.SetTag("assistify.model", writer.Model).SetTag("assistify.language", plan.Language);
        var shown = request.IsOn(Features.Recommendations) ? draft : draft with { Cards = [], Recommendations = [] };
        var reply = new ReplyGenerated(
            Identifiers.Reply(request.ConversationId, request.Version), request.ConversationId, request.Version, request.WorkspaceId, request.Partition,
            draft.Text, [.. shown.Cards, .. QuickReplies.For(shown, task, handOver), .. ErrandForm.For(draft, task, handOver)], draft.Citations, shown.Recommendations, task.Understandings,
            writer.Model, draft.PromptVersion, (int)notes.Elapsed.TotalMilliseconds, draft.Cost, handOver, time.GetUtcNow(), notes.Enquiry);
        return new Answer(reply, TraceMaker.Of(task, draft, writer, reply) with { IntentVersion = reader.IntentVersion(request.WorkspaceId) }, stream?.Sent ?? Task.CompletedTask);
    }

    /// <summary>What a person could answer: made and checked like an answer, and nothing comes of it but what it has cost.</summary>
    /// <returns>Null where there is nothing to suggest, such as where a person is all that is asked for.</returns>
    public async Task<AnswerSuggestion?> Suggest(ReplyRequested request, long knowledgeVersion, Remembered? remembered, CancellationToken cancellationToken)
    {
        using var activity = AiMetrics.Source.StartActivity("suggest");
        var prepared = await Prepare(request, knowledgeVersion, remembered, WithoutPassingOn, cancellationToken);
        if (prepared.Plan.Wishes.Count == 0) return null;

        var task = prepared with { IsSuggestion = true };
        var (draft, writer) = await WriteChecked(task, null, cancellationToken);
        foreach (var one in task.Notes.Writers) metrics.Wrote(one);
        return writer.Reason is Fallback ? null : new AnswerSuggestion(draft.Text, draft.Citations, request.IsOn(Features.Recommendations) ? draft.Cards : [], writer.Model);
    }

    // A person is there already, who asks sellers too.
    private static Plan WithoutPassingOn(Plan plan) => plan with { HandOver = false, Wishes = [.. plan.Wishes.Where(wish => wish.Kind is not (WishKind.Person or WishKind.Seller))] };

    private async Task<ReplyTask> Prepare(
        ReplyRequested request, long knowledgeVersion, Remembered? remembered, Func<Plan, Plan> adjust, CancellationToken cancellationToken)
    {
        var notes = new AnswerNotes(time);

        // understand
        var unanswered = Read(request);
        var before = Before(request);
        notes.Stage("understand");

        // see
        var seen = await pictures.Read(request, notes, cancellationToken);
        if (seen.Count > 0) notes.Stage(AnswerNotes.Seeing);

        // decide
        var opened = await gatherer.FindOpened(request, unanswered, before, knowledgeVersion, cancellationToken);
        var assistant = assistants.For(request.WorkspaceId, request.ConversationId);
        var plan = adjust(assistant.Settings.Apply(PicturePlan.Apply(planner.Decide(request, unanswered, before, opened), seen, request)));
        notes.Stage("decide");

        // gather
        var findings = HolidayHours.Apply(await gatherer.Gather(plan, request, knowledgeVersion, before, opened, cancellationToken), request, plan.Language);
        notes.Stage("gather");

        return new ReplyTask(
            request, plan, findings, before, [.. unanswered.Select(pair => pair.Message)], [.. unanswered.Select(pair => pair.Reading)],
            Sources.Of(findings, plan.Language), notes, knowledgeVersion) { Assistant = assistant, Remembered = remembered, Seen = seen };
    }

    private async Task<(Draft Draft, WriterNotes Writer)> WriteChecked(ReplyTask task, AnswerStream? watched, CancellationToken cancellationToken)
    {
        var stream = watched ?? (IAnswerStream)NoStream.Instance;
        foreach (var writer in writers)
        {
            var notes = task.Notes.Writer(writer.Provider, writer.Model);
            watched?.Free = writer.WritesFreely;
            // What an answer that is not given asked for is not asked.
            task.Notes.Enquiry = null;
            var draft = await writer.Write(task, stream, notes, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            for (var attempt = 1; draft is not null; attempt++)
            {
                if (Check(draft, task, writer, attempt) is not { } refused)
                {
                    notes.End("answered");
                    if (!task.IsSuggestion) await writer.Accepted(task, draft, cancellationToken);
                    return (draft, notes);
                }
                stream.Reset();
                if (attempt == 2 || await writer.Repair(task, draft, refused.Result, stream, notes, cancellationToken) is not { } repaired)
                {
                    notes.End("refused", refused.Name, refused.Result.Reason);
                    break;
                }
                cancellationToken.ThrowIfCancellationRequested();
                draft = repaired;
            }
            if (notes.Outcome is null) notes.End("declined");
        }

        task.Notes.Enquiry = null;
        var fallback = OfflineReplyWriter.DontKnow(task.Plan.Language);
        watched?.Free = false;
        stream.Append(fallback.Text);
        var offline = task.Notes.Writer(OfflineReplyWriter.Name, OfflineReplyWriter.Name);
        offline.End("answered", Fallback);
        return (fallback, offline);
    }

    // The first check that refuses the draft, if one does.
    private (string Name, CheckResult Result)? Check(Draft draft, ReplyTask task, IReplyWriter writer, int attempt)
    {
        var started = time.GetTimestamp();
        (string, CheckResult)? refused = null;
        foreach (var (name, result) in checks.Check(draft, task, writer.WritesFreely))
        {
            task.Notes.Check(new TracedCheck(writer.Provider, writer.Model, attempt, name, result.Passed, result.Reason, result.Detail));
            if (result.Passed) continue;
            metrics.CheckFailed(writer.Model, result.Reason);
            refused = (name, result);
            break;
        }
        task.Notes.Checked(time.GetElapsedTime(started));
        return refused;
    }

    private List<(HistoryMessage Message, Reading Reading)> Read(ReplyRequested request)
    {
        // What the customer wrote in last decides where a text alone cannot: "ok", "50".
        var expected = request.Locale;
        var before = Before(request);
        var readings = new List<(HistoryMessage, Reading)>();
        var wanted = request.Unanswered.ToHashSet();
        var spoken = request.History.LastOrDefault(message => message.Author is Author.Customer && !wanted.Contains(message.Id) && message.Text.Length > 0);
        if (spoken is not null) expected = reader.Language(spoken.Text, expected).Language;
        foreach (var message in request.History)
        {
            if (!wanted.Contains(message.Id)) continue;
            var storable = message with { Text = StorableText.From(message.Text) };
            var reading = reader.Read(request.WorkspaceId, message.Id, storable.Text, expected);
            // What was tapped is in our words, not in his.
            if (expected is not null && QuickReplies.Read(message, before) is not null) reading = reading with { Language = expected };
            if (ErrandPhrases.LanguageOfForm(storable.Text) is { } ours) reading = reading with { Language = ours };
            expected = reading.Language;
            readings.Add((storable, reading));
        }
        return readings;
    }

    /// <summary>What was said before the messages that are to be answered, as far as it is context still.</summary>
    internal static List<HistoryMessage> Before(ReplyRequested request) =>
    [
        .. request.History.TakeWhile(message => !request.Unanswered.Contains(message.Id))
            .SkipWhile(message => message.At < request.RequestedAt - Remembered.Lifetime).Select(message => message with { Text = StorableText.From(message.Text) }),
    ];
}

/// <param name="Shown">Completes when what was streamed of it has left.</param>
internal sealed record Answer(ReplyGenerated Reply, Trace Trace, Task Shown);

internal sealed record AnswerSuggestion(string Text, IReadOnlyList<Citation> Citations, IReadOnlyList<Card> Cards, string Model);
