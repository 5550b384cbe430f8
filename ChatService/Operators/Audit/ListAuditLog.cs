using System.Security.Claims;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Operators.Audit;

internal static class ListAuditLog
{
    private const int MostOnAPage = 200;

    public static void MapAuditLog(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/audit_log", async (ClaimsPrincipal user, AuditLog log, Guid? cursor, int? limit, CancellationToken cancellationToken) =>
        {
            var size = Math.Clamp(limit ?? 50, 1, MostOnAPage);
            var items = await log.List(user.WorkspaceId(), cursor, size + 1, cancellationToken);
            return TypedResults.Ok(new Page([.. items.Take(size)], items.Count > size ? items[size - 1].Id : null));
        }).RequireAuthorization(Policies.Admin);

    private sealed record Page(IReadOnlyList<AuditEntry> Items, Guid? Next);
}
