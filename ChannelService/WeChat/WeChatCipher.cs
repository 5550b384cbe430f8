using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Assistify.ChannelService.WeChat;

/// <summary>
/// Safe mode: AES-256-CBC with the first 16 bytes of the key as initialisation vector and padding to 32 bytes, over 16 random
/// bytes, the length of the message (big-endian), the message and the app's id.
/// </summary>
internal static class WeChatCipher
{
    private const int Block = 32;
    private const int Prefix = 16 + sizeof(int);

    /// <param name="aesKey">The 43 characters of base64 that WeChat shows.</param>
    /// <returns>Null where it is not encrypted with this key.</returns>
    public static (byte[] Message, string AppId)? Decrypt(string encrypted, string aesKey)
    {
        var cipher = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(encrypted, cipher, out var length) || length == 0 || length % 16 != 0) return null;

        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(aesKey + "=");
        byte[] plain;
        try
        {
            plain = aes.DecryptCbc(cipher.AsSpan(0, length), aes.Key.AsSpan(0, 16), PaddingMode.None);
        }
        catch (CryptographicException)
        {
            return null;
        }

        // The ciphertext is signed: what its padding looks like tells nobody anything new.
        var padding = plain[^1];
        if (padding is 0 or > Block || plain.Length < Prefix + padding) return null;
        var text = plain.AsSpan(0, plain.Length - padding);
        var size = BinaryPrimitives.ReadInt32BigEndian(text[16..]);
        if (size < 0 || size > text.Length - Prefix) return null;
        return (text.Slice(Prefix, size).ToArray(), Encoding.UTF8.GetString(text[(Prefix + size)..]));
    }

    public static string Encrypt(ReadOnlySpan<byte> message, string appId, string aesKey)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
        byte[] text = [.. RandomNumberGenerator.GetBytes(16), .. length, .. message, .. Encoding.UTF8.GetBytes(appId)];
        var padding = Block - text.Length % Block;
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(aesKey + "=");
        return Convert.ToBase64String(aes.EncryptCbc([.. text, .. Enumerable.Repeat((byte)padding, padding)], aes.Key.AsSpan(0, 16), PaddingMode.None));
    }
}
