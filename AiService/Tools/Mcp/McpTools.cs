using System.Text.Json.Nodes;

namespace Assistify.AiService.Tools.Mcp;

/// <summary>The tools of the servers that a workspace named. Whatever comes back is data, and whatever goes wrong is told in a sentence.</summary>
internal sealed class McpTools(McpServerStore store, McpClient client)
{
    public async Task<IReadOnlyList<OwnTool>> Of(Guid workspaceId, CancellationToken cancellationToken) =>
        [.. (await store.List(workspaceId, cancellationToken)).Where(server => server.Enabled).SelectMany(ToolsOf)];

    /// <param name="name">As models know it.</param>
    public async Task<OwnTool?> Find(Guid serverId, string name, Guid workspaceId, CancellationToken cancellationToken) =>
        await store.Find(serverId, workspaceId, cancellationToken) is { } server ? ToolsOf(server).FirstOrDefault(tool => tool.Definition.Name == name) : null;

    private IEnumerable<OwnTool> ToolsOf(McpServer server)
    {
        foreach (var tool in server.Tools)
        {
            if (tool.Definition(server.Name) is { } definition)
                yield return new OwnTool(server.Id, IsMcp: true, definition, tool.Use, (arguments, key, cancellationToken) => Call(server, tool, arguments, key, cancellationToken));
        }
    }

    private async Task<ToolResult> Call(McpServer server, McpTool tool, JsonObject arguments, string? key, CancellationToken cancellationToken)
    {
        try
        {
            var authorization = server.HasAuthorization ? await store.Authorization(server.Id, cancellationToken) : null;
            var told = await client.Call(server.Id, new Uri(server.Url), authorization, tool.Name, arguments, key, cancellationToken);
            return ToolResult.Of(new JsonObject { ["result"] = told });
        }
        catch (McpFaultException fault)
        {
            return new ToolResult(Providers.Prompt.AsData(new JsonObject { ["notAvailable"] = fault.Message }), ToolStatus.Unavailable);
        }
    }
}
