using System.Security.Claims;
using System.Text.RegularExpressions;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.AiService.Tools.Http;

/// <param name="Authorization">The value of the header; never shown again, and kept where it is absent.</param>
internal sealed record HttpToolRequest(
    string? Name, string? Description, string? Method, string? Url, IReadOnlyList<HttpToolParameterRequest?>? Parameters = null, string? Approval = null, bool Enabled = true,
    string? Authorization = null);

internal sealed record HttpToolParameterRequest(string? Name, string? Type, string? Description, bool Required = true, IReadOnlyList<string?>? Allowed = null);

internal sealed record HttpToolList(IReadOnlyList<HttpTool> Items);

internal sealed record ToolProposalList(IReadOnlyList<ToolProposal> Items);

/// <summary>The tools that a workspace gives its assistant, and what they are to do that people decide.</summary>
internal static partial class HttpToolEndpoints
{
    private const int MostParameters = 12;
    private const int MostAllowed = 30;

    public static void MapHttpTools(this IEndpointRouteBuilder app)
    {
        var tools = app.MapGroup("/api/v1/ai/tools").RequireAuthorization(Policies.Admin);
        tools.MapGet("/", List).WithName("ListHttpTools").WithSummary("The tools that the workspace defined");
        tools.MapPost("/", Create).WithName("CreateHttpTool").WithSummary("Define a tool");
        tools.MapPut("/{id:guid}", Update).WithName("UpdateHttpTool").WithSummary("Define a tool anew");
        tools.MapDelete("/{id:guid}", Delete).WithName("DeleteHttpTool").WithSummary("Remove a tool and what it was proposed for");

        var proposals = app.MapGroup("/api/v1/ai/tool_proposals").RequireAuthorization(Policies.Agent);
        proposals.MapGet("/", ListProposals).WithName("ListToolProposals").WithSummary("What the assistant wants to have done");
        proposals.MapPost("/{id:guid}/approve", Approve).WithName("ApproveToolProposal").WithSummary("Have it done, once");
        proposals.MapPost("/{id:guid}/reject", Reject).WithName("RejectToolProposal").WithSummary("Have it left");
    }

    internal static async Task<Ok<HttpToolList>> List(ClaimsPrincipal user, HttpToolStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new HttpToolList(await store.List(user.WorkspaceId(), cancellationToken)));

