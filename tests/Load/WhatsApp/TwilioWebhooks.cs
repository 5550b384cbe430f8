using System.Net.Http.Headers;

namespace Assistify.Load.WhatsApp;

/// <summary>Posts webhooks as Twilio does, to where the gateway really listens.</summary>
internal sealed class TwilioWebhooks : IDisposable
{
    private static readonly MediaTypeHeaderValue s_form = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=UTF-8");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
    })
    {
        // Twilio waits 15 s.
        Timeout = TimeSpan.FromSeconds(15),
    };

    private readonly Uri _target;
    private readonly string _host;

    public TwilioWebhooks(TwilioAccount account, Uri gateway)
    {
        Account = account;
        var url = new Uri(account.SignedUrl);
        _target = new Uri(gateway, url.PathAndQuery);
        _host = url.Authority;
    }

    public TwilioAccount Account { get; }

    /// <returns>The answer's status; 0 where there was none.</returns>
    public async Task<int> Post(SignedWebhook webhook, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _target) { Content = new ByteArrayContent(webhook.Body) };
        request.Content.Headers.ContentType = s_form;
        request.Headers.Host = _host;
        request.Headers.TryAddWithoutValidation("X-Twilio-Signature", webhook.Signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    public void Dispose() => _http.Dispose();
}
