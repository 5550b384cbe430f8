using System.Security.Claims;
using Assistify.ChatService.Operators.Audit;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Operators.ApiKeys;

/// <param name="ExpiresAt">At most a year ahead; 90 days where it is absent.</param>
internal sealed record CreateApiKeyRequest(string? Name, string? Role, DateTimeOffset? ExpiresAt);

/// <param name="Key">Shown this once.</param>
internal sealed record CreatedApiKey(Guid Id, string Name, string Prefix, string Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string Key);

internal sealed record ApiKeyList(IReadOnlyList<ApiKey> Items);

internal sealed record ExchangeRequest(string? Key);

internal sealed record ExchangeResponse(string AccessToken, DateTimeOffset ExpiresAt);

internal static class ApiKeyEndpoints
{
    private const int MaxLength = 200;
    private static readonly TimeSpan s_usualLifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan s_longestLifetime = TimeSpan.FromDays(366);

    public static void MapApiKeys(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/api/api_keys").RequireAuthorization(Policies.Admin);
        keys.MapGet("/", List);
        keys.MapPost("/", Create);
        keys.MapDelete("/{id:guid}", Revoke);
        // For the gateway, which lets nobody else through to it.
        app.MapPost("/internal/api_keys/exchange", Exchange);
    }

    private static async Task<IResult> List(ClaimsPrincipal user, ApiKeyStore keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ApiKeyList(await keys.List(user.WorkspaceId(), cancellationToken)));

    private static async Task<IResult> Create(
        CreateApiKeyRequest request, ClaimsPrincipal user, ApiKeyStore keys, AuditLog audit, TimeProvider time, HttpResponse response,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var expiresAt = request.ExpiresAt?.ToUniversalTime() ?? now + s_usualLifetime;
        var errors = new Dictionary<string, string[]>();
        errors.Name(request.Name);
        errors.Role(request.Role);
        if (expiresAt <= now || expiresAt > now + s_longestLifetime) errors["expiresAt"] = ["Must be in the future and at most a year ahead."];
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        if (!user.IsAtLeast(request.Role!))
            return TypedResults.Problem("A key's role is no higher than yours.", statusCode: StatusCodes.Status403Forbidden);

        var (key, secret) = await keys.Add(user.WorkspaceId(), user.Id(), request.Name!.Trim(), request.Role!, expiresAt, cancellationToken);
        await audit.Add(user, "api_key.created", key.Id, $"role: {key.Role}", cancellationToken);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            $"/api/api_keys/{key.Id}", new CreatedApiKey(key.Id, key.Name, key.Prefix, key.Role, key.CreatedAt, key.ExpiresAt, secret));
    }

    private static async Task<IResult> Revoke(
        Guid id, ClaimsPrincipal user, ApiKeyStore keys, AuditLog audit, CancellationToken cancellationToken)
    {
        if (await keys.FindRole(user.WorkspaceId(), id, cancellationToken) is not { } role) return TypedResults.NotFound();
        if (!user.IsAtLeast(role))
            return TypedResults.Problem("This key's role is higher than yours.", statusCode: StatusCodes.Status403Forbidden);

        await keys.Revoke(user.WorkspaceId(), id, cancellationToken);
        await audit.Add(user, "api_key.revoked", id, null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Exchange(
        ExchangeRequest request, ApiKeyStore keys, ITokenIssuer tokens, CancellationToken cancellationToken)
    {
        if (request.Key is not { Length: > 0 and <= MaxLength } secret || await keys.Use(secret, cancellationToken) is not { } holder)
            return TypedResults.Problem("There is no such key.", statusCode: StatusCodes.Status401Unauthorized);

        var issued = tokens.IssueOperator(holder.OperatorId, holder.WorkspaceId, holder.Role, holder.Name, holder.KeyId);
        return TypedResults.Ok(new ExchangeResponse(issued.Token, issued.ExpiresAt));
    }
}
