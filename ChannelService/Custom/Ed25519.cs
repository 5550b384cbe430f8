using System.Numerics;
using System.Security.Cryptography;

namespace Assistify.ChannelService.Custom;

/// <summary>
/// Verification of Ed25519 signatures (RFC 8032 §5.1.7), which .NET does not have. Everything here is public, so nothing hangs on
/// how long it takes.
/// </summary>
internal static class Ed25519
{
    public const int KeyLength = 32;
    private const int SignatureLength = 64;

    // The field, the order of the base point's group, the curve's constant -121665/121666 and a root of -1.
    private static readonly BigInteger s_p = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger s_d = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger s_rootOfMinusOne = BigInteger.ModPow(2, (s_p - 1) / 4, s_p);
    private static readonly Point s_base = BasePoint();

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength) return false;
        if (Decode(publicKey) is not { } key || Decode(signature[..KeyLength]) is not { } commitment) return false;
        var response = Little(signature[KeyLength..]);

        // A larger one would be a second signature of the same message.
        if (response >= s_order) return false;

        byte[] hashed = [.. signature[..KeyLength], .. publicKey, .. message];
        var challenge = Little(SHA512.HashData(hashed)) % s_order;
        return Multiply(s_base, response).IsSame(Add(commitment, Multiply(key, challenge)));
    }

    private static Point BasePoint()
    {
        var y = Mod(4 * Inverse(5));
        var x = RootX(y, isOdd: false)!.Value;
        return Point.Of(x, y);
    }

    // 255 bits of y, little-endian, and one that tells which of the two x it is.
    private static Point? Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = encoded.ToArray();
        var isOdd = (bytes[^1] & 0x80) != 0;
        bytes[^1] &= 0x7F;
        var y = Little(bytes);
        if (y >= s_p) return null;
        return RootX(y, isOdd) is { } x ? Point.Of(x, y) : null;
    }

    // x² = (y² - 1) / (d y² + 1)
    private static BigInteger? RootX(BigInteger y, bool isOdd)
    {
        var square = Mod((y * y - 1) * Inverse(s_d * y * y + 1));
        if (square.IsZero) return isOdd ? null : BigInteger.Zero;
        var x = BigInteger.ModPow(square, (s_p + 3) / 8, s_p);
        if (Mod(x * x) != square) x = Mod(x * s_rootOfMinusOne);
        if (Mod(x * x) != square) return null;
        return x.IsEven == isOdd ? s_p - x : x;
    }

    private static Point Multiply(Point point, BigInteger factor)
    {
        var sum = Point.Neutral;
        for (; factor > 0; factor >>= 1)
        {
            if (!factor.IsEven) sum = Add(sum, point);
            point = Add(point, point);
        }
        return sum;
    }

    // RFC 8032 §5.1.4
    private static Point Add(Point one, Point other)
    {
        var a = Mod((one.Y - one.X) * (other.Y - other.X));
        var b = Mod((one.Y + one.X) * (other.Y + other.X));
        var c = Mod(2 * one.T * s_d % s_p * other.T);
        var d = Mod(2 * one.Z * other.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static BigInteger Little(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), s_p - 2, s_p);

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % s_p;
        return rest.Sign < 0 ? rest + s_p : rest;
    }

    /// <summary>Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
    {
        public static Point Neutral { get; } = new(0, 1, 1, 0);

        public static Point Of(BigInteger x, BigInteger y) => new(x, y, 1, Mod(x * y));

        public bool IsSame(Point other) => Mod(X * other.Z) == Mod(other.X * Z) && Mod(Y * other.Z) == Mod(other.Y * Z);
    }
}
