using System.Text.Json.Nodes;
using Assistify.AiService.Replies;
using Assistify.AiService.Tools.Http;
using Assistify.AiService.Tools.Mcp;
using Assistify.Contracts;
using Npgsql;

namespace Assistify.AiService.Tools;

/// <summary>How a workspace lets one of its tools be used.</summary>
internal static class ToolUses
{
    /// <summary>It only looks.</summary>
    public const string LookUp = "look_up";

    /// <summary>It changes something and is done at once.</summary>
    public const string Automatic = "automatic";

    /// <summary>It changes something and a person decides.</summary>
    public const string ByPerson = "person";
}

/// <summary>A tool that a workspace gave its assistant, whatever carries it out.</summary>
/// <param name="Id">Of the tool, or of the MCP server that has it.</param>
/// <param name="Use">One of <see cref="ToolUses"/>.</param>
/// <param name="Call">With the arguments and, where it changes something, a key that is the same for the same wish.</param>
internal sealed record OwnTool(Guid Id, bool IsMcp, ToolDefinition Definition, string Use, Func<JsonObject, string?, CancellationToken, Task<ToolResult>> Call);

/// <summary>The tools that a workspace gave its assistant, as models may ask for them.</summary>
internal sealed class WorkspaceTools(HttpTools http, McpTools mcp, ToolProposals proposals) : IWorkspaceTools
{
    public async Task<IReadOnlyList<ITool>> Of(Guid workspaceId, CancellationToken cancellationToken)
    {
        var tools = (await http.Of(workspaceId, cancellationToken)).Concat(await mcp.Of(workspaceId, cancellationToken));
        return [.. tools.DistinctBy(tool => tool.Definition.Name).Select(tool => tool.Use == ToolUses.LookUp ? (ITool)new LookUp(tool) : new Action(tool, proposals))];
    }

    // What it told supports the answer's figures.
    private static ToolResult Kept(OwnTool tool, ToolArguments arguments, ToolResult result, ReplyTask task)
    {
        var name = tool.Definition.Name;
        if (result.Status == ToolStatus.Done) task.Sources.Add(new Source($"tool/{name}/{arguments.Key()}", name, null, result.Text, SourceKind.Tool));
        return result;
    }

    private sealed class LookUp(OwnTool tool) : ILookUp
    {
        public ToolDefinition Definition => tool.Definition;

        public async Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken) =>
            Kept(tool, arguments, await tool.Call(arguments.Json, null, cancellationToken), task);
    }

    private sealed class Action(OwnTool tool, ToolProposals proposals) : IToolWithConsequences
    {
        public ToolDefinition Definition => tool.Definition;

        public string? NotApproved(ToolArguments arguments, ReplyTask task) => null;

        public async Task<ToolResult> Run(
            ToolArguments arguments, ReplyTask task, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
        {
            var id = Identifiers.Derive($"proposal/{task.Request.ConversationId}/{task.Request.Version}/{Definition.Name}/{arguments.Key()}");
            if (tool.Use == ToolUses.Automatic) return Kept(tool, arguments, await tool.Call(arguments.Json, id.ToString(), cancellationToken), task);
            await proposals.Add(id, tool, arguments.Json, task.Request, connection, transaction, cancellationToken);
            task.Notes.HandOver = true;
            return new ToolResult("Proposed only: a colleague decides whether it is done. Tell the customer that it is not done yet.", ToolStatus.Proposed);
        }

        public void Repeat(ToolArguments arguments, ReplyTask task) => task.Notes.HandOver |= tool.Use != ToolUses.Automatic;
    }
}
