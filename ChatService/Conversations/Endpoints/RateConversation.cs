using Assistify.ChatService.Partitions;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Conversations.Endpoints;

/// <param name="Score">From 1, not helped at all, to 5.</param>
public sealed record RateConversationRequest(int? Score = null);

internal sealed record RatedConversation(int Score);

/// <summary>The customer says how well he was helped, once the conversation is over; the last word counts.</summary>
internal static class RateConversationEndpoint
{
    public static void MapRateConversation(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/satisfaction", Handle)
            .RequireAuthorization(Policies.Customer)
            .WithName("RateConversation")
            .WithSummary("Say how well one was helped, from 1 to 5");

    internal static async Task<IResult> Handle(
        Guid id, RateConversationRequest request, HttpContext http, ConversationReader conversations, CommandSender commands,
        CancellationToken cancellationToken)
    {
        if (request.Score is not { } score || score is < 1 or > 5) return Problem.Invalid("score", "A whole number from 1 to 5.");
        if (await conversations.Find(http.User, id, cancellationToken) is not { } conversation) return Problem.NotFound();

        var record = await commands.Send(commands.Command(http.User, conversation, OperatorAction.Rate) with { Score = score }, cancellationToken);
        return record?.Outcome switch
        {
            null => Problem.Unavailable(),
            CommandOutcome.NotFound => Problem.NotFound(),
            CommandOutcome.StillOpen => Problem.Conflict("The conversation is not over."),
            _ => TypedResults.Ok(new RatedConversation(score)),
        };
    }
}
