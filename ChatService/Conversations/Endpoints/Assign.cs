using Assistify.ChatService.Teams;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Conversations.Endpoints;

/// <param name="Assignee">An operator's id; null for nobody.</param>
/// <param name="Team">The team that gets it; without an assignee it gives it to a member who has room for it. Absent leaves the team as it is.</param>
public sealed record AssignRequest(Guid? Assignee = null, string? Name = null, Guid? Team = null);

internal static class AssignEndpoint
{
    private const int LongestName = 200;

    public static void MapAssign(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/assign", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName("AssignConversation")
            .WithSummary("Give a conversation to an operator, or to nobody");

    internal static async Task<IResult> Handle(
        Guid id, AssignRequest request, HttpContext http, CommandEndpoint commands, TeamStore teams, CancellationToken cancellationToken)
    {
        var invalid = new Invalid().TooLong("name", request.Name, LongestName);
        if (request.Team is { } team && !await teams.Exists(http.User.WorkspaceId(), team, cancellationToken)) invalid.Add("team", "There is no such team.");
        if (invalid.Any) return invalid.AsProblem();

        var name = request.Assignee == http.User.Id() ? http.User.DisplayName() : request.Name is { } text ? StorableText.From(text) : null;
        var assignment = new Assignment(request.Assignee, request.Assignee is null ? null : name, request.Team);
        return await commands.Run(http, id, OperatorAction.Assign, command => command with { Assignment = assignment }, cancellationToken);
    }
}
