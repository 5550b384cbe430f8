using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Assistify.ServiceDefaults.Tokens;

/// <summary>An access token and when it ends.</summary>
public sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>Issues access tokens. Only ChatService has one: it keeps the private key.</summary>
public interface ITokenIssuer
{
    /// <summary>For a web customer: this customer's conversations on this channel.</summary>
    IssuedToken IssueCustomer(Guid customerId, Guid conversationId, Guid workspaceId, string channel, int days = 30);

    /// <summary>For an operator, or a program with an operator's API key; ten minutes.</summary>
    /// <param name="loginId">The login or API key that it belongs to.</param>
    IssuedToken IssueOperator(Guid operatorId, Guid workspaceId, string role, string? name, Guid loginId);
}

/// <inheritdoc/>
public sealed class TokenIssuer(Func<TokenKey> signingKey, TimeProvider time) : ITokenIssuer
{
    internal const string Issuer = "assistify";

    /// <summary>How long an operator's access token lives.</summary>
    public static readonly TimeSpan OperatorLifetime = TimeSpan.FromMinutes(10);

    private static readonly JsonWebTokenHandler s_handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <inheritdoc/>
    public IssuedToken IssueCustomer(Guid customerId, Guid conversationId, Guid workspaceId, string channel, int days = 30) =>
        Issue(customerId, workspaceId, Roles.Customer, TimeSpan.FromDays(days), new Dictionary<string, object>
        {
            [TokenClaims.Conversation] = conversationId.ToString(),
            [TokenClaims.Channel] = channel,
        });

    /// <inheritdoc/>
    public IssuedToken IssueOperator(Guid operatorId, Guid workspaceId, string role, string? name, Guid loginId)
    {
        if (Roles.Rank(role) == 0) throw new ArgumentOutOfRangeException(nameof(role), "Not an operator's role.");

        var claims = new Dictionary<string, object> { [TokenClaims.Login] = loginId.ToString() };
        if (name is not null) claims[TokenClaims.Name] = name;
        return Issue(operatorId, workspaceId, role, OperatorLifetime, claims);
    }

    private IssuedToken Issue(Guid subject, Guid workspaceId, string role, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        var now = time.GetUtcNow();
        // Tokens count whole seconds: tell the caller the same end as the token does.
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + lifetime).ToUnixTimeSeconds());
        claims[TokenClaims.Subject] = subject.ToString();
        claims[TokenClaims.Workspace] = workspaceId.ToString();
        claims[TokenClaims.Role] = role;
        // Two tokens of one second differ: limits count a customer's token, and a log of one must not stand for another.
        claims["jti"] = Guid.CreateVersion7(now).ToString("N");
        var token = s_handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(signingKey().SecurityKey, SecurityAlgorithms.EcdsaSha256)
            {
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
        });
        return new IssuedToken(token, expiresAt);
    }
}
