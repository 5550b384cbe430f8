using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.WeChat;

/// <summary>
/// WeChat's API, as far as messages need it. A new access token ends the one before it within minutes, so replicas share it.
/// </summary>
internal sealed class WeChatClient(HttpClient http, TimeProvider time, Cache? cache = null) : IDisposable
{
    public const string Name = "wechat";

    private static readonly TimeSpan s_renewBefore = TimeSpan.FromMinutes(5);

    // WeChat shows escapes to people as they are written.
    private static readonly JsonSerializerOptions s_unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim _renewing = new(1, 1);
    private (string Value, DateTimeOffset RenewAt)? _token;

    /// <param name="id">Ours: WeChat gives none.</param>
    public async Task<SendResult> Send(WeChatOptions options, JsonObject message, string id, CancellationToken cancellationToken)
    {
        var body = message.ToJsonString(s_unescaped);
        var (token, refusal) = await Token(options, invalid: null, cancellationToken);
        if (token is null) return refusal!;

        var isInvalid = false;
        var result = await Post(token);
        if (!isInvalid) return result;

        // Ended before its time: certainly nothing was sent with it.
        (token, refusal) = await Token(options, invalid: token, cancellationToken);
        return token is null ? refusal! : await Post(token);

        async Task<SendResult> Post(string accessToken)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, Address(options, $"cgi-bin/message/custom/send?access_token={Uri.EscapeDataString(accessToken)}"))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            return await ProviderCall.Send(http, request, "WeChat", time, answer => Judge(answer, id, out isInvalid), cancellationToken);
        }
    }

    /// <summary>Shows for some seconds that an answer is being written.</summary>
    public async Task ShowTyping(WeChatOptions options, string to, CancellationToken cancellationToken)
    {
        if (await Token(options, invalid: null, cancellationToken) is not { Token: { } token }) return;
        using var request = new HttpRequestMessage(
            HttpMethod.Post, Address(options, $"cgi-bin/message/custom/typing?access_token={Uri.EscapeDataString(token)}"))
        {
            Content = JsonContent.Create<JsonNode>(new JsonObject { ["touser"] = to, ["command"] = "Typing" }),
        };
        await ProviderCall.Ask(http, request, time, cancellationToken);
    }

    /// <summary>Opens a medium that WeChat keeps for three days.</summary>
    /// <exception cref="MediaUnavailableException">WeChat does not give it.</exception>
    public async Task<HttpResponseMessage> OpenMedia(WeChatOptions options, string mediaId, MediaClient media, CancellationToken cancellationToken)
    {
        string? invalid = null;
        while (true)
        {
            if (await Token(options, invalid, cancellationToken) is not { Token: { } token }) throw new MediaUnavailableException("no_access_token", isFinal: false);
            var response = await media.Get(
                Address(options, $"cgi-bin/media/get?access_token={Uri.EscapeDataString(token)}&media_id={Uri.EscapeDataString(mediaId)}").AbsoluteUri,
                credentials: null, cancellationToken);

            // An error is JSON with 200, and never a medium.
            if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "text/plain")) return response;
            using (response)
            {
                var error = WireJson.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
                var code = error?.Number("errcode");
                if (code is not { } known) throw new MediaUnavailableException("unreadable_answer", isFinal: false);
                if (!WeChatErrors.IsTokenInvalid(known) || invalid is not null)
                    throw new MediaUnavailableException(known.ToString(CultureInfo.InvariantCulture), isFinal: known is 40007);
                invalid = token;
            }
        }
    }

    /// <summary>Whether the credentials give an access token.</summary>
    public async Task<ConnectionCheck> Check(WeChatOptions options, CancellationToken cancellationToken) =>
        await Token(options, invalid: null, cancellationToken) is { Refusal: { } refusal } ? ProviderCall.Failed(refusal, "WeChat") : new ConnectionCheck(true);

    public void Dispose() => _renewing.Dispose();

    private static SendResult Judge(ProviderAnswer answer, string id, out bool isTokenInvalid)
    {
        isTokenInvalid = false;
        if (answer.Body?.Number("errcode") is not { } code) return new SendResult.Unknown($"http_{(int)answer.Status}");
        isTokenInvalid = WeChatErrors.IsTokenInvalid(code);
        return code == 0 ? new SendResult.Accepted(id) : WeChatErrors.Classify(code, answer.Body?.Text("errmsg"), answer.RetryAfter);
    }

    /// <param name="invalid">One that WeChat refused.</param>
    private async Task<(string? Token, SendResult? Refusal)> Token(WeChatOptions options, string? invalid, CancellationToken cancellationToken)
    {
        if (_token is { } known && known.Value != invalid && time.GetUtcNow() < known.RenewAt) return (known.Value, null);
        try
        {
            await _renewing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return (null, NotFetched());
        }

        try
        {
            if (_token is { } renewed && renewed.Value != invalid && time.GetUtcNow() < renewed.RenewAt) return (renewed.Value, null);
            if (await Shared(options, invalid, cancellationToken) is { } shared) return (shared, null);
            return await Fetch(options, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return (null, NotFetched());
        }
        finally
        {
            _renewing.Release();
        }
    }

    // {"access_token":"…","expires_in":7200} or {"errcode":40013,"errmsg":"invalid appid"}
    private async Task<(string? Token, SendResult? Refusal)> Fetch(WeChatOptions options, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(
            options,
            $"cgi-bin/token?grant_type=client_credential&appid={Uri.EscapeDataString(options.AppId!)}&secret={Uri.EscapeDataString(options.AppSecret!)}"));
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
        if (answer.Body?.Text("access_token") is not { Length: > 0 } token)
        {
            return (null, answer.Body?.Number("errcode") is { } code
                ? WeChatErrors.Classify(code, answer.Body?.Text("errmsg"), answer.RetryAfter)
                : NotFetched());
        }

        var lifetime = TimeSpan.FromSeconds(Math.Clamp(answer.Body?.Number("expires_in") ?? 7200, 1, 86_400));
        var left = lifetime > s_renewBefore * 2 ? lifetime - s_renewBefore : lifetime / 2;
        var renewAt = time.GetUtcNow() + left;
        _token = (token, renewAt);
        if (cache is not null)
        {
            try
            {
                await cache.Set(Key(options), $"{renewAt.ToUnixTimeSeconds()} {token}", left, cancellationToken);
            }
            catch (CacheUnavailableException)
            {
                // The other replicas fetch their own when this one ends theirs.
            }
        }
        return (token, null);
    }

    private async Task<string?> Shared(WeChatOptions options, string? invalid, CancellationToken cancellationToken)
    {
        if (cache is null) return null;
        try
        {
            if (await cache.Get(Key(options), cancellationToken) is not { } shared || shared.Split(' ', 2) is not [var until, var token] || token == invalid) return null;
            if (!long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return null;
            var renewAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
            if (renewAt <= time.GetUtcNow()) return null;
            _token = (token, renewAt);
            return token;
        }
        catch (CacheUnavailableException)
        {
            return null;
        }
    }

    private static SendResult.NotSent NotFetched() =>
        new("no_access_token", "WeChat gave no access token.", null, TimeSpan.FromHours(24));

    private static string Key(WeChatOptions options) => $"wechat-token:{options.AppId}";

    private static Uri Address(WeChatOptions options, string path) => new($"{options.ApiBaseUrl.TrimEnd('/')}/{path}");
}
