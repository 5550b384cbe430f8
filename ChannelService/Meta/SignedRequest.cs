using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Meta;

/// <summary>
/// What Meta sends by way of a form: <c>signature.payload</c>, both in base64url; the signature is the HMAC-SHA256 (key: the app's secret)
/// over the payload as it is written. <code>{"user_id":"218471","algorithm":"HMAC-SHA256","issued_at":1291836800}</code>
/// </summary>
internal sealed class SignedRequest
{
    private readonly byte[] _signature;
    private readonly byte[] _signed;

    private SignedRequest(byte[] signature, byte[] signed, JsonElement content) => (_signature, _signed, Content) = (signature, signed, content);

    public JsonElement Content { get; }

    /// <returns>Null where it is none.</returns>
    public static SignedRequest? Parse(string? text)
    {
        if (text?.Split('.') is not [var signature, var payload]) return null;
        try
        {
            return WireJson.Parse(Base64Url.DecodeFromChars(payload)) is { } content
                && string.Equals(content.Text("algorithm"), "HMAC-SHA256", StringComparison.OrdinalIgnoreCase)
                ? new SignedRequest(Base64Url.DecodeFromChars(signature), Encoding.UTF8.GetBytes(payload), content)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public bool IsSignedBy(IEnumerable<string> secrets)
    {
        var found = false;
        foreach (var secret in secrets)
            found |= CryptographicOperations.FixedTimeEquals(_signature, HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), _signed));
        return found;
    }

    public static string Sign(string payload, string secret)
    {
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return $"{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}.{signed}";
    }
}
