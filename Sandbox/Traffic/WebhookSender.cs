using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Assistify.Sandbox.Traffic;

/// <summary>Sends webhooks and repeats them by their plan; every attempt is kept with its answer.</summary>
internal sealed class WebhookSender(ExchangeLog exchanges, TimeProvider time) : IDisposable
{
    /// <summary>For so long a caller waits for repetitions; later ones happen behind his back.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = 128,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        // A provider knows nothing of our traces.
        ActivityHeadersPropagator = null,
    }) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1024 * 1024 };

    private readonly ConcurrentDictionary<string, Task> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <returns>The outcome, or the last one so far where repetitions take longer than anybody waits for.</returns>
    public async Task<WebhookOutcome> Post(Webhook webhook, CancellationToken cancellationToken)
    {
        var soFar = new TaskCompletionSource<WebhookOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (webhook.Lane is null) _ = RunGuarded(webhook, soFar, cancellationToken);
        else Queue(webhook, soFar);
        return await soFar.Task;
    }

    // A lane is a chain of tasks; the last one of an idle lane is dropped.
    private void Queue(Webhook webhook, TaskCompletionSource<WebhookOutcome> soFar)
    {
        var lane = $"{webhook.Provider.Channel} {webhook.Lane}";
        var mine = new TaskCompletionSource();
        Task before;
        lock (_lanes)
        {
            before = _lanes.GetValueOrDefault(lane, Task.CompletedTask);
            _lanes[lane] = mine.Task;
        }

        _ = RunAfter();

        async Task RunAfter()
        {
            if (await Task.WhenAny(before, Task.Delay(s_patience, time, _stopping.Token)) != before)
                soFar.TrySetResult(new WebhookOutcome(0, 0, "WaitsForAnEarlierOne", Repeats: true));
            await before;
            await RunGuarded(webhook, soFar, _stopping.Token);
            lock (_lanes)
            {
                if (_lanes.TryGetValue(lane, out var last) && last == mine.Task) _lanes.TryRemove(lane, out _);
            }

            mine.SetResult();
        }
    }

    // Nobody awaits the repetitions, so what goes wrong in them goes to whoever waits for the outcome.
    private async Task RunGuarded(Webhook webhook, TaskCompletionSource<WebhookOutcome> soFar, CancellationToken cancellationToken)
    {
        try
        {
            await Run(webhook, soFar, cancellationToken);
        }
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            soFar.TrySetException(exception);
        }
    }

    private async Task Run(Webhook webhook, TaskCompletionSource<WebhookOutcome> soFar, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var plan = webhook.Retries;
        string? lastFailure = null;
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        if (plan.TotalTimeout <= s_patience) total.CancelAfter(plan.TotalTimeout);
        var token = total.Token;
        for (var attempt = 1; ; attempt++)
        {
            var (outcome, failure) = await Attempt(webhook, new WebhookAttempt(attempt, lastFailure), token);
            lastFailure = failure;
            if (failure is null || attempt > plan.Waits.Count || outcome.NoRetry || !plan.Repeats(failure) || token.IsCancellationRequested)
            {
                soFar.TrySetResult(outcome);
                return;
            }

            var wait = outcome.RetryAfter is { } asked && plan.HonouredRetryAfter > TimeSpan.Zero
                ? asked < plan.HonouredRetryAfter ? asked : plan.HonouredRetryAfter
                : plan.Waits[attempt - 1];
            if (time.GetElapsedTime(started) + wait > s_patience && soFar.TrySetResult(outcome with { Repeats = true })) token = _stopping.Token;
            try
            {
                await Task.Delay(wait, time, token);
            }
            catch (OperationCanceledException)
            {
                soFar.TrySetResult(outcome);
                return;
            }
        }
    }

    /// <returns>What happened, and as which kind of failure it counts (null: it was taken).</returns>
    private async Task<(WebhookOutcome Outcome, string? Failure)> Attempt(Webhook webhook, WebhookAttempt attempt, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(webhook.Method, webhook.FreshTarget?.Invoke() ?? webhook.Target);
        if (webhook.Method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(webhook.Body);
            if (webhook.ContentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", webhook.ContentType);
        }

        foreach (var (name, value) in webhook.Headers(attempt)) request.Headers.TryAddWithoutValidation(name, value);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(webhook.Retries.AttemptTimeout);
        var start = Stopwatch.GetTimestamp();
        WebhookOutcome outcome;
        string? failure;
        HttpResponseMessage? response = null;
        try
        {
            response = await _http.SendAsync(request, timeout.Token);
            var status = (int)response.StatusCode;
            var body = await response.Content.ReadAsByteArrayAsync(timeout.Token);
            outcome = new WebhookOutcome(
                status, attempt.Number, null, Body: Encoding.UTF8.GetString(body), RetryAfter: response.Headers.RetryAfter?.Delta,
                NoRetry: response.Headers.TryGetValues("X-Slack-No-Retry", out var no) && no.First() == "1");
            failure = webhook.Retries.IsTaken(status) ? null : status switch { >= 500 => "5xx", _ => "4xx" };
        }
        catch (HttpRequestException exception)
        {
            var connecting = exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            (outcome, failure) = (new WebhookOutcome(0, attempt.Number, exception.HttpRequestError.ToString()), connecting ? "ct" : "rt");
        }
        catch (OperationCanceledException)
        {
            (outcome, failure) = (new WebhookOutcome(0, attempt.Number, "Timeout"), "rt");
        }

        if (webhook.IsKept(outcome)) exchanges.Add(webhook, request, response, outcome, Stopwatch.GetElapsedTime(start));
        response?.Dispose();
        return (outcome, failure);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _http.Dispose();
        _stopping.Dispose();
    }
}
