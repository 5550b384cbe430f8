using Assistify.ChatService.Customers;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Suppliers;

/// <summary>Somebody among those who write sells to the workspace: people answer him, never the assistant, and they ask him for customers.</summary>
internal static class SupplierEndpoints
{
    private const string Column = "supplier_since";

    public static void MapSuppliers(this IEndpointRouteBuilder customers)
    {
        customers.MapPost("/{id:guid}/supplier", (Guid id, HttpContext http, CustomerMark mark, WorkspaceDirectory workspaces, CancellationToken cancellationToken) =>
                Mark(id, true, http, mark, workspaces, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("MarkSupplier").WithSummary("He is a supplier, and no customer");
        customers.MapDelete("/{id:guid}/supplier", (Guid id, HttpContext http, CustomerMark mark, WorkspaceDirectory workspaces, CancellationToken cancellationToken) =>
                Mark(id, false, http, mark, workspaces, cancellationToken))
            .RequireAuthorization(Policies.Agent).WithName("UnmarkSupplier").WithSummary("He is a customer after all");
    }

    /// <summary><c>/api/suppliers</c>.</summary>
    public static void MapSupplierList(this IEndpointRouteBuilder app)
    {
        var suppliers = app.MapGroup("/api/suppliers");
        suppliers.MapListSuppliers();
        suppliers.MapAddSupplier();
    }

    private static async Task<IResult> Mark(
        Guid id, bool isSo, HttpContext http, CustomerMark mark, WorkspaceDirectory workspaces, CancellationToken cancellationToken)
    {
        var answer = await mark.Set(Column, id, isSo, http, cancellationToken);
        workspaces.Forget();
        return answer;
    }
}
