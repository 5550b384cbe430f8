using System.Security.Cryptography;
using System.Text;

namespace Assistify.Sandbox.Slack;

/// <summary><c>X-Slack-Signature</c>: HMAC-SHA256 with the signing secret over <c>v0:{timestamp}:{body}</c>.</summary>
internal static class SlackSignature
{
    public static string Sign(string signingSecret, string timestamp, byte[] body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signingSecret), Signed(timestamp, body)));

    private static byte[] Signed(string timestamp, byte[] body) => [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
}
