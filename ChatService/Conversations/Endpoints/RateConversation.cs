using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Conversations.Endpoints;

/// <param name="Score">From 1, not helped at all, to 5.</param>
public sealed record RateConversationRequest(int? Score = null);

internal sealed record RatedConversation(int Score);

/// <summary>The customer says how well he was helped, once the conversation is over; the last word counts.</summary>
internal static class RateConversationEndpoint
{
    private const string Upsert =
        """
        insert into satisfaction (conversation_id, score, rated_at) values ($1, $2, $3)
        on conflict (conversation_id) do update set score = excluded.score, rated_at = excluded.rated_at
        """;

    public static void MapRateConversation(this IEndpointRouteBuilder conversations) =>
        conversations.MapPost("/{id:guid}/satisfaction", Handle)
            .RequireAuthorization(Policies.Customer)
            .WithName("RateConversation")
            .WithSummary("Say how well one was helped, from 1 to 5");

    internal static async Task<IResult> Handle(
        Guid id, RateConversationRequest request, HttpContext http, ConversationReader conversations, NpgsqlDataSource database, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (request.Score is not { } score || score is < 1 or > 5) return Problem.Invalid("score", "A whole number from 1 to 5.");
        if (await conversations.Find(http.User, id, cancellationToken) is not { } conversation) return Problem.NotFound();
        if (!conversation.IsClosed) return Problem.Conflict("The conversation is not over.");

        await using var command = database.CreateCommand(Upsert);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue((short)score);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellationToken);
        return TypedResults.Ok(new RatedConversation(score));
    }
}
