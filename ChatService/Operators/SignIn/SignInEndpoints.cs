using System.Security.Claims;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Operators.TwoFactor;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChatService.Operators.SignIn;

/// <param name="Code">Of the authenticator, where the operator has a second factor.</param>
internal sealed record LoginRequest(string? Email, string? Password, string? Code);

internal sealed record LoginResponse(string AccessToken, DateTimeOffset ExpiresAt, OperatorView User);

internal static class SignInEndpoints
{
    private const int MaxCode = 16;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth");
        auth.MapPost("/login", Login);
        auth.MapPost("/refresh", Refresh);
        auth.MapPost("/logout", Logout);
        auth.MapPost("/logout_everywhere", LogoutEverywhere).RequireAuthorization(Policies.Viewer);
        auth.MapGet("/me", Me).RequireAuthorization(Policies.Viewer);
    }

    private static async Task<IResult> Login(
        LoginRequest request, HttpContext http, OperatorStore operators, Passwords passwords, TotpStore totp, Lockout lockout, Logins logins,
        ITokenIssuer tokens, RefreshCookie cookie, AuditLog audit, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (request is not { Email.Length: > 0 and <= Input.MaxEmail, Password.Length: > 0 and <= Passwords.MaxLength }
            || Input.HasControl(request.Email))
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["email"] = ["E-mail and password are needed."] });
        }

        var address = Address(http);
        if (await lockout.Attempt(request.Email, address, cancellationToken) is { } wait) return SignInProblems.Locked(http.Response, wait);

        var person = await operators.FindByEmail(request.Email, cancellationToken);
        if (!passwords.IsRight(person, request.Password))
        {
            if (person is not null) await audit.Add(person.WorkspaceId, null, null, "login.failed", person.Id, null, cancellationToken);
            return TypedResults.Problem("E-mail or password is wrong.", statusCode: StatusCodes.Status401Unauthorized);
        }

        if (await totp.IsNeeded(person!.Id, cancellationToken)
            && (request.Code is not { Length: > 0 and <= MaxCode } code || !await totp.Use(person.Id, code, cancellationToken)))
        {
            await audit.Add(person.WorkspaceId, null, null, "login.failed", person.Id, "code", cancellationToken);
            return TypedResults.Problem(
                "The code of your authenticator is needed.", statusCode: StatusCodes.Status401Unauthorized, type: SignInProblems.CodeNeeded);
        }

        await lockout.Clear(request.Email, address, cancellationToken);
        var login = await logins.Begin(person, cancellationToken);
        await audit.Add(person.WorkspaceId, person.Id, login.LoginId, "login.succeeded", person.Id, null, cancellationToken);
        cookie.Write(http.Response, login);
        return TypedResults.Ok(Answer(person, login, tokens));
    }

    private static async Task<IResult> Refresh(
        HttpContext http, OwnOrigin origin, Logins logins, OperatorStore operators, ITokenIssuer tokens, RefreshCookie cookie,
        CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!origin.Sent(http.Request)) return Strange();
        if (await logins.Refresh(cookie.Read(http.Request), cancellationToken) is not { } login
            || await operators.Find(login.WorkspaceId, login.OperatorId, cancellationToken) is not { } person)
        {
            cookie.Delete(http.Response);
            return TypedResults.Problem("Sign in again.", statusCode: StatusCodes.Status401Unauthorized);
        }

        cookie.Write(http.Response, login);
        return TypedResults.Ok(Answer(person, login, tokens));
    }

    private static async Task<IResult> Logout(
        HttpContext http, OwnOrigin origin, Logins logins, RefreshCookie cookie, CancellationToken cancellationToken)
    {
        if (!origin.Sent(http.Request)) return Strange();
        await logins.End(cookie.Read(http.Request), cancellationToken);
        cookie.Delete(http.Response);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> LogoutEverywhere(
        ClaimsPrincipal user, HttpContext http, TotpStore totp, Logins logins, RefreshCookie cookie, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!await totp.IsSignedIn(user.Id(), user.LoginId(), cancellationToken)) return SignInProblems.NotAKey();
        await logins.EndAll(user.Id(), cancellationToken);
        await audit.Add(user, "login.ended_everywhere", user.Id(), null, cancellationToken);
        cookie.Delete(http.Response);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Me(ClaimsPrincipal user, OperatorStore operators, CancellationToken cancellationToken) =>
        await operators.Find(user.WorkspaceId(), user.Id(), cancellationToken) is { DisabledAt: null } person
            ? TypedResults.Ok(person.View())
            : TypedResults.Problem("Sign in again.", statusCode: StatusCodes.Status401Unauthorized);

    private static LoginResponse Answer(Operator person, Refreshed login, ITokenIssuer tokens)
    {
        var access = tokens.IssueOperator(person.Id, person.WorkspaceId, person.Role, person.Name, login.LoginId);
        return new LoginResponse(access.Token, access.ExpiresAt, person.View());
    }

    private static ProblemHttpResult Strange() =>
        TypedResults.Problem("This page may not do that.", statusCode: StatusCodes.Status403Forbidden);

    // Only the gateway reaches us, and it says who called it.
    private static string Address(HttpContext http) =>
        http.Request.Headers["X-Forwarded-For"] is [{ Length: > 0 and <= 64 } forwarded] ? forwarded : $"{http.Connection.RemoteIpAddress}";
}
