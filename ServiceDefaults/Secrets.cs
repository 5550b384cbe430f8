using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Encryption at rest of what a database dump must not tell: signing keys, channels' credentials. AES-256-GCM under
/// <c>Secrets:Key</c>; the purpose is bound to the value, so that a column's value cannot be moved to another place. While keys are
/// changed, <c>Secrets:PreviousKey</c> still decrypts; what is saved again is under the new one.
/// </summary>
public sealed class Secrets
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;
    private readonly byte[]? _previousKey;

    public Secrets(IConfiguration configuration)
    {
        _key = Key(configuration["Secrets:Key"])
            ?? throw new InvalidOperationException("Secrets:Key must be 32 bytes in base64: the key that secrets in the database are encrypted with.");
        if (configuration["Secrets:PreviousKey"] is { Length: > 0 } previous)
        {
            _previousKey = Key(previous)
                ?? throw new InvalidOperationException("Secrets:PreviousKey must be 32 bytes in base64: the key before Secrets:Key.");
        }
    }

    /// <param name="purpose">What it is and whose, such as <c>connection/{id}/access-token</c>.</param>
    /// <returns>Version, nonce, tag, ciphertext.</returns>
    public byte[] Protect(ReadOnlySpan<byte> secret, string purpose)
    {
        var result = new byte[1 + NonceSize + TagSize + secret.Length];
        result[0] = Version;
        var nonce = result.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, secret, result.AsSpan(1 + NonceSize + TagSize), result.AsSpan(1 + NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return result;
    }

    /// <exception cref="CryptographicException">It was encrypted under another key or for another purpose, or was changed.</exception>
    public byte[] Unprotect(ReadOnlySpan<byte> value, string purpose)
    {
        if (value.Length < 1 + NonceSize + TagSize || value[0] != Version) throw new CryptographicException("Not a value that was encrypted here.");

        try
        {
            return Decrypt(_key, value, purpose);
        }
        catch (AuthenticationTagMismatchException) when (_previousKey is not null)
        {
            return Decrypt(_previousKey, value, purpose);
        }
    }

    /// <summary>A keyed hash (HMAC-SHA256): the same for the same value and purpose, and nothing to guess at without the key.</summary>
    public byte[] Mac(string value, string purpose) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, 32, info: Encoding.UTF8.GetBytes(purpose)), Encoding.UTF8.GetBytes(value));

    public byte[] Protect(string secret, string purpose) => Protect(Encoding.UTF8.GetBytes(secret), purpose);

    public string UnprotectText(ReadOnlySpan<byte> value, string purpose) => Encoding.UTF8.GetString(Unprotect(value, purpose));

    private static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> value, string purpose)
    {
        var secret = new byte[value.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(value.Slice(1, NonceSize), value[(1 + NonceSize + TagSize)..], value.Slice(1 + NonceSize, TagSize), secret, Encoding.UTF8.GetBytes(purpose));
        return secret;
    }

    private static byte[]? Key(string? text)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(text ?? "", key, out var length) && length == key.Length ? key : null;
    }
}
