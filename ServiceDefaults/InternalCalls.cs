using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Calls of one service to another that no person makes: signed under <see cref="Secrets"/>, which only our services have, for one
/// purpose and for a short time. What they do is repeatable, so a copied call does no more than the first one.
/// </summary>
public sealed class InternalCalls(Secrets secrets, TimeProvider time)
{
    public const string Header = "X-Assistify-Signature";
    private static readonly TimeSpan s_validity = TimeSpan.FromMinutes(5);

    /// <param name="what">Everything that the call depends on: method, path, query, the body's hash.</param>
    public string Sign(string what) => Sign(what, time.GetUtcNow().ToUnixTimeSeconds());

    public bool IsAuthentic(string what, string? signature)
    {
        if (signature?.Split('.') is not [var at, _] || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > s_validity.TotalSeconds)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(what, seconds)));
    }

    private string Sign(string what, long seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds}.{Convert.ToHexStringLower(secrets.Mac($"{seconds}\n{what}", "internal-calls"))}");
}
