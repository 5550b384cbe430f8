using System.Text.Json.Nodes;
using Assistify.AiService.Assistants;
using Assistify.AiService.Embeddings;
using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.IntentModels;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Tools;
using Assistify.AiService.Understanding;
using Npgsql;

namespace Assistify.AiService.Evaluation.Cases;

/// <param name="Same">The same text, and the same decision to hand over.</param>
/// <param name="Text">As it was written again.</param>
/// <param name="KnowledgeVersion">Whose texts it was written from: that of then, unless nothing of it is kept.</param>
/// <param name="KnowledgeIsWhole">False where some text of then is no longer there: it was forgotten on purpose, or is older than what is kept.</param>
public sealed record Reproduction(
    Guid MessageId, bool Same, string Text, bool HandOver, string Model, string? PromptVersion, string OriginalText, bool OriginalHandOver, string? OriginalPromptVersion,
    int AssistantVersion, int IntentVersion, long KnowledgeVersion, long KnowledgeVersionThen, bool KnowledgeIsWhole);

/// <summary>Writes an answer again from its trace: the same messages, intents, settings, texts of entries, documents and products, and what models and tools said then. Nothing is sent or kept.</summary>
internal sealed class Reproducer(
    KeptTraces traces, AssistantStore assistants, IntentVersions intents, KnowledgeHistory history, ILanguageDetector languages,
    ISentimentClassifier sentiments, NpgsqlDataSource database, Likeness? likeness = null)
{
    /// <param name="version">Of the assistant's settings; null: the one that it was written with.</param>
    /// <returns>Null where there is no such answer, or a version that it needs is gone.</returns>
    public async Task<Reproduction?> Reproduce(Guid messageId, Guid workspaceId, int? version, CancellationToken cancellationToken)
    {
        if (await traces.OfMessage(messageId, workspaceId, cancellationToken) is not { Trace: { Request: { } request } trace }) return null;
        if (await assistants.Find(workspaceId, version ?? trace.AssistantVersion, cancellationToken) is not { } assistant) return null;
        if (await intents.Of(workspaceId, trace.IntentVersion, cancellationToken) is not { } classifier) return null;
        var (knowledge, isWhole) = await history.AsOf(workspaceId, trace.KnowledgeVersion, cancellationToken);
        var search = new PostgresKnowledgeSearch(database, likeness, knowledge);

        using var runner = new CaseRunner(new MessageReader(languages, classifier, sentiments), search, workspaceId, knowledge, null);
        var (reply, _, _) = await runner.Answer(request, Recorded(trace), RecordedOffline(trace), new UsedAssistant(assistant.Version, assistant.Settings), trace.Pictures, cancellationToken);
        return new Reproduction(
            messageId, reply.Text == trace.Text && reply.HandOver == trace.HandOver, reply.Text, reply.HandOver, reply.Model, reply.PromptVersion,
            trace.Text ?? "", trace.HandOver, trace.PromptVersion, assistant.Version, trace.IntentVersion, knowledge, trace.KnowledgeVersion, isWhole);
    }

    private static List<RecordedCall>? RecordedOffline(Trace trace) => trace.Provider is not (null or OfflineReplyWriter.Name) ? null
        : [.. trace.Tools.Where(tool => tool.Provider == OfflineReplyWriter.Name).Select(tool => CaseMaker.Recorded(tool, tool.Arguments as JsonObject, tool.Result))];

    private static List<RecordedAnswer>? Recorded(Trace trace)
    {
        if (trace.Provider is null or OfflineReplyWriter.Name) return null;
        var tools = trace.Tools.Where(tool => tool.Provider == trace.Provider && tool.Model == trace.Model).GroupBy(tool => tool.Round).OrderBy(round => round.Key);
        return
        [
            .. tools.Select(round => new RecordedAnswer(Tools:
                [.. round.Select(tool => CaseMaker.Recorded(tool, tool.Arguments as JsonObject, tool.Result))])),
            new RecordedAnswer(trace.Text),
        ];
    }
}
