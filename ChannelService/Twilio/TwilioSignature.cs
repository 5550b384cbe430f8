using System.Security.Cryptography;
using System.Text;

namespace Assistify.ChannelService.Twilio;

/// <summary>
/// X-Twilio-Signature: base64 of HMAC-SHA1 (key: the account's auth token) over the address exactly as configured at
/// Twilio, followed by the form's names and values sorted by name.
/// https://www.twilio.com/docs/usage/security#validating-requests
/// </summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <param name="urls">The addresses that may have been signed, with the query that was received.</param>
    /// <returns>Null when the signature is right, otherwise the reason.</returns>
    public static string? Verify(string? signature, IEnumerable<string> urls, TwilioForm? form, IReadOnlyList<string> authTokens)
    {
        if (string.IsNullOrEmpty(signature)) return "missing_signature";

        Span<byte> given = stackalloc byte[SHA1.HashSizeInBytes + 1];
        if (!Convert.TryFromBase64String(signature, given, out var length) || length != SHA1.HashSizeInBytes)
            return "malformed_signature";
        if (form is { TooMany: true }) return "signature_mismatch";

        var parameters = form is null ? [] : Canonical(form, raw: true);
        var replaced = form is not null && form.Parameters.Any(p => p.RawName is not null || p.RawValue is not null)
            ? Canonical(form, raw: false)
            : null;
        foreach (var url in urls)
        {
            foreach (var variant in PortVariants(url))
            {
                foreach (var token in authTokens)
                {
                    if (Matches(given[..length], variant, parameters, token)) return null;

                    // A signer that works on text has replaced what is not valid UTF-8 before it signed.
                    if (replaced is not null && Matches(given[..length], variant, replaced, token)) return null;
                }
            }
        }
        return "signature_mismatch";
    }

    public static string Compute(string url, TwilioForm? form, string authToken) =>
        Convert.ToBase64String(Hash(url, form is null ? [] : Canonical(form, raw: true), authToken));

    /// <summary>Twilio is not consistent about the standard port, so the address counts with and without it.</summary>
    internal static IEnumerable<string> PortVariants(string url)
    {
        yield return url;

        // By hand: Uri would normalise the host's letters, the path and the escapes, and all of them are signed as written.
        var authority = url.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0) yield break;
        authority += 3;
        var end = url.AsSpan(authority).IndexOfAny('/', '?');
        end = end < 0 ? url.Length : authority + end;
        var host = url.LastIndexOf('@', end - 1, end - authority) + 1;
        if (host == 0) host = authority;
        var port = url.LastIndexOf(':', end - 1, end - host);
        var bracket = url.LastIndexOf(']', end - 1, end - host);
        if (port > bracket)
            yield return string.Concat(url.AsSpan(0, port), url.AsSpan(end));
        else
            yield return string.Concat(
                url.AsSpan(0, end), url.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80", url.AsSpan(end));
    }

    private static bool Matches(ReadOnlySpan<byte> given, string url, byte[] parameters, string token) =>
        CryptographicOperations.FixedTimeEquals(given, Hash(url, parameters, token));

    private static byte[] Hash(string url, byte[] parameters, string token)
    {
        var address = Encoding.UTF8.GetBytes(url);
        return HMACSHA1Hash(Encoding.UTF8.GetBytes(token), [.. address, .. parameters]);
    }

#pragma warning disable CA5350 // The provider's protocol says SHA-1; as an HMAC it is still sound.
    private static byte[] HMACSHA1Hash(byte[] key, byte[] message) => HMACSHA1.HashData(key, message);
#pragma warning restore CA5350

    // A repeated name counts once for each different value, in their order. Names sort by ordinal, not by culture.
    private static byte[] Canonical(TwilioForm form, bool raw)
    {
        using var text = new MemoryStream();
        foreach (var parameter in form.Parameters
            .DistinctBy(p => (p.Name, p.Value))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal))
        {
            text.Write(raw && parameter.RawName is { } name ? name : Encoding.UTF8.GetBytes(parameter.Name));
            text.Write(raw && parameter.RawValue is { } value ? value : Encoding.UTF8.GetBytes(parameter.Value));
        }
        return text.ToArray();
    }
}
