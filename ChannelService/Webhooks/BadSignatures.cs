using System.ComponentModel.DataAnnotations;
using System.Net;
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
/// minute. Authentic webhooks are never counted.
/// </summary>
internal sealed class BadSignatures(IOptions<LimitsOptions> limits, Tries tries)
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    /// <returns>Null while the address may go on, else how long it is refused.</returns>
    public Task<TimeSpan?> Count(string address, CancellationToken cancellationToken) =>
        tries.Count($"bad-signatures:{address}", limits.Value.BadSignaturesPerMinutePerAddress, s_window, cancellationToken);

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
