using System.Security.Cryptography;
using System.Text;

namespace Assistify.ChannelService.Meta;

/// <summary>
/// X-Hub-Signature-256: <c>sha256=</c> and the lower-case hex of HMAC-SHA256 (key: the app's secret) over the body as it was sent,
/// escapes included. The older SHA-1 header beside it is not looked at.
/// </summary>
internal static class MetaSignature
{
    public const string Header = "X-Hub-Signature-256";
    private const string Scheme = "sha256=";

    /// <returns>Null when the signature is right, otherwise the reason.</returns>
    public static string? Verify(string? signature, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets)
    {
        if (string.IsNullOrEmpty(signature)) return "missing_signature";

        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (!signature.StartsWith(Scheme, StringComparison.Ordinal) || signature.Length != Scheme.Length + 2 * given.Length
            || Convert.FromHexString(signature.AsSpan(Scheme.Length), given, out _, out _) != System.Buffers.OperationStatus.Done)
            return "malformed_signature";

        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
            if (CryptographicOperations.FixedTimeEquals(given, expected)) return null;
        }
        return "signature_mismatch";
    }

    public static string Compute(ReadOnlySpan<byte> body, string secret) =>
        Scheme + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
