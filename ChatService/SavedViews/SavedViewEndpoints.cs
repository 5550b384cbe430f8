using System.Security.Claims;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.SavedViews;

internal sealed record SaveViewRequest(string? Name, bool Shared, ViewFilter? Filter);

internal sealed record SavedViewList(IReadOnlyList<SavedView> Items);

/// <summary><c>/api/saved_views</c>: lists of the inbox under a name, one operator's own or shared with everybody.</summary>
internal static class SavedViewEndpoints
{
    private const int MostViews = 50;
    private const int LongestName = 60;
    private static readonly string[] s_lists = ["all", "waiting", "overdue", "mine", "unassigned", "unread", "mentions", "closed"];

    public static void MapSavedViews(this IEndpointRouteBuilder app)
    {
        var views = app.MapGroup("/api/saved_views");
        views.MapGet("/", List).RequireAuthorization(Policies.Viewer).WithName("ListSavedViews").WithSummary("One's own and the shared views of the inbox");
        views.MapPost("/", Add).RequireAuthorization(Policies.Agent).WithName("SaveView").WithSummary("Save a view of the inbox");
        views.MapDelete("/{id:guid}", Remove).RequireAuthorization(Policies.Agent).WithName("RemoveSavedView")
            .WithSummary("Remove one's own view, or as an admin a shared one");
    }

    private static async Task<IResult> List(ClaimsPrincipal user, SavedViewStore views, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SavedViewList(await views.List(user.WorkspaceId(), user.Id(), cancellationToken)));

    private static async Task<IResult> Add(
        SaveViewRequest request, ClaimsPrincipal user, SavedViewStore views, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Check(request) is { } invalid) return invalid;
        var now = time.GetUtcNow();
        var view = new SavedView(Guid.CreateVersion7(now), StorableText.From(request.Name!.Trim()), request.Shared, true, Storable(request.Filter!));
        return await views.Add(user.WorkspaceId(), user.Id(), view, MostViews, now, cancellationToken)
            ? TypedResults.Created($"/api/saved_views/{view.Id}", view)
            : Problem.Conflict($"An operator has at most {MostViews} saved views.");
    }

    private static async Task<IResult> Remove(Guid id, ClaimsPrincipal user, SavedViewStore views, CancellationToken cancellationToken) =>
        await views.Remove(user.WorkspaceId(), user.Id(), id, user.IsAtLeast(Roles.Admin), cancellationToken)
            ? TypedResults.NoContent()
            : Problem.NotFound();

    private static ViewFilter Storable(ViewFilter filter) => new(
        filter.View ?? "all",
        filter.Channel,
        filter.Label is { } label ? StorableText.From(label) : null,
        filter.Q is { } q ? StorableText.From(q) : null,
        filter.Team);

    private static Problem? Check(SaveViewRequest request)
    {
        var invalid = new Invalid();
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > LongestName || request.Name.Any(char.IsControl))
            invalid.Add("name", $"1 to {LongestName} characters, none of them control characters.");
        if (request.Filter is not { } filter) return invalid.Add("filter", "What the view shows.").AsProblem();
        if (filter.View is not null && !s_lists.Contains(filter.View)) invalid.Add("filter.view", $"One of {string.Join(", ", s_lists)}.");
        if (filter.Channel is { Length: > 32 } || filter.Channel?.Any(char.IsControl) == true) invalid.Add("filter.channel", "A channel's name.");
        invalid.TooLong("filter.label", filter.Label, 64).TooLong("filter.q", filter.Q, 200);
        return invalid.Any ? invalid.AsProblem() : null;
    }
}
