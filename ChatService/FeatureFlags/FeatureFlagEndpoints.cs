using System.Security.Claims;
using System.Text.RegularExpressions;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.FeatureFlags;

/// <param name="Percent">Of conversations; 100 where it is absent.</param>
internal sealed record SetFeatureFlagRequest(bool? Enabled, int? Percent);

internal sealed record FeatureFlagList(IReadOnlyList<FeatureFlag> Items);

/// <summary><c>/api/feature_flags</c> of the caller's workspace.</summary>
internal static partial class FeatureFlagEndpoints
{
    private const int MostFlags = 500;

    public static void MapFeatureFlags(this IEndpointRouteBuilder app)
    {
        var flags = app.MapGroup("/api/feature_flags").RequireAuthorization(Policies.Admin);
        flags.MapGet("/", List).WithName("ListFeatureFlags").WithSummary("The workspace's feature flags");
        flags.MapPut("/{name}", Set).WithName("SetFeatureFlag").WithSummary("Switch a feature on or off, for all or some of the conversations");
    }

    private static async Task<IResult> List(ClaimsPrincipal user, FeatureFlagStore flags, CancellationToken cancellationToken) =>
        TypedResults.Ok(new FeatureFlagList(await flags.List(user.WorkspaceId(), cancellationToken)));

    private static async Task<IResult> Set(
        string name, SetFeatureFlagRequest request, ClaimsPrincipal user, FeatureFlagStore flags, WorkspaceDirectory workspaces, AuditLog audit, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var invalid = new Invalid();
        if (!FlagName().IsMatch(name)) invalid.Add("name", "A lower-case letter, then at most 63 of a-z, 0-9, dot, dash and underscore.");
        if (request.Enabled is null) invalid.Add("enabled", "true or false.");
        if (request.Percent is < 0 or > 100) invalid.Add("percent", "A whole number from 0 to 100.");
        if (invalid.Any) return invalid.AsProblem();

        var flag = new FeatureFlag(name, request.Enabled!.Value, request.Percent ?? 100, time.GetUtcNow());
        if (!await flags.Set(user.WorkspaceId(), flag, MostFlags, cancellationToken)) return Problem.Conflict($"A workspace has at most {MostFlags} feature flags.");
        workspaces.Forget();
        await audit.Add(user, "feature_flag.changed", name, flag.Enabled ? $"on, {flag.Percent}%" : "off", cancellationToken);
        return TypedResults.Ok(flag);
    }

    [GeneratedRegex("^[a-z][a-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex FlagName();
}
