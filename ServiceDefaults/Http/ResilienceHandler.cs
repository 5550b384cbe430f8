using System.Net;
using Polly;
using Polly.Timeout;

namespace Assistify.ServiceDefaults.Http;

internal sealed class ResilienceHandler(ResiliencePipeline<HttpResponseMessage> pipeline, Func<HttpRequestMessage, Circuit> circuitOf, TimeProvider time) : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpMethod> s_method = new("http.method");

    public static bool IsRepeatable(ResilienceContext context) =>
        context.Properties.TryGetValue(s_method, out var method) && (method == HttpMethod.Get || method == HttpMethod.Head);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var circuit = circuitOf(request);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(s_method, request.Method);
        try
        {
            return await pipeline.ExecuteAsync(async attempt => await Attempt(request, circuit, attempt.CancellationToken, cancellationToken), context);
        }
        catch (TimeoutRejectedException exception)
        {
            var message = $"{circuit.Name} did not answer within {time.GetElapsedTime(start).TotalSeconds:0.#} s.";
            throw new TaskCanceledException(message, new TimeoutException(message, exception));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<HttpResponseMessage> Attempt(
        HttpRequestMessage request, Circuit circuit, CancellationToken attempt, CancellationToken caller)
    {
        await circuit.Enter(attempt);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, attempt);
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            circuit.Abandoned();
            throw;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await circuit.Failed(CancellationToken.None);
            throw;
        }

        // 429 says that we are too many, not that the other side is broken: pacing is the caller's.
        if (response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout) await circuit.Failed(CancellationToken.None);
        else await circuit.Succeeded(CancellationToken.None);
        return response;
    }
}
