using System.Security.Claims;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Notifications;

internal sealed record NotificationPage(IReadOnlyList<Notification> Items, string? Next, long Unread);

/// <param name="ConversationId">Those of this conversation; all of the caller's where it is absent.</param>
internal sealed record ReadNotificationsRequest(Guid? ConversationId);

/// <summary><c>/api/notifications</c>: what an operator was told personally.</summary>
internal static class NotificationEndpoints
{
    private const int MostOnAPage = 100;

    public static void MapNotifications(this IEndpointRouteBuilder app)
    {
        var notifications = app.MapGroup("/api/notifications").RequireAuthorization(Policies.Viewer);
        notifications.MapGet("/", List).WithName("ListNotifications").WithSummary("The caller's notifications, newest first");
        notifications.MapPost("/read", Read).WithName("ReadNotifications").WithSummary("Mark the caller's notifications as read");
    }

    private static async Task<IResult> List(HttpContext http, NotificationStore notifications, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request);
        var unreadOnly = query.OneOf("unread", "true", "false") == "true";
        var cursor = query.Cursor("cursor");
        var limit = (int)(query.Number("limit", 1, MostOnAPage) ?? 50);
        if (query.Errors.Any) return query.Errors.AsProblem();

        var (workspace, user) = (http.User.WorkspaceId(), http.User.Id());
        var items = await notifications.List(workspace, user, unreadOnly, cursor, limit + 1, cancellationToken);
        var next = items.Count > limit ? Cursor.Write(items[limit - 1].CreatedAt, items[limit - 1].Id) : null;
        return TypedResults.Ok(new NotificationPage([.. items.Take(limit)], next, await notifications.Unread(workspace, user, cancellationToken)));
    }

    private static async Task<IResult> Read(
        ReadNotificationsRequest request, ClaimsPrincipal user, NotificationStore notifications, CancellationToken cancellationToken)
    {
        await notifications.Read(user.WorkspaceId(), user.Id(), request.ConversationId, cancellationToken);
        return TypedResults.NoContent();
    }
}
