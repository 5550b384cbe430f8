using System.Security.Claims;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Operators.SignIn;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChatService.Operators.Users;

internal sealed record CreateUserRequest(string? Email, string? Name, string? Role, string? Password);

/// <summary>Absent fields stay as they are.</summary>
internal sealed record UpdateUserRequest(string? Name, string? Role, string? Password, bool? Disabled);

internal sealed record UserList(IReadOnlyList<OperatorView> Items);

/// <summary>Admins manage everybody below owner; only owners make, change or remove owners.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/api/users");
        // Agents assign conversations to each other, so they see who there is.
        users.MapGet("/", List).RequireAuthorization(Policies.Agent);
        users.MapGet("/{id:guid}", Get).RequireAuthorization(Policies.Agent);
        users.MapPost("/", Create).RequireAuthorization(Policies.Admin);
        users.MapPatch("/{id:guid}", Update).RequireAuthorization(Policies.Admin);
        users.MapPut("/{id:guid}", Update).RequireAuthorization(Policies.Admin);
        users.MapPost("/{id:guid}/disable", (Guid id, ClaimsPrincipal user, OperatorStore operators, Passwords passwords, AuditLog audit, CancellationToken cancellationToken) =>
            Update(id, new UpdateUserRequest(null, null, null, true), user, operators, passwords, audit, cancellationToken)).RequireAuthorization(Policies.Admin);
        users.MapPost("/{id:guid}/enable", (Guid id, ClaimsPrincipal user, OperatorStore operators, Passwords passwords, AuditLog audit, CancellationToken cancellationToken) =>
            Update(id, new UpdateUserRequest(null, null, null, false), user, operators, passwords, audit, cancellationToken)).RequireAuthorization(Policies.Admin);
        users.MapDelete("/{id:guid}", Delete).RequireAuthorization(Policies.Admin);
    }

    private static async Task<IResult> List(ClaimsPrincipal user, OperatorStore operators, CancellationToken cancellationToken) =>
        TypedResults.Ok(new UserList([.. (await operators.List(user.WorkspaceId(), cancellationToken)).Select(person => person.View())]));

    private static async Task<IResult> Get(Guid id, ClaimsPrincipal user, OperatorStore operators, CancellationToken cancellationToken) =>
        await operators.Find(user.WorkspaceId(), id, cancellationToken) is { } person ? TypedResults.Ok(person.View()) : TypedResults.NotFound();

    private static async Task<IResult> Create(
        CreateUserRequest request, ClaimsPrincipal user, OperatorStore operators, Passwords passwords, AuditLog audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        errors.Email(request.Email);
        errors.Name(request.Name);
        errors.Role(request.Role);
        errors.Password(request.Password);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        if (!user.IsAtLeast(request.Role!)) return Beyond();

        var now = time.GetUtcNow();
        var person = new Operator(
            Guid.CreateVersion7(now), user.WorkspaceId(), OperatorStore.Normalize(request.Email!), request.Name!.Trim(), request.Role!,
            passwords.Hash(request.Password!), null, now);
        if (!await operators.Add(person, cancellationToken))
            return TypedResults.Problem("This e-mail is taken.", statusCode: StatusCodes.Status409Conflict);

        await audit.Add(user, "user.created", person.Id, $"role: {person.Role}", cancellationToken);
        return TypedResults.Created($"/api/users/{person.Id}", person.View());
    }

    private static async Task<IResult> Update(
        Guid id, UpdateUserRequest request, ClaimsPrincipal user, OperatorStore operators, Passwords passwords, AuditLog audit,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.Name is not null) errors.Name(request.Name);
        if (request.Role is not null) errors.Role(request.Role);
        if (request.Password is not null) errors.Password(request.Password);
        if (errors.Count > 0) return TypedResults.ValidationProblem(errors);
        if (await operators.Find(user.WorkspaceId(), id, cancellationToken) is not { } person) return TypedResults.NotFound();
        if (!user.IsAtLeast(person.Role) || (request.Role is not null && !user.IsAtLeast(request.Role))) return Beyond();

        var role = request.Role == person.Role ? null : request.Role;
        var hash = request.Password is null ? null : passwords.Hash(request.Password);
        var change = await operators.Update(user.WorkspaceId(), id, request.Name?.Trim(), role, hash, request.Disabled, cancellationToken);
        if (change != Change.Done) return Refused(change);

        if (role is not null) await audit.Add(user, "user.role_changed", id, $"role: {role}", cancellationToken);
        if (hash is not null) await audit.Add(user, "user.password_changed", id, null, cancellationToken);
        if (request.Disabled is { } disabled && disabled != person.DisabledAt is not null)
            await audit.Add(user, disabled ? "user.disabled" : "user.enabled", id, null, cancellationToken);
        return await operators.Find(user.WorkspaceId(), id, cancellationToken) is { } changed ? TypedResults.Ok(changed.View()) : TypedResults.NotFound();
    }

    private static async Task<IResult> Delete(
        Guid id, ClaimsPrincipal user, OperatorStore operators, AuditLog audit, CancellationToken cancellationToken)
    {
        if (await operators.Find(user.WorkspaceId(), id, cancellationToken) is not { } person) return TypedResults.NotFound();
        if (!user.IsAtLeast(person.Role)) return Beyond();
        var change = await operators.Delete(user.WorkspaceId(), id, cancellationToken);
        if (change != Change.Done) return Refused(change);

        await audit.Add(user, "user.deleted", id, $"role: {person.Role}", cancellationToken);
        return TypedResults.NoContent();
    }

    private static IResult Refused(Change change) => change == Change.LastOwner
        ? TypedResults.Problem("The workspace needs an owner who can sign in.", statusCode: StatusCodes.Status409Conflict)
        : TypedResults.NotFound();

    private static ProblemHttpResult Beyond() => TypedResults.Problem("Only an owner may do that to an owner.", statusCode: StatusCodes.Status403Forbidden);
}
