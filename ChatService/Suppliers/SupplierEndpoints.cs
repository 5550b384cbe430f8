using Assistify.ChatService.Customers;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Suppliers;

/// <summary>Somebody among those who write sells to the workspace: people answer him, never the assistant, and they ask him for customers.</summary>
internal static class SupplierEndpoints
{
    public static void MapSuppliers(this IEndpointRouteBuilder customers)
    {
        customers.MapPost("/{id:guid}/supplier", (Guid id, HttpContext http, NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken) =>
                Set(id, time.GetUtcNow(), http, database, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("MarkSupplier").WithSummary("He is a supplier, and no customer");
        customers.MapDelete("/{id:guid}/supplier", (Guid id, HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken) =>
                Set(id, null, http, database, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("UnmarkSupplier").WithSummary("He is a customer after all");
    }

    /// <summary><c>/api/suppliers</c>.</summary>
    public static void MapSupplierList(this IEndpointRouteBuilder app)
    {
        var suppliers = app.MapGroup("/api/suppliers");
        suppliers.MapListSuppliers();
        suppliers.MapAddSupplier();
    }

    private static async Task<IResult> Set(Guid id, DateTimeOffset? at, HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var workspaceId = http.User.WorkspaceId();
        await using var command = database.CreateCommand(
            """
            update customers set supplier_since = case when $3::timestamptz is null then null else coalesce(supplier_since, $3) end
            where id = $2 and workspace_id = $1 and merged_into is null
            """);
        command.Parameters.AddWithValue(workspaceId);
        command.Parameters.AddWithValue(id);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)at ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return await GetCustomersEndpoints.Find(database, workspaceId, id, cancellationToken) is { } customer ? TypedResults.Ok(customer) : Problem.NotFound();
    }
}
