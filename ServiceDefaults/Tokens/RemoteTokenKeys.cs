using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Assistify.ServiceDefaults.Tokens;

/// <summary>
/// ChatService's public keys over HTTP. Read at first use, again when a token names an unknown key (but not more often than every
/// five seconds, however many forged tokens come), and every five minutes so that withdrawn keys go. While ChatService is away
/// the last ones count.
/// </summary>
public sealed partial class RemoteTokenKeys : ITokenKeys, IDisposable
{
    internal static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_retryFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http;
    private readonly Uri[] _addresses;
    private readonly TimeProvider _time;
    private readonly ILogger<RemoteTokenKeys> _logger;
    private readonly SemaphoreSlim _reading = new(1);
    private volatile Dictionary<string, TokenKey>? _keys;
    private long _readAt;
    private long _triedAt;

    public RemoteTokenKeys(IConfiguration configuration, TimeProvider time, ILogger<RemoteTokenKeys> logger)
        : this(Addresses(configuration), new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }, time, logger)
    {
    }

    internal RemoteTokenKeys(Uri[] addresses, HttpMessageHandler handler, TimeProvider time, ILogger<RemoteTokenKeys> logger)
    {
        _addresses = addresses;
        _http = new HttpClient(handler) { Timeout = s_timeout };
        _time = time;
        _logger = logger;
    }

    public async ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken)
    {
        var known = _keys;
        if (known is not null && known.TryGetValue(keyId, out var key))
        {
            // Old keys serve this request, a reading in the background serves the next ones.
            if (Since(ref _readAt) >= MaxAge && Since(ref _triedAt) >= MinInterval) _ = Refresh(CancellationToken.None);
            return key;
        }

        if (known is null || Since(ref _triedAt) >= MinInterval)
        {
            await Refresh(cancellationToken);
            known = _keys ?? throw new TokenKeysUnavailableException("ChatService's keys could not be read yet.");
        }

        return known.GetValueOrDefault(keyId);
    }

    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    private TimeSpan Since(ref long timestamp) => _time.GetElapsedTime(Interlocked.Read(ref timestamp));

    private async Task Refresh(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            // Somebody else has just been here.
            if (_triedAt != 0 && Since(ref _triedAt) < (_keys is null ? s_retryFirst : MinInterval)) return;

            foreach (var address in _addresses)
            {
                if (await Read(address, cancellationToken) is not { } keys) continue;
                _keys = keys;
                Interlocked.Exchange(ref _readAt, _time.GetTimestamp());
                break;
            }

            Interlocked.Exchange(ref _triedAt, _time.GetTimestamp());
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<Dictionary<string, TokenKey>?> Read(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _http.GetFromJsonAsync<PublicTokenKeys>(address, cancellationToken);
            var keys = new Dictionary<string, TokenKey>(StringComparer.Ordinal);
            foreach (var read in answer?.Keys ?? [])
            {
                if (TokenKey.From(read) is { } key) keys[key.Id] = key;
            }

            return keys.Count > 0 ? keys : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or NotSupportedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreadable(exception.GetType().Name);
            return null;
        }
    }

    private static Uri[] Addresses(IConfiguration configuration)
    {
        var addresses = configuration.GetSection("services:chat:http").GetChildren()
            .Select(child => child.Value)
            .OfType<string>()
            .Select(value => new Uri(new Uri(value), "/.well-known/jwks.json"))
            .ToArray();
        return addresses is not [] ? addresses
            : throw new InvalidOperationException("services:chat:http:0 is not set: the address of ChatService, which issues the tokens.");
    }

    [LoggerMessage(LogLevel.Warning, "ChatService's public keys could not be read ({Reason}); the last ones, if any, stay in use")]
    private partial void LogUnreadable(string reason);
}
