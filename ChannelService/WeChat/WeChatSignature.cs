using System.Security.Cryptography;
using System.Text;

namespace Assistify.ChannelService.WeChat;

/// <summary>
/// The hex SHA-1 of the token, the timestamp, the nonce and, of encrypted messages, the ciphertext, sorted and joined.
/// https://developers.weixin.qq.com/doc/offiaccount/en/Basic_Information/Access_Overview.html
/// </summary>
internal static class WeChatSignature
{
#pragma warning disable CA5350 // The provider's protocol says SHA-1.
    public static string Compute(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Order(StringComparer.Ordinal)))));
#pragma warning restore CA5350
}
