using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Slack;

/// <summary>
/// X-Slack-Signature: <c>v0=</c> and the hex HMAC-SHA256 (key: the app's signing secret) of <c>v0:{timestamp}:{raw body}</c>.
/// https://docs.slack.dev/authentication/verifying-requests-from-slack
/// </summary>
internal static class SlackSignature
{
    public const string Header = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    private const string Version = "v0=";
    private const int HexLength = 2 * HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(300);

    /// <returns>Null when the signature is right and fresh, otherwise the reason.</returns>
    public static string? Verify(WebhookRequest request, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        var timestamp = request.Headers[TimestampHeader].ToString();
        var signature = request.Headers[Header].ToString();
        if (signature.Length == 0) return "missing_signature";
        if (timestamp.Length == 0) return "missing_timestamp";
        if (!signature.StartsWith(Version, StringComparison.Ordinal) || signature.Length != Version.Length + HexLength) return "malformed_signature";
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return "malformed_timestamp";

        var age = now.ToUnixTimeSeconds() - seconds;
        if (age > s_tolerance.TotalSeconds) return "timestamp_too_old";
        if (age < -s_tolerance.TotalSeconds) return "timestamp_in_future";
        return FixedTime.IsOneOf(signature, secrets.Select(secret => Compute(timestamp, request.Body.Span, secret))) ? null : "signature_mismatch";
    }

    public static string Compute(string timestamp, ReadOnlySpan<byte> body, string secret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return Version + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
