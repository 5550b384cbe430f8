using System.Security.Claims;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Settings;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Teams;

/// <param name="Members">Operators' ids, all of them.</param>
internal sealed record TeamRequest(
    string? Name, IReadOnlyList<string?>? Channels, bool? TakesHandOvers, int? Capacity, IReadOnlyList<Guid>? Members);

internal sealed record AwayRequest(bool? Away);

internal sealed record AwayView(bool Away);

internal sealed record TeamList(IReadOnlyList<Team> Items);

/// <summary><c>/api/teams</c> of the caller's workspace: admins make them, whoever answers sees them and says when he is away.</summary>
internal static class TeamEndpoints
{
    private const int MostTeams = 50;
    private const int MostMembers = 200;
    private const int MostChannels = 20;
    private const int MostCapacity = 500;
    private const int LongestName = 60;

    public static void MapTeams(this IEndpointRouteBuilder app)
    {
        var teams = app.MapGroup("/api/teams");
        teams.MapGet("/", List).RequireAuthorization(Policies.Agent).WithName("ListTeams").WithSummary("Teams with their members and what they are working on");
        teams.MapPost("/", Add).RequireAuthorization(Policies.Admin).WithName("AddTeam").WithSummary("Make a team");
        teams.MapPut("/{id:guid}", Change).RequireAuthorization(Policies.Admin).WithName("ChangeTeam").WithSummary("Change a team and its members");
        teams.MapDelete("/{id:guid}", Remove).RequireAuthorization(Policies.Admin).WithName("RemoveTeam").WithSummary("Remove a team; what its members work on stays theirs");
        teams.MapPut("/away", SetAway).RequireAuthorization(Policies.Agent).WithName("SetAway").WithSummary("Be given no conversations, or again");
    }

    private static async Task<IResult> List(ClaimsPrincipal user, TeamStore teams, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TeamList(await teams.List(user.WorkspaceId(), cancellationToken)));

    private static async Task<IResult> Add(
        TeamRequest request, ClaimsPrincipal user, TeamStore teams, AuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (Read(Guid.CreateVersion7(now), request, out var team) is { } invalid) return invalid;
        var saving = await teams.Add(user.WorkspaceId(), team, MostTeams, now, cancellationToken);
        if (saving != TeamSaving.Done) return Refused(saving);
        await audit.Add(user, "team.added", team.Id, null, cancellationToken);
        return TypedResults.Created($"/api/teams/{team.Id}", team);
    }

    private static async Task<IResult> Change(
        Guid id, TeamRequest request, ClaimsPrincipal user, TeamStore teams, AuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Read(id, request, out var team) is { } invalid) return invalid;
        var saving = await teams.Change(user.WorkspaceId(), team, time.GetUtcNow(), cancellationToken);
        if (saving != TeamSaving.Done) return Refused(saving);
        await audit.Add(user, "team.changed", id, null, cancellationToken);
        return TypedResults.Ok(team);
    }

    private static async Task<IResult> Remove(Guid id, ClaimsPrincipal user, TeamStore teams, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!await teams.Remove(user.WorkspaceId(), id, cancellationToken)) return Problem.NotFound();
        await audit.Add(user, "team.removed", id, null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SetAway(
        AwayRequest request, ClaimsPrincipal user, TeamStore teams, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Away is not { } away) return Problem.Invalid("away", "true or false.");
        return await teams.SetAway(user.WorkspaceId(), user.Id(), away, time.GetUtcNow(), cancellationToken)
            ? TypedResults.Ok(new AwayView(away))
            : Problem.NotFound();
    }

    private static Problem? Read(Guid id, TeamRequest request, out Team team)
    {
        var invalid = new Invalid();
        var name = SettingsInput.Text(invalid, "name", request.Name ?? "", LongestName);
        if (request.Capacity is not (>= 1 and <= MostCapacity)) invalid.Add("capacity", $"A whole number from 1 to {MostCapacity}.");
        if (request.Channels is { } channels && (channels.Count > MostChannels || channels.Any(channel => channel is null or { Length: 0 or > 32 } || channel.Any(char.IsControl))))
            invalid.Add("channels", $"At most {MostChannels} names of channels.");
        if (request.Members?.Count > MostMembers) invalid.Add("members", $"At most {MostMembers}.");
        team = new Team(
            id, StorableText.From(name ?? ""), [.. (request.Channels ?? []).OfType<string>().Select(StorableText.From).Distinct()],
            request.TakesHandOvers ?? true, request.Capacity ?? 0, [.. (request.Members ?? []).Distinct().Select(member => new TeamMember(member))]);
        return invalid.Any ? invalid.AsProblem() : null;
    }

    private static Problem Refused(TeamSaving saving) => saving switch
    {
        TeamSaving.NotFound => Problem.NotFound(),
        TeamSaving.Taken => Problem.Conflict("Another team has this name."),
        TeamSaving.UnknownMember => Problem.Invalid("members", "Operators of this workspace who answer customers."),
        _ => Problem.Conflict($"A workspace has at most {MostTeams} teams."),
    };
}
