using System.Net;
using System.Net.Http.Json;

namespace Assistify.Load.Channels;

/// <summary>Has the stand-ins of the providers make webhooks and send them, beside the gateway, which may be away.</summary>
internal sealed class SandboxInbound : IDisposable
{
    private readonly HttpClient _http;

    public SandboxInbound(Uri sandbox) => _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
    {
        BaseAddress = sandbox,
        Timeout = TimeSpan.FromSeconds(60),
    };

    private sealed record Result(int Status);

    /// <returns>What Assistify answered to the provider; 0 where it did not.</returns>
    public async Task<int> Post(TestedChannel channel, string from, string sid, string text, string name, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync($"/sandbox/api/{channel.Name}/inbound", new { from, sid, text, profileName = name }, cancellationToken);
            // It waited for Assistify in vain, as a provider does.
            if (response.StatusCode == HttpStatusCode.GatewayTimeout) return 0;
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"The sandbox refused a message on {channel.Name}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            return (await response.Content.ReadFromJsonAsync<Result>(cancellationToken))!.Status;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>What is to go wrong on the channel; an empty object ends it.</summary>
    public async Task SetFaults(TestedChannel channel, object faults, CancellationToken cancellationToken)
    {
        using var response = await _http.PutAsJsonAsync($"/sandbox/api/{channel.Name}/faults", faults, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
