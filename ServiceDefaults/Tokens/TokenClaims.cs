namespace Assistify.ServiceDefaults.Tokens;

/// <summary>Names of the claims in access tokens and on <see cref="System.Security.Claims.ClaimsPrincipal"/>.</summary>
public static class TokenClaims
{
    public const string Subject = "sub";
    public const string Workspace = "workspace";
    public const string Role = "role";
    public const string Name = "name";

    /// <summary>Of web customers: the conversation that the token was given for.</summary>
    public const string Conversation = "conversation";

    /// <summary>Of web customers.</summary>
    public const string Channel = "channel";

    /// <summary>Of operators: the login (or API key) that the token came from.</summary>
    public const string Login = "login";
}
