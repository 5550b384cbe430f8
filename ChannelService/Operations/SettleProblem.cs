using System.Security.Claims;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Deliveries;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistify.ChannelService.Operations;

/// <param name="Reason">Why, in the operator's words.</param>
internal sealed record SettleRequest(string? Reason);

/// <param name="Status"><c>queued</c> or <c>cancelled</c>.</param>
/// <param name="Warning">What may follow.</param>
internal sealed record SettledProblem(Guid Id, string Status, string? Warning);

/// <summary>Has a problem's message sent again, or gives it up. Only ever by a person's will: nothing is repeated blindly.</summary>
internal static class SettleProblem
{
    private const int LongestReason = 500;

    public static void MapSettleProblem(this IEndpointRouteBuilder deliveries)
    {
        deliveries.MapPost("/{id:guid}/retry", Retry)
            .RequireAuthorization(Policies.Admin)
            .WithName("RetryDelivery")
            .WithSummary("Send a failed, unknown or stuck delivery again, or put a dead message back");
        deliveries.MapPost("/{id:guid}/drop", Drop)
            .RequireAuthorization(Policies.Admin)
            .WithName("DropDelivery")
            .WithSummary("Give up a delivery or a dead message");
    }

    private static async Task<IResult> Retry(
        Guid id, SettleRequest? request, ClaimsPrincipal user, Ledger ledger, ChannelAdapters adapters, ServedConnections connections, DeliveryNews news,
        Signals signals, DeadMessages dead, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Wrong(request) is { } wrong) return wrong;
        if (await Own(ledger, user, id, cancellationToken) is not { } parts)
            return await dead.Settle(id, user, OperatorAction.By(user, time, "dead_message.replayed", id, null, request!.Reason), cancellationToken);

        await connections.Refresh(cancellationToken);
        if (adapters.Find(parts[0].ConnectionId) is null) return Conflict("The connection is gone; send the message again from the conversation.");

        var action = OperatorAction.By(user, time, "delivery.retried", id, Statuses(parts), request!.Reason);
        var changed = await ledger.Retry(user.WorkspaceId(), id, action, cancellationToken);
        if (changed.Count == 0)
            return Conflict("It is sent, given up or under way, or its text is not kept any more: there is nothing to send again.");

        news.Publish(changed);
        signals.Queued.Set();
        var mayDouble = parts.Any(part => part.Status is LedgerStatus.Unknown or LedgerStatus.Unsettled);
        return TypedResults.Ok(new SettledProblem(
            id, "queued", mayDouble ? "Nobody knows whether it was sent before: the customer may get it twice." : null));
    }

    private static async Task<IResult> Drop(
        Guid id, SettleRequest? request, ClaimsPrincipal user, Ledger ledger, DeliveryNews news, Signals signals, DeadMessages dead, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (Wrong(request) is { } wrong) return wrong;
        if (await Own(ledger, user, id, cancellationToken) is not { } parts)
            return await dead.Settle(id, user, OperatorAction.By(user, time, "dead_message.dropped", id, null, request!.Reason), cancellationToken);

        var changed = await ledger.Drop(
            user.WorkspaceId(), id, OperatorAction.By(user, time, "delivery.dropped", id, Statuses(parts), request!.Reason), cancellationToken);
        if (changed.Count == 0) return Conflict("It is sent, given up or under way.");

        news.Publish(changed);
        // What waited behind it may go.
        signals.Queued.Set();
        return TypedResults.Ok(new SettledProblem(id, "cancelled", null));
    }

    private static async Task<IReadOnlyList<LedgerRow>?> Own(Ledger ledger, ClaimsPrincipal user, Guid id, CancellationToken cancellationToken)
    {
        var parts = await ledger.Load([id], cancellationToken);
        return parts.Count > 0 && parts[0].WorkspaceId == user.WorkspaceId() ? parts : null;
    }

    private static string Statuses(IReadOnlyList<LedgerRow> parts) =>
        $"was: {string.Join(", ", parts.Select(part => part.Status.ToString().ToLowerInvariant()).Distinct())}";

    private static ValidationProblem? Wrong(SettleRequest? request) =>
        request?.Reason is { } reason && reason.Trim().Length is > 0 and <= LongestReason && !reason.Any(char.IsControl)
            ? null
            : TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = [$"1 to {LongestReason} characters, none of them control characters."] });

    private static ProblemHttpResult Conflict(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict);
}
