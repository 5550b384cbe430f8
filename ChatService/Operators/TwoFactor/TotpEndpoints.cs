using System.Security.Claims;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Operators.SignIn;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChatService.Operators.TwoFactor;

/// <param name="OtpauthUrl">The same for an authenticator app, to be shown as a QR code.</param>
internal sealed record EnrolledTotp(string Secret, string OtpauthUrl);

internal sealed record TotpCodeRequest(string? Code);

/// <param name="Enabled">Asked for at sign-in.</param>
internal sealed record TotpState(bool Enabled);

/// <summary>An operator's own second factor: enrolled, confirmed with a first code, from then on needed to sign in.</summary>
internal static class TotpEndpoints
{
    private const string Issuer = "Assistify";
    private const int MaxCode = 16;

    public static void MapTotp(this IEndpointRouteBuilder app)
    {
        var totp = app.MapGroup("/api/auth/totp").RequireAuthorization(Policies.Viewer);
        totp.MapGet("/", State);
        totp.MapPost("/enroll", Enroll);
        totp.MapPost("/confirm", Confirm);
        totp.MapPost("/disable", Disable);
    }

    private static async Task<IResult> State(ClaimsPrincipal user, TotpStore totp, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TotpState(await totp.IsNeeded(user.Id(), cancellationToken)));

    private static async Task<IResult> Enroll(
        ClaimsPrincipal user, HttpResponse response, TotpStore totp, OperatorStore operators, AuditLog audit, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        if (!await totp.IsSignedIn(user.Id(), user.LoginId(), cancellationToken)) return SignInProblems.NotAKey();
        if (await operators.Find(user.WorkspaceId(), user.Id(), cancellationToken) is not { } person) return TypedResults.NotFound();
        if (await totp.Enroll(person.Id, cancellationToken) is not { } secret)
            return TypedResults.Problem("A second factor is in use; disable it first.", statusCode: StatusCodes.Status409Conflict);

        await audit.Add(user, "totp.enrolled", person.Id, null, cancellationToken);
        var text = TotpCode.ToBase32(secret);
        return TypedResults.Ok(new EnrolledTotp(
            text, $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(person.Email)}?secret={text}&issuer={Issuer}&algorithm=SHA1&digits=6&period=30"));
    }

    private static async Task<IResult> Confirm(
        TotpCodeRequest request, ClaimsPrincipal user, HttpContext http, TotpStore totp, Lockout lockout, AuditLog audit, CancellationToken cancellationToken) =>
        await Use(request, user, http, totp, lockout, audit, totp.Confirm, "totp.enabled", cancellationToken);

    private static async Task<IResult> Disable(
        TotpCodeRequest request, ClaimsPrincipal user, HttpContext http, TotpStore totp, Lockout lockout, AuditLog audit, CancellationToken cancellationToken) =>
        await Use(request, user, http, totp, lockout, audit, totp.Disable, "totp.disabled", cancellationToken);

    private static async Task<IResult> Use(
        TotpCodeRequest request, ClaimsPrincipal user, HttpContext http, TotpStore totp, Lockout lockout, AuditLog audit,
        Func<Guid, string, CancellationToken, Task<bool>> use, string action, CancellationToken cancellationToken)
    {
        if (!await totp.IsSignedIn(user.Id(), user.LoginId(), cancellationToken)) return SignInProblems.NotAKey();
        if (request.Code is not { Length: > 0 and <= MaxCode } code) return Wrong();

        // Six digits are soon guessed: wrong ones cost waits, as wrong passwords do.
        var who = $"totp/{user.Id()}";
        if (await lockout.Attempt(who, "", cancellationToken) is { } wait) return SignInProblems.Locked(http.Response, wait);
        if (!await use(user.Id(), code, cancellationToken)) return Wrong();

        await lockout.Clear(who, "", cancellationToken);
        await audit.Add(user, action, user.Id(), null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static ValidationProblem Wrong() =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["code"] = ["The code is wrong, was used, or none is expected."] });
}
