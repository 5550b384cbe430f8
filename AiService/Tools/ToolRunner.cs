using System.Text.Json.Nodes;
using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.Contracts;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Tools;

/// <summary>Runs what a model asks for, if it may. Whatever is wrong is told back to the model, and everything is noted for the trace.</summary>
internal sealed class ToolRunner
{
    private readonly Dictionary<string, ITool> _tools;
    private readonly IWorkspaceTools _own;
    private readonly IToolRuns _runs;
    private readonly TimeProvider _time;

    public ToolRunner(IEnumerable<ITool> tools, IWorkspaceTools own, IToolRuns runs, TimeProvider time)
    {
        _tools = tools.ToDictionary(tool => tool.Definition.Name, StringComparer.Ordinal);
        (_own, _runs, _time) = (own, runs, time);
        Declarations = [.. _tools.Values.Select(tool => tool.Definition.Declare())];
    }

    public IReadOnlyList<AIFunctionDeclaration> Declarations { get; }

    /// <summary>The assistant's tools and those that the workspace defined.</summary>
    public async Task<IReadOnlyList<AIFunctionDeclaration>> DeclarationsFor(Guid workspaceId, CancellationToken cancellationToken) =>
        [.. Declarations, .. (await _own.Of(workspaceId, cancellationToken)).Where(tool => !_tools.ContainsKey(tool.Definition.Name)).Select(tool => tool.Definition.Declare())];

    public async Task<string> Run(FunctionCallContent call, ReplyTask task, int round, WriterNotes notes, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var arguments = call.Arguments is null ? null : new JsonObject(call.Arguments.Select(pair => KeyValuePair.Create(pair.Key, (pair.Value as JsonNode)?.DeepClone())));
        var result = await Run(call, arguments, task, cancellationToken);
        task.Notes.Tool(new TracedTool(
            call.CallId, call.Name, round, notes.Provider, notes.Model, arguments?.DeepClone() ?? JsonValue.Create(call.RawRepresentation as string), result.Status, result.Text,
            AnswerNotes.Milliseconds(_time.GetElapsedTime(started))));
        return result.Text;
    }

    private async Task<ToolResult> Run(FunctionCallContent call, JsonObject? given, ReplyTask task, CancellationToken cancellationToken)
    {
        if (!_tools.TryGetValue(call.Name, out var tool))
        {
            var own = await _own.Of(task.Request.WorkspaceId, cancellationToken);
            tool = own.FirstOrDefault(one => one.Definition.Name == call.Name);
            if (tool is null) return ToolResult.Rejected($"There is no such tool. There are {string.Join(", ", _tools.Keys.Concat(own.Select(one => one.Definition.Name)))}.");
        }
        if (given is null) return ToolResult.Rejected("The arguments are no JSON object.");
        if (tool.Definition.Errors(given) is { Count: > 0 } errors) return ToolResult.Rejected(string.Join(' ', errors));

        var arguments = new ToolArguments(given);
        if (tool is ILookUp lookUp) return await lookUp.Run(arguments, task, cancellationToken);
        if (task.IsSuggestion) return new ToolResult("Not executed: a colleague decides on it, who reads your answer before it is sent.", ToolStatus.Proposed);
        var withConsequences = (IToolWithConsequences)tool;
        if (withConsequences.NotApproved(arguments, task) is { } missing) return new ToolResult($"Not executed, proposed only: {missing}", ToolStatus.Proposed);
        var key = Identifiers.Derive($"tool/{task.Request.ConversationId}/{task.Request.Version}/{call.Name}/{arguments.Key()}").ToString();
        return await _runs.Once(key, withConsequences, arguments, task, cancellationToken);
    }
}
