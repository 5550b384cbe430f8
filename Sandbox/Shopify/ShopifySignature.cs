using System.Security.Cryptography;
using System.Text;

namespace Assistify.Sandbox.Shopify;

/// <summary>Shopify's two signatures, both HMAC-SHA256 with the app's client secret.</summary>
internal static class ShopifySignature
{
    /// <summary><c>X-Shopify-Hmac-SHA256</c>: base64, over the body and nothing else.</summary>
    public static string OfBody(string clientSecret, byte[] body) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(clientSecret), body));

    /// <summary>The app proxy's <c>signature</c>: hex, over sorted <c>name=value</c> without anything between them; the values of a repeated name joined by commas.</summary>
    public static string OfQuery(string clientSecret, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var pairs = parameters.GroupBy(one => one.Key, one => one.Value, StringComparer.Ordinal).Select(group => $"{group.Key}={string.Join(',', group)}");
        var text = string.Concat(pairs.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(clientSecret), Encoding.UTF8.GetBytes(text)));
    }
}
