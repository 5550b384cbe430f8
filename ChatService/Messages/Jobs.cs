using Assistify.ChatService.Conversations;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Messages;

internal sealed record JobView(Guid Id, string Kind, string Status, object? Result = null, string? Error = null)
{
    /// <summary>A message's job has the message's id; it has succeeded once there is nothing more to wait for.</summary>
    public static JobView Message(Guid id, MessageOutcome? outcome, bool forCustomer, ConversationReader conversations) => new(
        id, "message",
        outcome switch { null => "queued", { IsSettled: false } => "running", _ => "succeeded" },
        outcome is { IsSettled: true }
            ? new ProcessMessageResponse(
                outcome.Message.ConversationId, conversations.View(outcome.Message, forCustomer),
                outcome.Reply is { } reply ? conversations.View(reply, forCustomer) : null)
            : null);
}

internal static class GetJobEndpoint
{
    public static void MapGetJob(this IEndpointRouteBuilder api) =>
        api.MapGet("/api/jobs/{id:guid}", Handle)
            .RequireAuthorization(Policies.Participant)
            .WithName("GetJob")
            .WithSummary("How far a job is, and its result");

    internal static async Task<IResult> Handle(
        Guid id, HttpContext http, MessageOutcomes outcomes, ConversationReader conversations, InspirationJobs inspirations,
        CancellationToken cancellationToken)
    {
        var outcome = await outcomes.Read(id, http.User.WorkspaceId(), cancellationToken);
        if (outcome is null) return await inspirations.Get(id, http.Request.Headers.Authorization.ToString(), cancellationToken);
        if (outcome.Message.Author != Contracts.Author.Customer) return Problem.NotFound();
        if (await conversations.Find(http.User, outcome.Message.ConversationId, cancellationToken) is null) return Problem.NotFound();
        return TypedResults.Ok(JobView.Message(id, outcome, http.User.IsCustomer(), conversations));
    }
}
