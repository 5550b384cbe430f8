using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.ChatService.Customers;

internal static class EraseCustomerEndpoint
{
    public static void MapEraseCustomer(this IEndpointRouteBuilder customers) =>
        customers.MapDelete("/{id:guid}", Handle)
            .RequireAuthorization(Policies.Owner)
            .WithName("EraseCustomer")
            .WithSummary("Erase a customer and everything about him");

    internal static async Task<IResult> Handle(Guid id, HttpContext http, CustomerEraser eraser, CancellationToken cancellationToken)
    {
        try
        {
            return await eraser.Erase(http.User.WorkspaceId(), id, cancellationToken) ? TypedResults.NoContent() : Problem.NotFound();
        }
        catch (Exception away) when (away is BrokerUnavailableException or ServerUnavailableException)
        {
            return Problem.Unavailable();
        }
    }
}
