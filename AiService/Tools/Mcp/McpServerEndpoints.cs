using System.Globalization;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Assistify.AiService.Audit;
using Assistify.AiService.Tools.Http;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Tools.Mcp;

/// <param name="Authorization">The value of the header; never shown again, and kept where it is absent.</param>
/// <param name="LookUps">Tools that only look, by the workspace's own judgement.</param>
/// <param name="Automatic">Tools with consequences that are done at once; of all others a person decides.</param>
internal sealed record McpServerRequest(
    string? Name, string? Url, string? Authorization = null, IReadOnlyList<string?>? LookUps = null, IReadOnlyList<string?>? Automatic = null, bool Enabled = true);

internal sealed record McpServerList(IReadOnlyList<McpServer> Items);

/// <summary>The MCP servers whose tools a workspace gives its assistant. Naming one asks it what it offers.</summary>
internal static partial class McpServerEndpoints
{
    public static void MapMcpServers(this IEndpointRouteBuilder app)
    {
        var servers = app.MapGroup("/api/v1/ai/mcp_servers").RequireAuthorization(Policies.Admin);
        servers.MapGet("/", List).WithName("ListMcpServers").WithSummary("The MCP servers with their tools");
        servers.MapPost("/", Create).WithName("CreateMcpServer").WithSummary("Name a server and take its tools over");
        servers.MapPut("/{id:guid}", Update).WithName("UpdateMcpServer").WithSummary("Change a server, and take over what it offers now");
        servers.MapDelete("/{id:guid}", Delete).WithName("DeleteMcpServer").WithSummary("Remove a server and what its tools were proposed for");
    }

    internal static async Task<Ok<McpServerList>> List(ClaimsPrincipal user, McpServerStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new McpServerList(await store.List(user.WorkspaceId(), cancellationToken)));

    internal static async Task<Results<Created<McpServer>, ValidationProblem, Conflict>> Create(
        McpServerRequest request, ClaimsPrincipal user, McpServerStore store, McpClient client, AllowedOrigins origins, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (server, errors) = await Ask(Guid.CreateVersion7(time.GetUtcNow()), request, null, store, client, origins, time, cancellationToken);
        if (server is null) return TypedResults.ValidationProblem(errors);
        if (!await audit.With(user, "mcp_server.created", () => store.Save(user.WorkspaceId(), server, request.Authorization, cancellationToken), done => done ? server.Id.ToString() : null, cancellationToken))
            return TypedResults.Conflict();
        return TypedResults.Created($"/api/v1/ai/mcp_servers/{server.Id}", server);
    }

    internal static async Task<Results<Ok<McpServer>, ValidationProblem, NotFound, Conflict>> Update(
        Guid id, McpServerRequest request, ClaimsPrincipal user, McpServerStore store, McpClient client, AllowedOrigins origins, AuditTrail audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await store.Find(id, user.WorkspaceId(), cancellationToken) is not { } before) return TypedResults.NotFound();
        var (server, errors) = await Ask(id, request, before, store, client, origins, time, cancellationToken);
        if (server is null) return TypedResults.ValidationProblem(errors);
        if (!await audit.With(user, "mcp_server.changed", () => store.Save(user.WorkspaceId(), server, request.Authorization, cancellationToken), done => done ? id.ToString() : null, cancellationToken))
            return TypedResults.Conflict();
        return TypedResults.Ok(server);
    }

    internal static async Task<Results<NoContent, NotFound>> Delete(Guid id, ClaimsPrincipal user, McpServerStore store, AuditTrail audit, CancellationToken cancellationToken) =>
        await audit.With(user, "mcp_server.deleted", () => store.Delete(id, user.WorkspaceId(), cancellationToken), done => done ? id.ToString() : null, cancellationToken)
            ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<(McpServer? Server, Dictionary<string, string[]> Errors)> Ask(
        Guid id, McpServerRequest request, McpServer? before, McpServerStore store, McpClient client, AllowedOrigins origins, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = Check(request, before, origins);
        if (errors.Count > 0) return (null, errors);

        IReadOnlyList<OfferedTool> offered;
        try
        {
            var authorization = request.Authorization ?? (before is { HasAuthorization: true } ? await store.Authorization(id, cancellationToken) : null);
            offered = await client.ListTools(new Uri(request.Url!), authorization, cancellationToken);
        }
        catch (McpFaultException fault)
        {
            return (null, new Dictionary<string, string[]> { ["url"] = [$"The server could not be asked for its tools: {fault.Message}."] });
        }

        var (lookUps, automatic) = (request.LookUps ?? [], request.Automatic ?? []);
        foreach (var (field, names) in new[] { ("lookUps", lookUps), ("automatic", automatic) })
        {
            if (names.FirstOrDefault(name => offered.All(tool => tool.Name != name)) is { } unknown)
                errors[field] = [string.Create(CultureInfo.InvariantCulture, $"The server offers no tool {(unknown.Length > 60 ? unknown[..60] : unknown)}.")];
        }
        if (errors.Count > 0) return (null, errors);
        var tools = offered.Select(tool => McpTool.Of(
            request.Name!, tool, lookUps.Contains(tool.Name) ? ToolUses.LookUp : automatic.Contains(tool.Name) ? ToolUses.Automatic : ToolUses.ByPerson));
        return (new McpServer(id, request.Name!, request.Url!, request.Enabled, before is { HasAuthorization: true } || request.Authorization is not null, [.. tools], time.GetUtcNow()), errors);
    }

    private static Dictionary<string, string[]> Check(McpServerRequest request, McpServer? before, AllowedOrigins origins)
    {
        var errors = new Dictionary<string, string[]>();
        var url = Uri.TryCreate(request.Url, UriKind.Absolute, out var given) && request.Url!.Length <= 1_000 && given.Fragment.Length == 0 && origins.Allows(given) ? given : null;
        Wrong(request.Name is null || !ServerName().IsMatch(request.Name), "name", "A lower-case letter, then 1 to 19 of a-z, 0-9 and underscore.");
        Wrong(url is null, "url", "An address at an origin that the configuration allows to tools.");
        Wrong(!HttpToolEndpoints.IsGoodAuthorization(request.Authorization), "authorization", "1 to 2000 characters of ASCII.");
        // A credential is for the host that it was given for.
        Wrong(before is { HasAuthorization: true } && request.Authorization is null && url is not null && new Uri(before.Url).Authority != url.Authority, "authorization", "Needed again for another host.");
        Wrong(!IsGood(request.LookUps), "lookUps", $"Up to {McpClient.MostTools} names of the server's tools.");
        Wrong(!IsGood(request.Automatic) || (request.Automatic ?? []).Intersect(request.LookUps ?? []).Any(), "automatic", $"Up to {McpClient.MostTools} names of the server's tools, none of which only looks.");
        return errors;

        void Wrong(bool wrong, string field, string expected)
        {
            if (wrong) errors.TryAdd(field, [expected]);
        }
    }

    private static bool IsGood(IReadOnlyList<string?>? names) => names is null || names.Count <= McpClient.MostTools && names.All(name => name is { Length: > 0 and <= 200 });

    [GeneratedRegex("^[a-z][a-z0-9_]{1,19}$", RegexOptions.CultureInvariant)]
    private static partial Regex ServerName();
}
