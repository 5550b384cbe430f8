using Assistify.Gateway.Edge;
using Assistify.Gateway.Limits;
using Assistify.Gateway.Proxy;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.Features;

namespace Assistify.Gateway.Access;

/// <summary>
/// Decides whether a request may go on to its service: body size, then rate limit, then token. A token that was checked in the last
/// 30 s brings its allowance along, so the usual request takes two lookups, no allocation and no waiting.
/// </summary>
/// <remarks>
/// The limit comes before the check of the token, so it must not trust it: a web customer's allowance belongs to the token's own text,
/// and an operator's to the person only once the token was found good; until then it, too, belongs to the text. A forged token
/// therefore uses up nothing but its own allowance.
/// </remarks>
internal sealed class Admission(
    RequestDelegate next, RateLimiter limiter, TokenValidator tokens, ApiKeys apiKeys, BadTokens badTokens, LimitOptions limits)
{
    private readonly Rate _operator = Rate.PerSecond(limits.OperatorPerSecond);
    private readonly Rate _customer = Rate.PerSecond(limits.CustomerPerSecond);
    private readonly Rate _anonymous = Rate.PerSecond(limits.AnonymousPerSecond);
    private readonly Rate _sessions = Rate.PerMinute(limits.SessionsPerMinutePerAddress);
    private readonly Rate _logins = Rate.PerMinute(limits.LoginsPerMinutePerAddress);

    public Task Invoke(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RouteRule>() is not { } rule)
        {
            // Not even a scraper on a trusted proxy's address reads the metrics through the public door.
            return context.Request.Path.StartsWithSegments("/metrics") && !context.IsDirectFromLoopback()
                ? Problems.Write(context, StatusCodes.Status404NotFound, "There is nothing here.")
                : next(context);
        }

        if (context.Request.ContentLength is not { } length)
            BoundedBody.Apply(context, rule.MaxBody);
        else if (length > rule.MaxBody)
            return BoundedBody.Refuse(context);
        else if (length > Listeners.OrdinaryBody && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = rule.MaxBody;

        if (rule.Limit == Limit.None) return next(context);

        if (rule.Limit == Limit.Principal)
        {
            var bearer = TokenAuthentication.Bearer(context.Request);
            if (!bearer.IsEmpty && tokens.Recall(bearer) is { Companion: Allowance allowance } && allowance.TryTake()) return next(context);
        }

        return Decide(context, rule);
    }

    private async Task Decide(HttpContext context, RouteRule rule)
    {
        var bearer = TokenAuthentication.Bearer(context.Request).ToString();
        var known = Recall(bearer);
        var charged = Of(context, rule, bearer, known);
        if (await charged.Take(context.RequestAborted) is { } wait)
        {
            await TooMany(context, wait);
            return;
        }

        if (rule.Limit == Limit.Principal || bearer.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal))
        {
            if (bearer.Length == 0)
            {
                await Unauthorized(context, given: false);
                return;
            }

            if (!await Authenticate(context, bearer, known, charged)) return;
        }

        await next(context);
    }

    private Allowance Of(HttpContext context, RouteRule rule, string bearer, ValidatedToken? known)
    {
        var address = context.Connection.RemoteIpAddress;
        return rule.Limit switch
        {
            Limit.Sessions => limiter.ForAddress("sessions", address, _sessions),
            Limit.Logins => limiter.ForAddress("logins", address, _logins),
            Limit.Principal when known?.Companion is Allowance own => own,
            Limit.Principal when bearer.Length > 0 => limiter.ForBearer(bearer, UnverifiedRole.IsCustomer(bearer) ? _customer : _operator),
            _ => limiter.ForAddress("anonymous", address, _anonymous),
        };
    }

    private ValidatedToken? Recall(string bearer) => bearer switch
    {
        "" => null,
        _ when bearer.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal) => apiKeys.Recall(bearer)?.Token,
        _ => tokens.Recall(bearer),
    };

    /// <returns>False: the request was answered.</returns>
    private async Task<bool> Authenticate(HttpContext context, string bearer, ValidatedToken? known, Allowance charged)
    {
        var address = context.Connection.RemoteIpAddress;
        if (known is null && badTokens.TooMany(address))
        {
            await TooMany(context, TimeSpan.FromSeconds(1));
            return false;
        }

        try
        {
            var token = await Validate(context, bearer);
            if (token is null)
            {
                badTokens.Add(address);
                await Unauthorized(context, given: true);
                return false;
            }

            if (token.Companion is not Allowance own)
                token.Companion = own = token.IsCustomer ? limiter.ForBearer(bearer, _customer) : limiter.ForOperator(token.Subject, _operator);

            // Now that we know who it is, the person's allowance counts, also for this request.
            if (own == charged || await own.Take(context.RequestAborted) is not { } wait) return true;
            await TooMany(context, wait);
            return false;
        }
        catch (TokenKeysUnavailableException)
        {
            await Problems.Write(
                context, StatusCodes.Status503ServiceUnavailable, "Tokens cannot be checked at the moment.", TimeSpan.FromSeconds(2));
            return false;
        }
    }

    private async ValueTask<ValidatedToken?> Validate(HttpContext context, string bearer)
    {
        if (!bearer.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal)) return await tokens.Validate(bearer, context.RequestAborted);

        var exchanged = await apiKeys.Exchange(bearer, context.RequestAborted);
        if (exchanged.Token is not null) context.Request.Headers.Authorization = exchanged.Authorization;
        return exchanged.Token;
    }

    private static Task TooMany(HttpContext context, TimeSpan wait) =>
        Problems.Write(context, StatusCodes.Status429TooManyRequests, "Too many requests; come back later.", wait);

    private static Task Unauthorized(HttpContext context, bool given)
    {
        context.Response.Headers.WWWAuthenticate = given ? "Bearer error=\"invalid_token\"" : "Bearer";
        return Problems.Write(
            context, StatusCodes.Status401Unauthorized, given ? "The token is not valid or has ended." : "A bearer token is needed.");
    }
}
