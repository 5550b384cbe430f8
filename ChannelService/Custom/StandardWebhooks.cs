using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistify.ChannelService.Webhooks;
using Microsoft.Extensions.Primitives;

namespace Assistify.ChannelService.Custom;

/// <summary>
/// Signatures over <c>{id}.{timestamp}.{raw body}</c>: <c>v1,</c> with the base64 of an HMAC-SHA256, <c>v1a,</c> with that of an
/// Ed25519 signature. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
/// </summary>
internal static class StandardWebhooks
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public const string SecretPrefix = "whsec_";
    public const string PublicKeyPrefix = "whpk_";

    private const int MaxIdLength = 256;
    private const int MaxSignatures = 32;
    private const string Symmetric = "v1";
    private const string Asymmetric = "v1a";
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    /// <param name="keys">Of the shared secrets.</param>
    /// <param name="publicKey">Never used as a shared secret, whatever a signature claims to be.</param>
    /// <returns>Null when one of the signatures is right and the time is now, otherwise the reason.</returns>
    public static string? Verify(WebhookRequest request, IReadOnlyList<byte[]> keys, byte[]? publicKey, DateTimeOffset now)
    {
        if (request.Headers[IdHeader] is not [{ Length: > 0 } id]) return "missing_id";
        if (request.Headers[TimestampHeader] is not [{ Length: > 0 } timestamp]) return "missing_timestamp";
        if (StringValues.IsNullOrEmpty(request.Headers[SignatureHeader])) return "missing_signature";

        // A dot would move the border between the id and the rest.
        if (id.Length > MaxIdLength || id.Contains('.', StringComparison.Ordinal)) return "malformed_id";
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return "malformed_timestamp";
        var age = now.ToUnixTimeSeconds() - seconds;
        if (age > s_tolerance.TotalSeconds) return "timestamp_too_old";
        if (age < -s_tolerance.TotalSeconds) return "timestamp_in_future";

        var signed = Signed(id, timestamp, request.Body.Span);
        var expected = keys.Select(key => HMACSHA256.HashData(key, signed)).ToList();
        var (isReadable, isSupported) = (false, false);
        foreach (var entry in request.Headers[SignatureHeader].SelectMany(line => (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Take(MaxSignatures))
        {
            if (entry.Split(',', 2) is not [var version, var text] || Base64(text) is not { } given) continue;
            isReadable = true;
            if (version == Symmetric && expected.Count > 0)
            {
                isSupported = true;
                var isRight = false;
                foreach (var hash in expected) isRight |= CryptographicOperations.FixedTimeEquals(given, hash);
                if (isRight) return null;
            }
            else if (version == Asymmetric && publicKey is not null)
            {
                isSupported = true;
                if (Ed25519.Verify(publicKey, signed, given)) return null;
            }
        }
        return !isReadable ? "malformed_signature" : isSupported ? "signature_mismatch" : "no_supported_signature";
    }

    /// <summary>The value of the signature's header.</summary>
    public static string Sign(string id, string timestamp, ReadOnlySpan<byte> body, byte[] key) =>
        $"{Symmetric},{Convert.ToBase64String(HMACSHA256.HashData(key, Signed(id, timestamp, body)))}";

    /// <returns>Null where it is no base64.</returns>
    public static byte[]? KeyOf(string text, string prefix) => Base64(text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text);

    private static byte[] Signed(string id, string timestamp, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
