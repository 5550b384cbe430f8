using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;

namespace Assistify.ChatService.Orders;

/// <summary>
/// Gives the assistant the orders that it may tell of in a conversation. What proves whose they are is the address that this conversation is
/// held from, and not what else the customer is known by: two customers that somebody merged may be two people.
/// </summary>
internal static class GiveOrders
{
    public static void MapGiveOrders(this IEndpointRouteBuilder app) => app.MapPost("/internal/conversations/{id:guid}/orders", Handle).ForOurServices();

    private static async Task<IResult> Handle(Guid id, HttpRequest request, NpgsqlDataSource database, ShopOrders orders, CancellationToken cancellationToken)
    {
        if (await InternalCalls.Read<OrderQuestion>(request, cancellationToken) is not { } question)
            return new Problem(StatusCodes.Status401Unauthorized, "This is not what was signed.");
        if (await Identity(database, id, question.WorkspaceId, cancellationToken) is not { } identity) return Problem.NotFound();

        var asked = question with { ConversationId = id, Phones = identity.Phones, ShopCustomers = identity.ShopCustomers };
        return await orders.Find(asked, cancellationToken) is { } found ? TypedResults.Json(found, Json.Options) : Problem.Unavailable();
    }

    private static async Task<ProvenIdentity?> Identity(NpgsqlDataSource database, Guid id, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select channel, address from conversations where id = $1 and workspace_id = $2");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(workspaceId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ProvenIdentity.Of((reader.GetString(0), reader.GetString(1))) : null;
    }
}
