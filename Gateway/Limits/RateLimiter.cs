using System.Net;
using System.Security.Cryptography;
using System.Text;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.Gateway.Limits;

/// <summary>
/// Rate limits shared by all gateways through Redis. While Redis is away requests pass (a limit is no reason to be closed), which is
/// said once; once a second one request tries whether it is back.
/// </summary>
internal sealed partial class RateLimiter(Cache cache, TimeProvider time, ILogger<RateLimiter> logger)
{
    // The generic cell rate algorithm: the key holds when the allowance is whole again, in microseconds of Redis's clock.
    private const string Script = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000000 + clock[2]
        local interval, burst, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
        local granted = math.min(wanted, math.floor((now + burst * interval - whole) / interval))
        if granted < 1 then
            return {0, math.ceil(whole + interval - now - burst * interval)}
        end
        whole = whole + granted * interval
        redis.call('SET', KEYS[1], string.format('%.0f', whole), 'PX', math.ceil((whole - now) / 1000) + 1000)
        return {granted, 0}
        """;

    private const int Remembered = 50_000;
    private static readonly TimeSpan s_tryAgain = TimeSpan.FromSeconds(1);

    private readonly RecentTokens<Allowance> _allowances = new(Remembered);
    private long _openUntil;
    private int _away;

    public long Now => time.GetTimestamp();

    /// <summary>Redis was found away a moment ago: everything passes.</summary>
    public bool IsOpen => _away != 0 && Now < Interlocked.Read(ref _openUntil);

    public TimeSpan Since(long timestamp) => time.GetElapsedTime(timestamp);

    public long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    public TimeSpan Span(long ticks) => TimeSpan.FromSeconds((double)ticks / time.TimestampFrequency);

    public Allowance ForOperator(Guid id, Rate rate) => Get($"limit:operator:{id:N}", rate);

    /// <summary>For a token nobody has checked yet: its own allowance, so that a forged one uses up nobody else's.</summary>
    public Allowance ForBearer(ReadOnlySpan<char> bearer, Rate rate) => Get($"limit:bearer:{Hash(bearer)}", rate);

    /// <summary>IPv6 by network: a household or server has a whole /64 to choose addresses from.</summary>
    public Allowance ForAddress(string what, IPAddress? address, Rate rate) => Get($"limit:{what}:{Hash(Network(address))}", rate);

    public async ValueTask<(int Granted, TimeSpan Wait)> Lease(Allowance allowance, int wanted, CancellationToken cancellationToken)
    {
        // While one tries whether Redis is back, the others pass.
        if (_away != 0) Interlocked.Exchange(ref _openUntil, Now + Ticks(s_tryAgain));
        try
        {
            var answer = await cache.Evaluate(Script, [allowance.Key], [allowance.Rate.Interval, allowance.Rate.Count, wanted], cancellationToken);
            if (Interlocked.Exchange(ref _away, 0) != 0) LogBack();
            return ((int)answer[0], TimeSpan.FromMicroseconds(answer[1]));
        }
        catch (CacheUnavailableException)
        {
            Interlocked.Exchange(ref _openUntil, Now + Ticks(s_tryAgain));
            if (Interlocked.Exchange(ref _away, 1) == 0) LogAway();
            return (1, TimeSpan.Zero);
        }
    }

    private static string Network(IPAddress? address)
    {
        if (address is null) return "none";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address.ToString();
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    private static string Hash(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToArray()), hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    private Allowance Get(string key, Rate rate) =>
        _allowances.TryGet(key, out var known) ? known : _allowances.GetOrSet(key, new Allowance(key, rate, this));

    [LoggerMessage(LogLevel.Warning, "Redis is away: rate limits are off until it is back")]
    private partial void LogAway();

    [LoggerMessage(LogLevel.Information, "Redis is back: rate limits are on again")]
    private partial void LogBack();
}
