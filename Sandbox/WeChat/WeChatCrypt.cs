using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Assistify.Sandbox.WeChat;

/// <summary>WeChat's signatures, and its safe mode: AES-256-CBC, padded to 32, around 16 random bytes, a length, the message and the app's id.</summary>
internal static class WeChatCrypt
{
    [SuppressMessage("Security", "CA5350", Justification = "WeChat's protocol prescribes SHA-1.")]
    public static string Sign(params string[] parts)
    {
        Array.Sort(parts, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
    }

    [SuppressMessage("Security", "CA5401", Justification = "WeChat's protocol prescribes the first bytes of the key as initialisation vector.")]
    public static string Encrypt(string encodingAesKey, string appId, string message)
    {
        var key = Convert.FromBase64String(encodingAesKey + "=");
        var text = Encoding.UTF8.GetBytes(message);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        byte[] plain = [.. RandomNumberGenerator.GetBytes(16), .. length, .. text, .. Encoding.UTF8.GetBytes(appId)];
        var padding = 32 - plain.Length % 32;
        byte[] padded = [.. plain, .. Enumerable.Repeat((byte)padding, padding)];

        using var aes = Aes.Create();
        aes.Key = key;
        return Convert.ToBase64String(aes.EncryptCbc(padded, key.AsSpan(0, 16), PaddingMode.None));
    }
}
