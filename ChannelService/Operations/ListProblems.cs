using System.Security.Claims;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChannelService.Operations;

internal static class ListProblems
{
    private const int MostOnAPage = 200;

    public static void MapListProblems(this IEndpointRouteBuilder deliveries) =>
        deliveries.MapGet("/problems", Handle)
            .RequireAuthorization(Policies.Agent)
            .WithName(nameof(ListProblems))
            .WithSummary("Deliveries that are stuck, failed, of unknown fate, or dead in an error queue; the oldest first");

    private static async Task<Results<Ok<ProblemPage>, ValidationProblem, ProblemHttpResult>> Handle(
        string? kind, string? cursor, int? limit, ClaimsPrincipal user, ProblemStore problems, IErrorQueues errors, CancellationToken cancellationToken)
    {
        kind ??= "failed";
        var wrong = new Dictionary<string, string[]>();
        if (!ProblemStore.Kinds.Contains(kind)) wrong["kind"] = [$"One of {string.Join(", ", ProblemStore.Kinds)}."];
        if (limit is < 1 or > MostOnAPage) wrong["limit"] = [$"A whole number from 1 to {MostOnAPage}."];
        if (!ProblemStore.TryRead(cursor, out var after)) wrong["cursor"] = ["Not a cursor of an earlier answer."];
        if (wrong.Count > 0) return TypedResults.ValidationProblem(wrong);

        if (kind == "dead")
        {
            try
            {
                return TypedResults.Ok(new ProblemPage([.. (await Dead(user.WorkspaceId(), errors, cancellationToken)).Select(View)], null));
            }
            catch (BrokerUnavailableException)
            {
                return TypedResults.Problem("The message broker cannot be asked now.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }

        var size = limit ?? 50;
        var items = await problems.List(user.WorkspaceId(), kind, after, size + 1, cancellationToken);
        return TypedResults.Ok(new ProblemPage([.. items.Take(size)], items.Count > size ? ProblemStore.Cursor(items[size - 1]) : null));
    }

    /// <summary>What names no workspace is for those of the default one, who run the system.</summary>
    public static async Task<IReadOnlyList<DeadMessage>> Dead(Guid workspaceId, IErrorQueues errors, CancellationToken cancellationToken) =>
        [.. (await errors.Peek(cancellationToken)).Where(message => (message.WorkspaceId ?? Identifiers.DefaultWorkspace) == workspaceId)];

    private static ProblemView View(DeadMessage message) => new(
        message.Id, "dead", null, null, null, null, message.Error, null, false, null, message.FailedAt, null, message.From, message.Type);
}
