using System.Globalization;
using System.Text;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Twilio;

/// <summary>
/// Form parameters (<c>application/x-www-form-urlencoded</c>) of a body or a query. Kept as decoded bytes, because that is
/// what is signed, and as storable text, because that is what is read: both differ where the bytes are not valid UTF-8.
/// </summary>
internal sealed class TwilioForm
{
    /// <summary>Far above anything Twilio sends; keeps strangers from making us sort hundreds of thousands of names.</summary>
    private const int MaxParameters = 4096;

    private readonly List<Parameter> _parameters = [];

    private TwilioForm()
    {
    }

    public bool TooMany { get; private set; }

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The first value of that name as storable text; null when absent or empty.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var parameter in _parameters)
                if (parameter.Name == name)
                    return parameter.Value.Length == 0 ? null : StorableText.From(parameter.Value);
            return null;
        }
    }

    public bool Has(string name) => this[name] is not null;

    public int Number(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static TwilioForm Of(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var form = new TwilioForm();
        foreach (var (name, value) in parameters) form._parameters.Add(new Parameter(name, value, null, null));
        return form;
    }

    public static TwilioForm Parse(ReadOnlySpan<byte> encoded)
    {
        var form = new TwilioForm();
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            if (pair.IsEmpty) continue;
            if (form._parameters.Count == MaxParameters)
            {
                form.TooMany = true;
                return form;
            }

            var equals = pair.IndexOf((byte)'=');
            var (name, rawName) = Decode(equals < 0 ? pair : pair[..equals]);
            var (value, rawValue) = Decode(equals < 0 ? default : pair[(equals + 1)..]);
            form._parameters.Add(new Parameter(name, value, rawName, rawValue));
        }
        return form;
    }

    private static (string Text, byte[]? Raw) Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IndexOfAny((byte)'%', (byte)'+') < 0 && System.Text.Ascii.IsValid(encoded)) return (Encoding.ASCII.GetString(encoded), null);

        var decoded = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var octet = encoded[i];
            if (octet == '+')
            {
                octet = (byte)' ';
            }
            else if (octet == '%' && i + 2 < encoded.Length + 0
                && Hex(encoded[i + 1]) is var high and >= 0 && Hex(encoded[i + 2]) is var low and >= 0)
            {
                octet = (byte)((high << 4) | low);
                i += 2;
            }
            decoded[length++] = octet;
        }

        var bytes = decoded.AsSpan(0, length);
        return (Encoding.UTF8.GetString(bytes), System.Text.Unicode.Utf8.IsValid(bytes) ? null : bytes.ToArray());
    }

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    /// <param name="RawName">The bytes, where they are not valid UTF-8.</param>
    internal sealed record Parameter(string Name, string Value, byte[]? RawName, byte[]? RawValue);
}
