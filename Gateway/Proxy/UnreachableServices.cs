using Assistify.Gateway.Access;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Assistify.Gateway.Proxy;

/// <summary>
/// A replica that refused the connection has seen nothing of the request, so another one may have it, a POST too. Where none is left
/// the caller gets 503 and can come back; where a service took the request and fell silent, 504.
/// </summary>
internal sealed class UnreachableServices(RequestDelegate next)
{
    public async Task Invoke(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        var others = proxy.AvailableDestinations;
        while (true)
        {
            await next(context);
            if (context.GetForwarderErrorFeature() is not { } failure)
            {
                if (proxy.ProxiedDestination is null && !context.Response.HasStarted) await Away(context);
                return;
            }

            var tried = proxy.ProxiedDestination;
            others = [.. others.Where(destination => destination != tried)];
            if (!IsRefused(failure) || others.Count == 0 || context.Response.HasStarted)
            {
                await Answer(context, failure);
                return;
            }

            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.StatusCode = StatusCodes.Status200OK;
            proxy.AvailableDestinations = others;
            proxy.ProxiedDestination = null;
        }
    }

    public static bool IsRefused(IForwarderErrorFeature failure) =>
        failure.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
        // The connection's own timeout, not that of the answer.
        || failure.Exception is OperationCanceledException { InnerException: TimeoutException };

    private static Task Answer(HttpContext context, IForwarderErrorFeature failure)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return Task.CompletedTask;
        return failure.Error switch
        {
            ForwarderError.RequestBodyClient when context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge
                || failure.Exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
                => BoundedBody.Refuse(context),
            ForwarderError.RequestBodyClient or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled
                => Problems.Write(context, StatusCodes.Status400BadRequest, "The request ended before it was complete."),
            ForwarderError.RequestTimedOut when !IsRefused(failure)
                => Problems.Write(context, StatusCodes.Status504GatewayTimeout, "The service did not answer in time."),
            _ => Away(context),
        };
    }

    private static Task Away(HttpContext context) =>
        Problems.Write(context, StatusCodes.Status503ServiceUnavailable, "The service is away for the moment.", TimeSpan.FromSeconds(2));
}
