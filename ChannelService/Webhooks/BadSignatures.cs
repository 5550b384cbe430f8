using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Net;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Assistify.ChannelService.Webhooks;

internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    [Range(1, 1_000_000, ErrorMessage = "Limits__BadSignaturesPerMinutePerAddress is between 1 and 1000000.")]
    public int BadSignaturesPerMinutePerAddress { get; init; } = 60;
}

/// <summary>
/// Counts badly signed webhooks by the address they came from: guessing secrets, or filling the log, ends after some in a
/// minute. Counted in Redis for all replicas together, else here. Authentic webhooks are never counted.
/// </summary>
internal sealed class BadSignatures(IOptions<LimitsOptions> limits, TimeProvider time, Cache? cache = null)
{
    private const int MaxAddresses = 100_000;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Start, int Count)> _counts = new();

    /// <returns>Null while the address may go on, else how long it is refused.</returns>
    public async Task<TimeSpan?> Count(string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_counts.Count >= MaxAddresses) _counts.Clear();
        var (start, count) = _counts.AddOrUpdate(
            address, (now, 1), (_, seen) => now - seen.Start >= s_window ? (now, 1) : (seen.Start, seen.Count + 1));
        if (count > limits.Value.BadSignaturesPerMinutePerAddress) return start + s_window - now;
        if (cache is null) return null;

        try
        {
            var total = await cache.Increment($"bad-signatures:{address}", s_window, cancellationToken);
            return total > limits.Value.BadSignaturesPerMinutePerAddress ? s_window : null;
        }
        catch (CacheUnavailableException)
        {
            return null;
        }
    }

    /// <summary>The gateway is on this machine and names the client; nobody else is believed.</summary>
    public static string AddressOf(HttpContext context)
    {
        var remote = context.Connection.RemoteIpAddress;
        if ((remote is null || IPAddress.IsLoopback(remote))
            && context.Request.Headers["X-Forwarded-For"].ToString() is { Length: > 0 } forwarded
            && IPAddress.TryParse(forwarded.AsSpan(forwarded.LastIndexOf(',') + 1).Trim(), out var client))
            remote = client;
        if (remote is { IsIPv4MappedToIPv6: true }) remote = remote.MapToIPv4();
        return remote?.ToString() ?? "unknown";
    }
}
