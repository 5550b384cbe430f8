using Assistify.ChatService.Conversations;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Cards;

internal sealed record CardsView(Guid ConversationId, Guid? MessageId, IReadOnlyList<Card> Items);

/// <summary>
/// The cards of a conversation's latest answer, while they live. They are in the database with the answer, so that showing
/// them once holds over replicas and restarts.
/// </summary>
internal static class CardEndpoints
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    private const string Latest =
        """
        select m.id, m.cards, m.cards_shown_at from messages m
        where m.conversation_id = $1 and m.cards is not null and m.created_at > $2
        order by m.sequence desc limit 1
        """;

    // Of two simultaneous calls the second waits for the first one's row and then finds it shown.
    private const string Show =
        """
        update messages u set cards_shown_at = $3
        where u.cards_shown_at is null and u.id = (
            select m.id from messages m
            where m.conversation_id = $1 and m.cards is not null and m.created_at > $2
            order by m.sequence desc limit 1)
        returning u.id, u.cards
        """;

    public static void MapCards(this IEndpointRouteBuilder app)
    {
        var cards = app.MapGroup("/api/cards/{conversationId:guid}").RequireAuthorization(Policies.Participant);
        cards.MapGet("/", Get).WithName("GetCards").WithSummary("The cards to show now; repeatable while they live");
        cards.MapPost("/auto_display", Display).WithName("DisplayCards").WithSummary("The cards that were not shown yet, once");
    }

    internal static Task<IResult> Get(
        Guid conversationId, HttpContext http, ConversationReader conversations, NpgsqlDataSource database, MediaLinks media, TimeProvider time,
        CancellationToken cancellationToken) =>
        Read(Latest, conversationId, http, conversations, database, media, time, cancellationToken);

    internal static Task<IResult> Display(
        Guid conversationId, HttpContext http, ConversationReader conversations, NpgsqlDataSource database, MediaLinks media, TimeProvider time,
        CancellationToken cancellationToken) =>
        Read(Show, conversationId, http, conversations, database, media, time, cancellationToken);

    private static async Task<IResult> Read(
        string sql, Guid conversationId, HttpContext http, ConversationReader conversations, NpgsqlDataSource database, MediaLinks media, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await conversations.Find(http.User, conversationId, cancellationToken) is null) return Problem.NotFound();

        var now = time.GetUtcNow();
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(conversationId);
        command.Parameters.AddWithValue(now - s_lifetime);
        if (sql == Show) command.Parameters.AddWithValue(now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return TypedResults.Ok(await reader.ReadAsync(cancellationToken)
            ? new CardsView(conversationId, reader.GetGuid(0), media.WithPaths(StoredJson.ReadList<Card>(reader.GetString(1))))
            : new CardsView(conversationId, null, []));
    }
}
