using System.Net;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Instagram;

/// <summary>The part of the Graph API that is Instagram's: its failures suspend nothing else.</summary>
internal sealed class InstagramClient(HttpClient http, TimeProvider time) : GraphClient(http, time)
{
    public const string Name = "instagram";

    private readonly HttpClient _http = http;
    private readonly TimeProvider _time = time;

    /// <summary>
    /// Exchanges a token of Instagram's own login, which lives for 60 days, for one that lives for 60 days from now; in its first day Instagram refuses.
    /// https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
    /// </summary>
    public async Task<RenewedCredential?> Renew(InstagramOptions options, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"{options.BaseAddress.TrimEnd('/')}/refresh_access_token?grant_type=ig_refresh_token&access_token={Uri.EscapeDataString(options.AccessToken!)}"));
        var answer = await ProviderCall.Ask(_http, request, _time, cancellationToken);
        return answer.Status == HttpStatusCode.OK && answer.Body.Filled("access_token") is { } token
            ? new RenewedCredential(
                nameof(InstagramOptions.AccessToken), token,
                answer.Body?.Number("expires_in") is { } seconds and > 0 and < int.MaxValue ? _time.GetUtcNow().AddSeconds(seconds) : null)
            : null;
    }
}
