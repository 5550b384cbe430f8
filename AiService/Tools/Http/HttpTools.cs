using Assistify.AiService.Replies;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.AiService.Tools.Http;

/// <summary>The tools that a workspace defined, as models may ask for them.</summary>
internal sealed class HttpTools(HttpToolStore store, HttpToolCaller caller, ToolProposals proposals) : IWorkspaceTools
{
    public async Task<IReadOnlyList<ITool>> Of(Guid workspaceId, CancellationToken cancellationToken) =>
        [.. (await store.List(workspaceId, cancellationToken)).Where(tool => tool.Enabled).Select(tool => tool.OnlyLooks ? (ITool)new LookUp(tool, caller) : new Action(tool, caller, proposals))];

    // What it told supports the answer's figures.
    private static ToolResult Kept(HttpTool tool, ToolArguments arguments, ToolResult result, ReplyTask task)
    {
        if (result.Status == ToolStatus.Done) task.Sources.Add(new Source($"tool/{tool.Name}/{arguments.Key()}", tool.Name, null, result.Text, SourceKind.Tool));
        return result;
    }

    private sealed class LookUp(HttpTool tool, HttpToolCaller caller) : ILookUp
    {
        public ToolDefinition Definition { get; } = tool.Definition();

        public async Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken) =>
            Kept(tool, arguments, await caller.Call(tool, arguments.Json, null, cancellationToken), task);
    }

    private sealed class Action(HttpTool tool, HttpToolCaller caller, ToolProposals proposals) : IToolWithConsequences
    {
        public ToolDefinition Definition { get; } = tool.Definition();

        public string? NotApproved(ToolArguments arguments, ReplyTask task) => null;

        public async Task<ToolResult> Run(
            ToolArguments arguments, ReplyTask task, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
        {
            var id = Identifiers.Derive($"proposal/{task.Request.ConversationId}/{task.Request.Version}/{tool.Name}/{arguments.Key()}");
            if (tool.Approval == HttpTool.Automatic) return Kept(tool, arguments, await caller.Call(tool, arguments.Json, id.ToString(), cancellationToken), task);
            await proposals.Add(id, tool, arguments.Json, task.Request, connection, transaction, cancellationToken);
            task.Notes.HandOver = true;
            return new ToolResult("Proposed only: a colleague decides whether it is done. Tell the customer that it is not done yet.", ToolStatus.Proposed);
        }

        public void Repeat(ReplyTask task) => task.Notes.HandOver |= tool.Approval != HttpTool.Automatic;
    }
}
