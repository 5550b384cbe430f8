using Assistify.AiService.Orders;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Tools;
using Assistify.AiService.Vision;
using Assistify.Contracts;

namespace Assistify.AiService.Evaluation.Conversations;

/// <summary>A tool whose results were recorded: given out in their order, and sources of the answer like those of the tool itself.</summary>
internal sealed class RecordedTool(ToolDefinition definition, IEnumerable<RecordedCall> calls) : ILookUp
{
    private readonly Queue<RecordedCall> _calls = new(calls);

    public ToolDefinition Definition => definition;

    /// <summary>A tool of a workspace's own, which a suite knows by what it gave only: whatever it is asked for was asked then.</summary>
    public static RecordedTool Own(string name, IEnumerable<RecordedCall> calls) => new(new ToolDefinition(name, "Recorded.") { Schema = ArgumentSchema.AnyObject }, calls);

    public Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        if (!_calls.TryDequeue(out var call)) return Task.FromResult(new ToolResult("Nothing more was recorded.", ToolStatus.Unavailable));
        var status = call.Status ?? ToolStatus.Done;
        if (definition.Name == LookUpOrder.Name)
        {
            foreach (var order in OrderReports.Read(call.Result!)?.Orders ?? []) task.Sources.Add(order.Source);
        }
        else if (status == ToolStatus.Done) task.Sources.Add(new Source($"recorded/{definition.Name}/{_calls.Count}", definition.Name, null, call.Result!, SourceKind.Tool));
        // A person had to decide, and had to again.
        if (status == ToolStatus.Proposed) task.Notes.HandOver = true;
        return Task.FromResult(new ToolResult(call.Result!, status));
    }
}

/// <summary>What was seen in pictures was recorded, and nobody looks again.</summary>
internal sealed class RecordedPictures(IReadOnlyList<SeenPicture> seen) : IPictureReader
{
    public Task<IReadOnlyList<SeenPicture>> Read(ReplyRequested request, AnswerNotes notes, CancellationToken cancellationToken) => Task.FromResult(seen);
}

/// <summary>Nothing is done: what the answer must know of it is noted.</summary>
internal sealed class PretendedRuns : IToolRuns
{
    public Task<ToolResult> Once(string key, IToolWithConsequences tool, ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        tool.Repeat(arguments, task);
        return Task.FromResult(new ToolResult("Done."));
    }
}

/// <summary>Recorded answers cost what they say and need nobody's leave.</summary>
internal sealed class NoBudgets : IBudgets
{
    public Task<Spending> Reserve(Guid workspaceId, Guid? conversationId, ModelPrice? price, int inputTokens, int outputTokens, CancellationToken cancellationToken) =>
        Task.FromResult(Spending.Free);

    public Task Settle(Spending spending, decimal? cost) => Task.CompletedTask;
}

/// <summary>A suite has the assistant's own tools only.</summary>
internal sealed class NoWorkspaceTools : IWorkspaceTools
{
    public Task<IReadOnlyList<ITool>> Of(Guid workspaceId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ITool>>([]);
}

/// <summary>What a suite's answers say is nobody else's answer.</summary>
internal sealed class NoKeptAnswers : IKeptAnswers
{
    public Task Keep(ReplyTask task, Draft draft, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The customers of a suite are strangers.</summary>
internal sealed class NoPreferences : ICustomerPreferences
{
    public Task<IReadOnlyList<Preference>> Of(Guid workspaceId, Guid customerId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Preference>>([]);
}
