using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assistify.ServiceDefaults;

/// <summary>Endpoints for our services alone: their calls are signed, and the gateway routes nothing there.</summary>
public static class InternalEndpoints
{
    /// <summary>Answers only calls that are signed with their method, path and query (<see cref="InternalCalls"/>); others get 401.</summary>
    public static RouteHandlerBuilder ForOurServices(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous().AddEndpointFilter(static async (context, next) =>
    {
        var request = context.HttpContext.Request;
        var calls = context.HttpContext.RequestServices.GetRequiredService<InternalCalls>();
        return calls.IsAuthentic($"{request.Method} {request.Path}{request.QueryString}", request.Headers[InternalCalls.Header])
            ? await next(context)
            : TypedResults.Problem("This call is not one of our services'.", statusCode: StatusCodes.Status401Unauthorized);
    });
}
