using Assistify.AiService.Assistants;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Tools;
using Assistify.AiService.Understanding;
using Assistify.AiService.Vision;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Http;

namespace Assistify.AiService.Evaluation.Conversations;

/// <summary>What came out of a turn.</summary>
/// <param name="Failures">Which expectations it does not meet, one sentence each.</param>
internal sealed record TurnResult(ReplyGenerated Reply, Trace Trace, IReadOnlyList<string> Failures);

/// <summary>Has conversations with the assistant, as it is, over given knowledge, with recorded models and tools. Changes nothing anywhere.</summary>
internal sealed class CaseRunner(MessageReader reader, IKnowledgeSearch search, Guid workspaceId, long knowledgeVersion, SuitePrice? price) : IDisposable
{
    // A Monday morning in winter, whenever it is run.
    private static readonly DateTimeOffset s_at = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly AiMetrics _metrics = new();
    private readonly ServiceProvider _tools = new ServiceCollection().AddSingleton(search).AddSingleton(TimeProvider.System).AddTools().BuildServiceProvider();

    public static MessageReader StarterReader() => new(new LanguageDetector(), new WorkspaceIntents(), new SentimentClassifier());

    public async Task<IReadOnlyList<TurnResult>> Run(SuiteCase one, UsedAssistant assistant, CancellationToken cancellationToken)
    {
        var results = new List<TurnResult>();
        var history = new List<HistoryMessage>();
        var seen = new List<SeenPicture>();
        var conversation = Identifiers.Derive($"suite/{one.Name}");
        var at = one.At ?? s_at;
        foreach (var (turn, n) in one.Turns.Select((turn, n) => (turn, n)))
        {
            var unanswered = turn.Say.Select((text, i) => new HistoryMessage(Identifiers.Derive($"suite/{one.Name}/{n}/{i}"), Author.Customer, text, at)).ToList();
            if (turn.Pictures is { Count: > 0 } pictures)
            {
                seen.AddRange(pictures.Select((facts, i) => new SeenPicture(unanswered[^1].Id, Identifiers.Derive($"suite/{one.Name}/{n}/picture/{i}"), facts)));
                unanswered[^1] = unanswered[^1] with { Pictures = [.. seen.TakeLast(pictures.Count).Select(picture => picture.MediaId)] };
            }
            history.AddRange(unanswered);
            var request = new ReplyRequested(
                conversation, n + 1, workspaceId, conversation, one.Channel, 0, [.. unanswered.Select(message => message.Id)], [.. history], false, true, null, one.Locale, at, one.TimeZone);
            var answer = await Answer(request, turn.Model, turn.Tools, assistant, seen, cancellationToken);
            history.Add(new HistoryMessage(answer.Reply.ReplyId, Author.Assistant, answer.Reply.Text, at));
            at += TimeSpan.FromMinutes(1);
            results.Add(new TurnResult(answer.Reply, answer.Trace, [.. Expectations.Unmet(turn.Expect ?? new Expectation(), answer)]));
        }
        return results;
    }

    /// <param name="model">Null: no model is asked.</param>
    /// <param name="tools">What tools gave to the offline writer.</param>
    /// <param name="seen">What was seen in the conversation's pictures.</param>
    public async Task<Answer> Answer(
        ReplyRequested request, IReadOnlyList<RecordedAnswer>? model, IReadOnlyList<RecordedCall>? tools, UsedAssistant assistant, IReadOnlyList<SeenPicture> seen,
        CancellationToken cancellationToken)
    {
        using var circuits = new Circuits(TimeProvider.System);
        using var client = model is null ? null : new RecordedModel(model);
        var assistants = new WorkspaceAssistants();
        assistants.Use(workspaceId, new WorkspaceAssistant(assistant));
        var offline = new OfflineReplyWriter(Runner(tools ?? []));
        IReplyWriter[] writers = client is null ? [offline] : [Writer(client, model!, circuits), offline];
        var pipeline = new ReplyPipeline(
            reader, new RecordedPictures(seen), new Planner(reader), new Gatherer(search), writers, new ReplyChecks(reader), NoDeltas.Instance, assistants, _metrics, TimeProvider.System);
        return await pipeline.Answer(request with { Stream = false }, knowledgeVersion, cancellationToken);
    }

    public void Dispose()
    {
        _tools.Dispose();
        _metrics.Dispose();
    }

    private ProviderReplyWriter Writer(RecordedModel client, IReadOnlyList<RecordedAnswer> answers, Circuits circuits)
    {
        var settings = new ProviderSettings
        {
            Kind = ProviderKinds.Compatible, Model = "recorded", Name = "recorded", BaseUrl = new Uri("http://localhost"),
            Price = price is null ? null : new ModelPrice(price.Input, price.Output, price.Input),
        };
        return new ProviderReplyWriter(
            new ModelProvider(settings, client, circuits.Get(settings.Name), TimeProvider.System), Runner([.. answers.SelectMany(answer => answer.Tools ?? [])]), new NoBudgets(),
            new NoPreferences(), new NoKeptAnswers());
    }

    private ToolRunner Runner(IReadOnlyList<RecordedCall> calls)
    {
        var recorded = calls.Where(call => call.Result is not null).ToLookup(call => call.Name, StringComparer.Ordinal);
        var builtIn = _tools.GetServices<ITool>().ToList();
        var own = recorded.Where(calls => !builtIn.Exists(tool => tool.Definition.Name == calls.Key)).Select(calls => RecordedTool.Own(calls.Key, calls));
        var tools = builtIn.Select(tool => tool is ILookUp && recorded.Contains(tool.Definition.Name) ? new RecordedTool(tool.Definition, recorded[tool.Definition.Name]) : tool).Concat(own);
        return new ToolRunner(tools, new NoWorkspaceTools(), new PretendedRuns(), TimeProvider.System);
    }

    private sealed class NoDeltas : IDeltaPublisher
    {
        public static readonly NoDeltas Instance = new();

        public Task Publish(ReplyDelta delta, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task Publish(ReplyReset reset, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
