using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;

namespace Assistify.ServiceDefaults.Tokens;

/// <summary>A public key as a JSON Web Key (RFC 7517).</summary>
public sealed record PublicTokenKey(
    [property: JsonPropertyName("kty")] string KeyType,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y,
    [property: JsonPropertyName("kid")] string KeyId,
    [property: JsonPropertyName("alg")] string Algorithm = SecurityAlgorithms.EcdsaSha256,
    [property: JsonPropertyName("use")] string Use = "sig");

/// <summary>The answer of <c>/.well-known/jwks.json</c>.</summary>
public sealed record PublicTokenKeys([property: JsonPropertyName("keys")] IReadOnlyList<PublicTokenKey> Keys);

/// <summary>An ES256 key: with its private part in ChatService, which signs, and without everywhere else.</summary>
public sealed class TokenKey : IDisposable
{
    private readonly ECDsa _key;

    private TokenKey(ECDsa key, string? id = null)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        Id = id ?? Thumbprint(x, y);
        Public = new PublicTokenKey("EC", "P-256", x, y, Id);
        SecurityKey = new ECDsaSecurityKey(key)
        {
            KeyId = Id,
            // The library keeps verifiers by key type, kid and algorithm: with its cache a token of another key of the same kid would pass.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    /// <summary>The key's thumbprint (RFC 7638), so that one id never stands for two keys.</summary>
    public string Id { get; }

    public PublicTokenKey Public { get; }

    internal ECDsaSecurityKey SecurityKey { get; }

    public static TokenKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pkcs8">As <see cref="ExportPrivateKey"/> gave it.</param>
    public static TokenKey Import(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new TokenKey(key);
    }

    /// <summary>Null where it is a kind of key that is not used here.</summary>
    public static TokenKey? From(PublicTokenKey key)
    {
        if (key is not { KeyType: "EC", Curve: "P-256", X.Length: > 0, Y.Length: > 0, KeyId.Length: > 0 }) return null;
        try
        {
            return new TokenKey(
                ECDsa.Create(new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
                }),
                key.KeyId);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }

    public byte[] ExportPrivateKey() => _key.ExportPkcs8PrivateKey();

    public void Dispose() => _key.Dispose();

    private static string Thumbprint(string x, string y) => Base64Url.EncodeToString(SHA256.HashData(
        Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
}
