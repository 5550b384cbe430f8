namespace Assistify.ServiceDefaults.Tokens;

/// <summary>Values of the claim <c>role</c>. The operators' roles are ordered, each includes those before it; a customer has none of them.</summary>
public static class Roles
{
    public const string Viewer = "viewer";
    public const string Agent = "agent";
    public const string Admin = "admin";
    public const string Owner = "owner";
    public const string Customer = "customer";

    /// <summary>The operators' roles, lowest first.</summary>
    public static IReadOnlyList<string> Operators { get; } = [Viewer, Agent, Admin, Owner];

    /// <summary>1 for viewer to 4 for owner; 0 for everything else.</summary>
    public static int Rank(string? role) => role switch
    {
        Viewer => 1,
        Agent => 2,
        Admin => 3,
        Owner => 4,
        _ => 0,
    };
}
