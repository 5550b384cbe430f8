using System.Net;
using System.Text;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Twilio;

/// <param name="Status">Of the last attempt; 0 where there was no answer.</param>
internal sealed record WebhookOutcome(int Status, int Attempts, string? Error);

/// <summary>Posts signed forms and repeats them by the rules of their address, always with the same idempotency token.</summary>
internal sealed class WebhookSender : IDisposable
{
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

    private readonly string _authToken;
    private readonly string _publicOrigin;
    private readonly string _deliverTo;
    private readonly TimeProvider _time;

    public WebhookSender(IOptions<TwilioOptions> twilio, IOptions<SandboxOptions> sandbox, TimeProvider time)
    {
        _time = time;
        _authToken = twilio.Value.AuthToken;
        _publicOrigin = WebhookAddress.Origin(twilio.Value.PublicUrl);
        _deliverTo = string.IsNullOrEmpty(sandbox.Value.DeliverTo) ? _publicOrigin : WebhookAddress.Origin(sandbox.Value.DeliverTo);
    }

    public async Task<WebhookOutcome> Post(string url, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        var address = WebhookAddress.Parse(url, _publicOrigin, _deliverTo);
        var body = Encode(form);
        var signature = TwilioSignature.Sign(_authToken, address.Signed, form);
        var token = Guid.CreateVersion7(_time.GetUtcNow()).ToString();

        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        total.CancelAfter(address.TotalTimeout);
        for (var attempt = 1; ; attempt++)
        {
            var (outcome, kind) = await Attempt(address, body, signature, token, attempt, total.Token);
            if (kind is null || attempt > address.Retries || !address.Retry(kind) || total.IsCancellationRequested) return outcome;

            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * (1 << attempt)), _time, total.Token);
            }
            catch (OperationCanceledException)
            {
                return outcome;
            }
        }
    }

    /// <returns>What happened, and as which of Twilio's kinds of failure it counts (null: it didn't fail).</returns>
    private async Task<(WebhookOutcome Outcome, string? Kind)> Attempt(
        WebhookAddress address, byte[] body, string signature, string token, int attempt, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
        request.Headers.Host = address.Host;
        request.Headers.Authorization = address.Authorization;
        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);
        request.Headers.TryAddWithoutValidation("I-Twilio-Idempotency-Token", token);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(address.AttemptTimeout);
        try
        {
            using var response = await _http.SendAsync(request, timeout.Token);
            var status = (int)response.StatusCode;
            return (new WebhookOutcome(status, attempt, null), status switch { >= 500 => "5xx", >= 400 => "4xx", _ => null });
        }
        catch (HttpRequestException failure)
        {
            var connecting = failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return (new WebhookOutcome(0, attempt, failure.HttpRequestError.ToString()), connecting ? "ct" : "rt");
        }
        catch (OperationCanceledException)
        {
            return (new WebhookOutcome(0, attempt, "Timeout"), "rt");
        }
    }

    private static byte[] Encode(IReadOnlyList<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(1024);
        foreach (var (name, value) in form)
        {
            if (text.Length > 0) text.Append('&');
            text.Append(WebUtility.UrlEncode(name)).Append('=').Append(WebUtility.UrlEncode(value));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public void Dispose() => _http.Dispose();
}