    internal static async Task<Results<Created<HttpTool>, ValidationProblem, Conflict>> Create(
        HttpToolRequest request, ClaimsPrincipal user, HttpToolStore store, AllowedOrigins origins, IEnumerable<ITool> builtIn, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(request, origins, builtIn) is { Count: > 0 } errors) return TypedResults.ValidationProblem(errors);
        var now = time.GetUtcNow();
        var tool = Of(Guid.CreateVersion7(now), request, hadAuthorization: false, now);
        return await store.Save(user.WorkspaceId(), tool, request.Authorization, cancellationToken)
            ? TypedResults.Created($"/api/v1/ai/tools/{tool.Id}", tool) : TypedResults.Conflict();
    }

    internal static async Task<Results<Ok<HttpTool>, ValidationProblem, NotFound, Conflict>> Update(
        Guid id, HttpToolRequest request, ClaimsPrincipal user, HttpToolStore store, AllowedOrigins origins, IEnumerable<ITool> builtIn, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await store.Find(id, user.WorkspaceId(), cancellationToken) is not { } before) return TypedResults.NotFound();
        if (Check(request, origins, builtIn) is { Count: > 0 } errors) return TypedResults.ValidationProblem(errors);
        // A credential is for the host that it was given for.
        if (before.HasAuthorization && request.Authorization is null && new Uri(before.Url).Authority != new Uri(request.Url!).Authority)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["authorization"] = ["Needed again for another host."] });
        var tool = Of(id, request, before.HasAuthorization, time.GetUtcNow());
        return await store.Save(user.WorkspaceId(), tool, request.Authorization, cancellationToken) ? TypedResults.Ok(tool) : TypedResults.Conflict();
    }

    internal static async Task<Results<NoContent, NotFound>> Delete(Guid id, ClaimsPrincipal user, HttpToolStore store, CancellationToken cancellationToken) =>
        await store.Delete(id, user.WorkspaceId(), cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    internal static async Task<Ok<ToolProposalList>> ListProposals(ClaimsPrincipal user, ToolProposals proposals, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ToolProposalList(await proposals.List(user.WorkspaceId(), cancellationToken)));

    internal static async Task<Results<Ok<ToolProposal>, NotFound, Conflict>> Approve(
        Guid id, ClaimsPrincipal user, ToolProposals proposals, CancellationToken cancellationToken)
    {
        if (await proposals.Find(id, user.WorkspaceId(), cancellationToken) is not { } proposal) return TypedResults.NotFound();
        if (!await proposals.Approve(proposal, user.WorkspaceId(), user.Id(), cancellationToken)) return TypedResults.Conflict();
        return TypedResults.Ok((await proposals.Find(id, user.WorkspaceId(), CancellationToken.None))!);
    }

    internal static async Task<Results<NoContent, NotFound, Conflict>> Reject(Guid id, ClaimsPrincipal user, ToolProposals proposals, CancellationToken cancellationToken)
    {
        if (await proposals.Find(id, user.WorkspaceId(), cancellationToken) is null) return TypedResults.NotFound();
        return await proposals.Reject(id, user.WorkspaceId(), user.Id(), cancellationToken) ? TypedResults.NoContent() : TypedResults.Conflict();
    }

    private static HttpTool Of(Guid id, HttpToolRequest request, bool hadAuthorization, DateTimeOffset now) => new(
        id, request.Name!, StorableText.From(request.Description!), request.Method!, request.Url!,
        [.. (request.Parameters ?? []).Select(parameter => new HttpToolParameter(
            parameter!.Name!, parameter.Type!, StorableText.From(parameter.Description!), parameter.Required, parameter.Allowed is { Count: > 0 } allowed ? [.. allowed.Select(value => StorableText.From(value!))] : null))],
        request.Approval ?? ToolUses.ByPerson, request.Enabled, hadAuthorization || request.Authorization is not null, now);

    private static Dictionary<string, string[]> Check(HttpToolRequest request, AllowedOrigins origins, IEnumerable<ITool> builtIn)
    {
        var errors = new Dictionary<string, string[]>();
        Wrong(request.Name is null || !ToolName().IsMatch(request.Name), "name", "A lower-case letter, then 2 to 39 of a-z, 0-9 and underscore.");
        Wrong(builtIn.Any(tool => tool.Definition.Name == request.Name), "name", "A tool of the assistant's own has this name.");
        Wrong(string.IsNullOrWhiteSpace(request.Description) || request.Description.Length > 500, "description", "1 to 500 characters.");
        Wrong(request.Method is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE"), "method", "GET, POST, PUT, PATCH or DELETE.");
        Wrong(request.Approval is not (null or ToolUses.Automatic or ToolUses.ByPerson), "approval", "automatic or person.");
        Wrong(!IsGoodAuthorization(request.Authorization), "authorization", "1 to 2000 characters of ASCII.");

        var parameters = request.Parameters ?? [];
        Wrong(
            parameters.Count > MostParameters || parameters.Any(parameter => !IsGood(parameter)) || parameters.Select(parameter => parameter?.Name).Distinct().Count() < parameters.Count,
            "parameters", $"At most {MostParameters}, each with a name of its own (letters, digits, underscore), a type (text, integer, amount or flag) and a description of 1 to 300 characters; a text may have up to {MostAllowed} allowed values.");
        Wrong(!IsGood(request.Url, parameters, origins), "url", "An address at an origin that the configuration allows to tools, with names of required parameters in braces behind the host.");
        return errors;

        void Wrong(bool wrong, string field, string expected)
        {
            if (wrong) errors.TryAdd(field, [expected]);
        }
    }

    public static bool IsGoodAuthorization(string? value) => value is null || value.Length is > 0 and <= 2_000 && value.All(letter => letter is >= ' ' and <= '~');

    private static bool IsGood(HttpToolParameterRequest? parameter) =>
        parameter is { Name: { } name, Type: { } type, Description: { } description }
        && ParameterName().IsMatch(name) && HttpToolParameter.Types.Contains(type) && !string.IsNullOrWhiteSpace(description) && description.Length <= 300
        && (parameter.Allowed is null || type == "text" && parameter.Allowed.Count <= MostAllowed && parameter.Allowed.All(value => value is { Length: > 0 and <= 200 }));

    private static bool IsGood(string? url, IReadOnlyList<HttpToolParameterRequest?> parameters, AllowedOrigins origins)
    {
        if (url is null || url.Length > 1_000) return false;
        var places = HttpToolAddress.Names(url);
        // An address with an example in each place: what is allowed is decided by the host, and no place is in it.
        var example = places.Aggregate(url, (text, name) => text.Replace($"{{{name}}}", "x", StringComparison.Ordinal));
        return Uri.TryCreate(example, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0 && !example.AsSpan().ContainsAny('{', '}') && origins.Allows(uri)
            && url.StartsWith(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            && places.All(name => parameters.Any(parameter => parameter is { Required: true } && parameter.Name == name));
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{2,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex ToolName();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
