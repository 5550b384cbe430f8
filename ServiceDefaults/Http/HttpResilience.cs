using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Assistify.ServiceDefaults.Http;

/// <summary>Timeouts, retries and a circuit breaker for HTTP clients.</summary>
public static class HttpResilience
{
    /// <summary>
    /// From the outside in: a timeout for the whole call, up to three retries of GET and HEAD (a POST that timed out may have been
    /// carried out), the circuit <paramref name="name"/>, a timeout for each attempt. A timeout shows as
    /// <see cref="TaskCanceledException"/> with a <see cref="TimeoutException"/> inside, like HttpClient's own; an open circuit as
    /// <see cref="CircuitOpenException"/>, which means that nothing was sent.
    /// </summary>
    /// <param name="name">Of the dependency: the circuit's in the metric and in Redis.</param>
    public static IHttpClientBuilder AddResilience(
        this IHttpClientBuilder client, string name, TimeSpan? attemptTimeout = null, TimeSpan? totalTimeout = null)
    {
        var attempt = attemptTimeout ?? TimeSpan.FromSeconds(10);
        var total = totalTimeout ?? TimeSpan.FromSeconds(30);
        // The pipeline ends with the response's headers; the client's timeout bounds the reading of a buffered body after it.
        return client.AddPipeline(total + attempt, time => Pipeline(attempt, total, time), _ => name);
    }

    /// <summary>For a client of <see cref="Replicas"/>: a timeout and a circuit for each replica, and no retries, since the next replica is asked instead.</summary>
    /// <param name="name">Of the service.</param>
    public static IHttpClientBuilder AddReplicaResilience(this IHttpClientBuilder client, string name, TimeSpan timeout) => client.AddPipeline(
        2 * timeout, time => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddTimeout(timeout).Build(),
        request => $"{name}/{request.RequestUri!.Authority}");

    private static IHttpClientBuilder AddPipeline(
        this IHttpClientBuilder client, TimeSpan timeout, Func<TimeProvider, ResiliencePipeline<HttpResponseMessage>> pipeline, Func<HttpRequestMessage, string> circuit)
    {
        client.Services.TryAddSingleton(TimeProvider.System);
        client.Services.TryAddSingleton(services => new Circuits(services.GetRequiredService<TimeProvider>(), services.GetService<Cache>()));
        return client.ConfigureHttpClient(http => http.Timeout = timeout).AddHttpMessageHandler(services =>
        {
            var (time, circuits) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<Circuits>());
            return new ResilienceHandler(pipeline(time), request => circuits.Get(circuit(request)), time);
        });
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeSpan attempt, TimeSpan total, TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(total)
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(500),
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(
                    ResilienceHandler.IsRepeatable(args.Context) && IsTransient(args.Outcome)
                    // Whoever asks for more patience than the caller has gets none: the caller learns now what the answer was.
                    && (args.Outcome.Result?.RetryAfter(time) is not { } wait || wait < total)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter(time)),
            })
            .AddTimeout(attempt)
            .Build();

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) =>
        (outcome.Exception is HttpRequestException or TimeoutRejectedException && outcome.Exception is not CircuitOpenException)
        || outcome.Result is { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests };
}
