using System.Security.Claims;

namespace Assistify.ServiceDefaults.Tokens;

/// <summary>Who calls, read from the claims of a validated token.</summary>
public static class PrincipalExtensions
{
    /// <summary>The operator's or customer's id.</summary>
    public static Guid Id(this ClaimsPrincipal user) => Required(user, TokenClaims.Subject);

    public static Guid WorkspaceId(this ClaimsPrincipal user) => Required(user, TokenClaims.Workspace);

    /// <summary>One of <see cref="Roles"/>; empty for somebody without a token.</summary>
    public static string Role(this ClaimsPrincipal user) => user.FindFirst(TokenClaims.Role)?.Value ?? "";

    public static bool IsCustomer(this ClaimsPrincipal user) => user.Role() == Roles.Customer;

    /// <summary>Whether the caller is an operator of this role or a higher one.</summary>
    public static bool IsAtLeast(this ClaimsPrincipal user, string role) => Roles.Rank(user.Role()) >= Roles.Rank(role);

    /// <summary>The conversation that a web customer's token was given for; null for operators.</summary>
    public static Guid? ConversationId(this ClaimsPrincipal user) => Optional(user, TokenClaims.Conversation);

    /// <summary>A web customer's channel; null for operators.</summary>
    public static string? Channel(this ClaimsPrincipal user) => user.FindFirst(TokenClaims.Channel)?.Value;

    /// <summary>What to show as the operator's name.</summary>
    public static string? DisplayName(this ClaimsPrincipal user) => user.FindFirst(TokenClaims.Name)?.Value;

    /// <summary>The login or API key that an operator's token came from.</summary>
    public static Guid? LoginId(this ClaimsPrincipal user) => Optional(user, TokenClaims.Login);

    private static Guid? Optional(ClaimsPrincipal user, string claim) =>
        Guid.TryParse(user.FindFirst(claim)?.Value, out var id) ? id : null;

    private static Guid Required(ClaimsPrincipal user, string claim) =>
        Optional(user, claim) ?? throw new InvalidOperationException($"The caller has no claim {claim}: the endpoint lacks a policy.");
}
