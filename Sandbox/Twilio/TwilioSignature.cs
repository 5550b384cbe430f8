using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Assistify.Sandbox.Twilio;

/// <summary>
/// <c>X-Twilio-Signature</c>: HMAC-SHA1 with the account's token over the address exactly as configured (no fragment), followed by the
/// decoded parameters, names in byte order, values of a repeated name once each and sorted.
/// </summary>
internal static class TwilioSignature
{
    [SuppressMessage("Security", "CA5350", Justification = "Twilio's protocol prescribes HMAC-SHA1.")]
    public static string Sign(string authToken, string url, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = new StringBuilder(url, 1024);
        string? name = null;
        string? value = null;
        foreach (var parameter in parameters.OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal))
        {
            if (parameter.Key == name && parameter.Value == value) continue;
            (name, value) = (parameter.Key, parameter.Value);
            text.Append(name).Append(value);
        }

        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text.ToString())));
    }
}
