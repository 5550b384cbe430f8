using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;

namespace Assistify.ChatService.Orders;

/// <param name="Items">Newest first.</param>
internal sealed record CustomerOrders(IReadOnlyList<ShopOrder> Items);

/// <summary>What a customer ordered in the workspace's shops, found by what is proven of him.</summary>
internal static class GetCustomerOrders
{
    public static void MapGetCustomerOrders(this IEndpointRouteBuilder customers) =>
        customers.MapGet("/{id:guid}/orders", Handle).RequireAuthorization(Policies.Viewer).WithName("GetCustomerOrders").WithSummary("A customer's orders, newest first");

    private static async Task<IResult> Handle(Guid id, HttpContext http, NpgsqlDataSource database, ShopOrders orders, CancellationToken cancellationToken)
    {
        var workspaceId = http.User.WorkspaceId();
        if (await Identity(database, workspaceId, id, cancellationToken) is not { } identity) return Problem.NotFound();

        return await orders.Find(new OrderQuestion(workspaceId, null, null, null, identity.Phones, identity.ShopCustomers), cancellationToken) is { } found
            ? TypedResults.Ok(new CustomerOrders(found.Items))
            : Problem.Unavailable();
    }

    private static async Task<ProvenIdentity?> Identity(NpgsqlDataSource database, Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select i.kind, i.value from customers u left join customer_identifiers i on i.customer_id = u.id
            where u.id = $2 and u.workspace_id = $1 and u.merged_into is null
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        var identifiers = new List<(string, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        do
        {
            if (!reader.IsDBNull(0)) identifiers.Add((reader.GetString(0), reader.GetString(1)));
        }
        while (await reader.ReadAsync(cancellationToken));
        return ProvenIdentity.Of(identifiers);
    }
}
