using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Conversations.Endpoints;

/// <param name="Sequence">Of the last message that was seen.</param>
public sealed record ReadConversationRequest(long? Sequence = null);

/// <summary>The customer, or somebody who could answer him, has seen the messages so far: the other side is shown that.</summary>
internal static class ReadConversationEndpoint
{
    public static void MapReadConversation(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/read", Handle)
            .RequireAuthorization(Policies.Participant)
            .WithName("ReadConversation")
            .WithSummary("Say up to which message one has read");

    internal static async Task<IResult> Handle(
        Guid id, ReadConversationRequest request, HttpContext http, ConversationReader conversations, CommandSender commands, IMessagePublisher publisher,
        NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var user = http.User;
        if (!user.IsCustomer() && !user.IsAtLeast(Roles.Agent)) return Problem.Forbidden("Your role does not allow this.");
        if (request.Sequence is not { } sequence || sequence < 1) return Problem.Invalid("sequence", "A whole number from 1.");
        if (await conversations.Find(user, id, cancellationToken) is not { } conversation) return Problem.NotFound();

        var mark = new ReadMark(Math.Min(sequence, conversation.Sequence), user.IsCustomer());
        var known = await ReadMarks.Find(database, id, cancellationToken);
        // Said again in another tab or after a reload it changes nothing, and nobody has to hear of it.
        if (known.With(mark.Sequence, mark.ByCustomer) != known)
            await publisher.Publish(commands.Command(user, conversation, OperatorAction.Read) with { Read = mark }, cancellationToken);
        return TypedResults.NoContent();
    }
}
