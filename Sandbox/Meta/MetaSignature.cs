using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Assistify.Sandbox.Meta;

/// <summary><c>X-Hub-Signature-256</c>: HMAC-SHA256 with the app's secret over the bytes that are sent.</summary>
internal static class MetaSignature
{
    public static string Sign(string appSecret, byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body));

    /// <summary>What <c>appsecret_proof</c> must be where a caller gives it.</summary>
    public static string Proof(string appSecret, string accessToken) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes(accessToken)));

    /// <summary>What Meta sends in a form's field: signature and payload in base64url, the signature over the payload as it is written.</summary>
    public static string SignedRequest(string appSecret, byte[] payload)
    {
        var written = Base64Url.EncodeToString(payload);
        return $"{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes(written)))}.{written}";
    }
}
