using System.Security.Cryptography;
using System.Text;

namespace Assistify.Sandbox.Custom;

/// <summary>Standard Webhooks 1.0, symmetric: HMAC-SHA256 over <c>{id}.{timestamp}.{body}</c>.</summary>
internal static class StandardWebhooks
{
    private const string Prefix = "whsec_";

    public static string Sign(string secret, string id, string timestamp, byte[] body)
    {
        var key = Convert.FromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
