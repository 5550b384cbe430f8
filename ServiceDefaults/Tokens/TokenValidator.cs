using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assistify.ServiceDefaults.Tokens;

/// <summary>A token that was checked; shared by all requests that bring it while it is remembered.</summary>
public sealed class ValidatedToken
{
    internal ValidatedToken(ClaimsPrincipal principal, DateTimeOffset expiresAt, DateTimeOffset rememberedUntil)
    {
        Principal = principal;
        ExpiresAt = expiresAt;
        RememberedUntil = rememberedUntil;
        IsCustomer = principal.IsCustomer();
        Subject = principal.Id();
    }

    public ClaimsPrincipal Principal { get; }

    public Guid Subject { get; }

    public bool IsCustomer { get; }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Whatever the validator's user wants to find again with this token without another lookup.</summary>
    public object? Companion { get; set; }

    internal DateTimeOffset RememberedUntil { get; }
}

/// <summary>
/// Checks access tokens (ES256). Checking costs some 70 µs, so a good token is remembered for up to 30 s, and never past its end.
/// </summary>
public sealed class TokenValidator(ITokenKeys keys, TimeProvider time)
{
    private const int MaxLength = 4096;
    private const int Remembered = 20_000;
    private static readonly TimeSpan s_rememberFor = TimeSpan.FromSeconds(30);

    // A machine's clock may be a little ahead of ours.
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(5);

    private static readonly JsonWebTokenHandler s_handler = new();

    private readonly RecentTokens<ValidatedToken> _recent = new(Remembered);

    /// <summary>The fast path: a token that was found good a moment ago.</summary>
    public ValidatedToken? Recall(ReadOnlySpan<char> token) =>
        _recent.TryGet(token, out var known) && time.GetUtcNow() < known.RememberedUntil ? known : null;

    /// <returns>Null where the token is not a good one, whatever the reason.</returns>
    /// <exception cref="TokenKeysUnavailableException">It cannot be said now.</exception>
    public async ValueTask<ValidatedToken?> Validate(string token, CancellationToken cancellationToken)
    {
        if (Recall(token) is { } known) return known;
        if (Read(token) is not { } unverified) return null;
        if (await keys.Find(unverified.Kid, cancellationToken) is not { } key) return null;

        var result = s_handler.ValidateToken(token, new TokenValidationParameters
        {
            ValidIssuer = TokenIssuer.Issuer,
            ValidAudience = TokenIssuer.Issuer,
            IssuerSigningKey = key.SecurityKey,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            CryptoProviderFactory = key.SecurityKey.CryptoProviderFactory,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken verified || Principal(verified) is not { } principal)
            return null;

        var now = time.GetUtcNow();
        var expiresAt = new DateTimeOffset(DateTime.SpecifyKind(verified.ValidTo, DateTimeKind.Utc));
        var rememberedUntil = now + s_rememberFor < expiresAt ? now + s_rememberFor : expiresAt;
        var validated = new ValidatedToken(principal, expiresAt, rememberedUntil);
        _recent.Set(token, validated);
        return validated;
    }

    private static JsonWebToken? Read(string token)
    {
        if (token.Length is 0 or > MaxLength) return null;
        try
        {
            var unverified = new JsonWebToken(token);
            // The algorithm is ours, not the token's: "none" and symmetric ones never get as far as a key.
            return unverified.Alg == SecurityAlgorithms.EcdsaSha256 && !string.IsNullOrEmpty(unverified.Kid) ? unverified : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library reports malformed text by exceptions of many kinds, its own JSON reader's among them.
            return null;
        }
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now && (notBefore is null || notBefore <= now + s_skew);
    }

    private static ClaimsPrincipal? Principal(JsonWebToken token)
    {
        var claims = token.Claims
            .Where(claim => claim.Type is TokenClaims.Subject or TokenClaims.Workspace or TokenClaims.Role or TokenClaims.Name
                or TokenClaims.Conversation or TokenClaims.Channel or TokenClaims.Login)
            .Select(claim => new Claim(claim.Type, claim.Value, ClaimValueTypes.String, TokenIssuer.Issuer));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, TokenAuthentication.Scheme, TokenClaims.Name, TokenClaims.Role));
        var complete = Guid.TryParse(principal.FindFirst(TokenClaims.Subject)?.Value, out _)
            && Guid.TryParse(principal.FindFirst(TokenClaims.Workspace)?.Value, out _)
            && (principal.IsCustomer() || Roles.Rank(principal.Role()) > 0);
        return complete ? principal : null;
    }
}
