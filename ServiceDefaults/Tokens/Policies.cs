using Microsoft.AspNetCore.Authorization;

namespace Assistify.ServiceDefaults.Tokens;

/// <summary>Authorization policies for <c>RequireAuthorization</c>; each of the operators' includes the higher roles.</summary>
public static class Policies
{
    public const string Viewer = "viewer";
    public const string Agent = "agent";
    public const string Admin = "admin";
    public const string Owner = "owner";

    /// <summary>A web customer.</summary>
    public const string Customer = "customer";

    /// <summary>A web customer, or an operator of any role.</summary>
    public const string Participant = "participant";

    internal static void Add(AuthorizationOptions options)
    {
        foreach (var role in Roles.Operators)
            options.AddPolicy(role, policy => policy.RequireAssertion(context => context.User.IsAtLeast(role)));

        options.AddPolicy(Customer, policy => policy.RequireAssertion(context => context.User.IsCustomer()));
        options.AddPolicy(Participant, policy => policy.RequireAssertion(
            context => context.User.IsCustomer() || context.User.IsAtLeast(Roles.Viewer)));
    }
}
