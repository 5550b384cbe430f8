using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assistify.Sandbox.StandIns;

/// <summary>Proves that an address was made here and for how long it is good.</summary>
internal sealed class ExpiringLinks(TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Sign(string id, TimeSpan life)
    {
        var expires = time.GetUtcNow().Add(life).ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"oe={expires:x}&oh={Digest(id, expires)}");
    }

    public bool IsGood(string id, IQueryCollection query) =>
        long.TryParse(query["oe"].ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var expires)
        && expires > time.GetUtcNow().ToUnixTimeSeconds()
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(query["oh"].ToString()), Encoding.ASCII.GetBytes(Digest(id, expires)));

    private string Digest(string id, long expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{expires} {id}"))))[..32];
}
