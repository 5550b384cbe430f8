using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assistify.ServiceDefaults.Tokens;

/// <summary>Registers bearer authentication and the policies.</summary>
public static class TokenAuthentication
{
    public const string Scheme = "Bearer";

    /// <summary>Bearer tokens by ChatService's public keys, and <see cref="Policies"/>. Calling it again changes nothing.</summary>
    public static void AddTokens(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(TokenAuthenticationHandler))) return;

        builder.Services.AddTokenValidation();
        builder.Services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(Scheme, null);
        builder.Services.AddAuthorization(Policies.Add);
    }

    /// <summary>The validator alone, for the gateway, which has no endpoints of its own to protect.</summary>
    public static void AddTokenValidation(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITokenKeys, RemoteTokenKeys>();
        services.TryAddSingleton<TokenValidator>();
    }

    /// <summary>The bearer token of a request: from the header, on hubs (where browsers cannot set one) also from the query.</summary>
    public static ReadOnlySpan<char> Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization is [{ } single] ? single : null;
        if (header is not null && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header.AsSpan("Bearer ".Length).Trim();

        return request.Path.StartsWithSegments("/hubs") && request.Query["access_token"] is [{ } query] ? query : default;
    }
}

internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenValidator tokens,
    IProblemDetailsService problems)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private bool _given;
    private bool _unavailable;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var bearer = TokenAuthentication.Bearer(Request);
        if (bearer.IsEmpty) return AuthenticateResult.NoResult();

        _given = true;
        if (tokens.Recall(bearer) is { } known) return Success(known);
        try
        {
            var token = bearer.ToString();
            return await tokens.Validate(token, Context.RequestAborted) is { } validated
                ? Success(validated)
                : AuthenticateResult.Fail("The token is not valid.");
        }
        catch (TokenKeysUnavailableException exception)
        {
            _unavailable = true;
            return AuthenticateResult.Fail(exception);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_unavailable)
        {
            Response.Headers.RetryAfter = "2";
            await Problem(StatusCodes.Status503ServiceUnavailable, "Tokens cannot be checked at the moment.");
            return;
        }

        Response.Headers.WWWAuthenticate = _given ? "Bearer error=\"invalid_token\"" : "Bearer";
        await Problem(StatusCodes.Status401Unauthorized, _given ? "The token is not valid or has ended." : "A bearer token is needed.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem(StatusCodes.Status403Forbidden, "Your role does not allow this.");

    private AuthenticateResult Success(ValidatedToken token) =>
        AuthenticateResult.Success(new AuthenticationTicket(token.Principal, Scheme.Name));

    private async Task Problem(int status, string detail)
    {
        Response.StatusCode = status;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = Context,
            ProblemDetails = new ProblemDetails { Status = status, Detail = detail },
        });
    }
}
