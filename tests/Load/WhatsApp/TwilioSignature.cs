using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Assistify.Load.WhatsApp;

/// <summary>X-Twilio-Signature, written independently of the services so that both sides can be wrong only by themselves.</summary>
internal static class TwilioSignature
{
    [SuppressMessage("Security", "CA5350", Justification = "Twilio's protocol prescribes HMAC-SHA1.")]
    public static string Sign(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var group in form.GroupBy(field => field.Key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (var value in group.Select(field => field.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                text.Append(group.Key).Append(value);
        }

        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text.ToString())));
    }
}
