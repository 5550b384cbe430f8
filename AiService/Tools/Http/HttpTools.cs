namespace Assistify.AiService.Tools.Http;

/// <summary>The calls of its own systems that a workspace defined.</summary>
internal sealed class HttpTools(HttpToolStore store, HttpToolCaller caller)
{
    public async Task<IReadOnlyList<OwnTool>> Of(Guid workspaceId, CancellationToken cancellationToken) =>
        [.. (await store.List(workspaceId, cancellationToken)).Where(tool => tool.Enabled).Select(Own)];

    public async Task<OwnTool?> Find(Guid id, Guid workspaceId, CancellationToken cancellationToken) =>
        await store.Find(id, workspaceId, cancellationToken) is { } tool ? Own(tool) : null;

    private OwnTool Own(HttpTool tool) => new(
        tool.Id, IsMcp: false, tool.Definition(), tool.Use, (arguments, key, cancellationToken) => caller.Call(tool, arguments, key, cancellationToken));
}
