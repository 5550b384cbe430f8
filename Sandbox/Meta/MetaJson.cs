using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assistify.Sandbox.Meta;

/// <summary>JSON as Meta puts it on the wire and signs it: lower-case <c>\u00e9</c> for everything beyond ASCII, <c>\/</c> for a slash.</summary>
internal static class MetaJson
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(JsonNode content)
    {
        var plain = content.ToJsonString(s_plain);
        var text = new StringBuilder(plain.Length + 64);
        for (var i = 0; i < plain.Length; i++)
        {
            var c = plain[i];
            if (c == '\\' && plain[i + 1] == 'u')
            {
                text.Append(plain[i..(i + 2)]).Append(plain[(i + 2)..(i + 6)].ToLowerInvariant());
                i += 5;
            }
            else if (c == '\\')
            {
                text.Append(c).Append(plain[++i]);
            }
            else if (c == '/')
            {
                text.Append("\\/");
            }
            else if (c > '~')
            {
                text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
