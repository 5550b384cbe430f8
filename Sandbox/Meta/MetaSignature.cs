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
}
