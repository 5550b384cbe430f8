using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Assistify.ServiceDefaults.Http;
using Assistify.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Http;

public sealed class ResilienceTests
{
    [Test]
    public async Task A_GET_is_repeated()
    {
        var server = new Server(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);

        using var response = await server.Client().GetAsync("http://provider/");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(server.Calls, Is.EqualTo(3));
    }

    [Test]
    public async Task A_POST_is_not()
    {
        var server = new Server(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);

        using var response = await server.Client().PostAsync("http://provider/", null);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(server.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task Retry_After_is_honoured()
    {
        var server = new Server(HttpStatusCode.TooManyRequests, HttpStatusCode.OK) { RetryAfter = TimeSpan.FromSeconds(2) };
        var watch = Stopwatch.StartNew();

        using var response = await server.Client().GetAsync("http://provider/");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(watch.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(1.9)));
    }

    [Test]
    public async Task A_Retry_After_beyond_the_callers_patience_is_told_at_once()
    {
        var server = new Server(HttpStatusCode.TooManyRequests) { RetryAfter = TimeSpan.FromMinutes(10) };

        using var response = await server.Client().GetAsync("http://provider/");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(server.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task A_silent_server_is_a_timeout_like_HttpClients_own()
    {
        var server = new Server { Hangs = true };

        var failure = await Assert.ThrowsAsync<TaskCanceledException>(
            () => server.Client(attempt: TimeSpan.FromMilliseconds(100)).PostAsync("http://provider/", null));

        Assert.That(failure!.InnerException, Is.TypeOf<TimeoutException>());
    }

    [Test]
    public async Task Five_failures_in_a_row_suspend_calls_and_the_metric_tells()
    {
        var server = new Server(HttpStatusCode.BadGateway);
        var client = server.Client();
        for (var i = 0; i < 5; i++) (await client.PostAsync("http://provider/", null)).Dispose();

        var failure = await Assert.ThrowsAsync<CircuitOpenException>(() => client.PostAsync("http://provider/", null));

        Assert.That(server.Calls, Is.EqualTo(5));
        Assert.That(failure!.RetryAfter, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
        Assert.That(Gauge("provider"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_success_between_failures_starts_the_count_again()
    {
        var time = new ManualTime();
        var circuit = new Circuit("provider", time, null);
        for (var i = 0; i < 20; i++)
        {
            await circuit.Enter(default);
            if (i % 5 == 4) await circuit.Succeeded(default);
            else await circuit.Failed(default);
        }

        Assert.That(circuit.State, Is.EqualTo(CircuitState.Closed));
    }

    [Test]
    public async Task After_a_minute_one_call_tries_and_decides()
    {
        var time = new ManualTime();
        var circuit = new Circuit("provider", time, null);
        for (var i = 0; i < 5; i++) await circuit.Failed(default);
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.That(circuit.State, Is.EqualTo(CircuitState.HalfOpen));
        await circuit.Enter(default);
        Assert.That(async () => await circuit.Enter(default), Throws.TypeOf<CircuitOpenException>());
        await circuit.Failed(default);
        Assert.That(circuit.State, Is.EqualTo(CircuitState.Open));

        time.Advance(TimeSpan.FromSeconds(60));
        await circuit.Enter(default);
        await circuit.Succeeded(default);
        Assert.That(circuit.State, Is.EqualTo(CircuitState.Closed));
        await circuit.Enter(default);
    }

    [Test]
    public async Task Another_instance_fails_fast_too()
    {
        using var redis = TestRedis.Start();
        using var cache = new Cache(redis.ConnectionString, TimeSpan.FromSeconds(30));
        var one = new Circuit("provider", TimeProvider.System, cache);
        var other = new Circuit("provider", TimeProvider.System, cache);
        for (var i = 0; i < 5; i++) await one.Failed(default);

        Assert.That(async () => await other.Enter(default), Throws.TypeOf<CircuitOpenException>());
        Assert.That(other.State, Is.EqualTo(CircuitState.Open));
    }

    [Test]
    public async Task Without_Redis_each_instance_decides_by_itself()
    {
        using var redis = TestRedis.Stopped();
        using var cache = new Cache(redis.ConnectionString, TimeSpan.FromMilliseconds(100));
        var circuit = new Circuit("provider", TimeProvider.System, cache);
        await circuit.Enter(default);
        for (var i = 0; i < 5; i++) await circuit.Failed(default);

        Assert.That(async () => await circuit.Enter(default), Throws.TypeOf<CircuitOpenException>());
    }

    private static int Gauge(string name)
    {
        var value = -1;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "assistify_circuit_state") own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, measured, tags, _) =>
        {
            if (tags.ToArray().Any(tag => tag.Key == "name" && Equals(tag.Value, name))) value = Math.Max(value, measured);
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return value;
    }

    /// <summary>Answers with the given codes in turn, the last one for ever.</summary>
    private sealed class Server(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        public TimeSpan? RetryAfter { get; init; }

        public bool Hangs { get; init; }

        public int Calls { get; private set; }

        public HttpClient Client(TimeSpan? attempt = null) => new ServiceCollection()
            .AddHttpClient("test").ConfigurePrimaryHttpMessageHandler(() => this).AddResilience("provider", attempt)
            .Services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("test");

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Hangs) await Task.Delay(Timeout.Infinite, cancellationToken);
            var response = new HttpResponseMessage(answers[Math.Min(Calls++, answers.Length - 1)]);
            if (RetryAfter is { } wait) response.Headers.RetryAfter = new(wait);
            return response;
        }
    }
}
