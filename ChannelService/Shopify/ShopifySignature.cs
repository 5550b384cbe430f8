using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Shopify;

/// <summary>
/// Webhooks: the base64 HMAC-SHA256 of the raw body (headers are not covered). App proxy: the hex HMAC-SHA256 of the decoded query,
/// as <c>name=value</c> sorted and joined without anything in between. The key is the app's client secret for both.
/// https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies
/// </summary>
internal static class ShopifySignature
{
    public const string Header = "X-Shopify-Hmac-SHA256";

    private const string Parameter = "signature";
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(300);

    // What Shopify itself adds to the query; everything else in it is the browser's.
    private static readonly string[] s_trusted = ["shop", "logged_in_customer_id", "path_prefix", "timestamp"];

    /// <returns>Null when the signature is right, otherwise the reason.</returns>
    public static string? VerifyWebhook(WebhookRequest request, IReadOnlyList<string> secrets)
    {
        var given = request.Headers[Header].ToString();
        if (given.Length == 0) return "missing_signature";
        var bytes = new byte[given.Length];
        if (!Convert.TryFromBase64String(given, bytes, out var length) || length != HMACSHA256.HashSizeInBytes) return "malformed_signature";
        var isRight = false;
        foreach (var secret in secrets)
            isRight |= CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, length), Hash(request.Body.Span, secret));
        return isRight ? null : "signature_mismatch";
    }

    public static string ComputeWebhook(ReadOnlySpan<byte> body, string secret) => Convert.ToBase64String(Hash(body, secret));

    public static bool IsProxied(TwilioForm query) => query.Has(Parameter);

    /// <returns>Null when the signature is right and fresh, otherwise the reason.</returns>
    public static string? VerifyProxy(TwilioForm query, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        if (query.TooMany || query.Parameters.Count(parameter => parameter.Name == Parameter) != 1) return "malformed_signature";
        var signed = Signed(query);
        if (!FixedTime.IsOneOf(query[Parameter]!, secrets.Select(secret => Convert.ToHexStringLower(Hash(Encoding.UTF8.GetBytes(signed), secret)))))
            return "signature_mismatch";

        // Nothing stands between the parameters, so a value could be cut to look like another parameter: each trusted name occurs
        // once in what is signed, or it is not known which one Shopify wrote.
        foreach (var name in s_trusted)
        {
            if (query.Parameters.Count(parameter => parameter.Name == name) != 1) return "missing_parameters";
            var mark = name + "=";
            var first = signed.IndexOf(mark, StringComparison.Ordinal);
            if (first < 0 || signed.IndexOf(mark, first + 1, StringComparison.Ordinal) >= 0) return "ambiguous_parameters";
        }

        if (!long.TryParse(query["timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return "malformed_timestamp";
        var age = now.ToUnixTimeSeconds() - seconds;
        if (age > s_tolerance.TotalSeconds) return "timestamp_too_old";
        return age < -s_tolerance.TotalSeconds ? "timestamp_in_future" : null;
    }

    public static string ComputeProxy(TwilioForm query, string secret) => Convert.ToHexStringLower(Hash(Encoding.UTF8.GetBytes(Signed(query)), secret));

    // A repeated name is once there, with its values in their order and commas between them.
    private static string Signed(TwilioForm query) => string.Concat(query.Parameters
        .Where(parameter => parameter.Name != Parameter)
        .GroupBy(parameter => parameter.Name, (name, all) => $"{name}={string.Join(',', all.Select(parameter => parameter.Value))}")
        .Order(StringComparer.Ordinal));

    private static byte[] Hash(ReadOnlySpan<byte> signed, string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
}
