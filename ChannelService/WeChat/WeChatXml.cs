using System.Text;
using System.Xml;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.WeChat;

/// <summary>
/// The members of a message: <c>&lt;xml&gt;&lt;MsgType&gt;&lt;![CDATA[text]]&gt;&lt;/MsgType&gt;…&lt;/xml&gt;</c>. A document type is refused: nothing is
/// ever looked up for it.
/// </summary>
internal sealed class WeChatXml
{
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 1024 * 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);

    private WeChatXml()
    {
    }

    /// <summary>Null when absent or empty.</summary>
    public string? this[string name] => _members.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <returns>Null where it is no such document.</returns>
    public static WeChatXml? Parse(ReadOnlyMemory<byte> body)
    {
        var xml = new WeChatXml();
        try
        {
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(body.Span).TrimStart('\uFEFF')), s_settings);
            reader.MoveToContent();
            if (reader.NodeType != XmlNodeType.Element || reader.Name != "xml") return null;
            reader.ReadStartElement();
            while (reader.MoveToContent() == XmlNodeType.Element)
            {
                var name = reader.Name;
                if (reader.IsEmptyElement) reader.Skip();
                else xml._members.TryAdd(name, Content(reader));
            }
            return reader.NodeType == XmlNodeType.EndElement ? xml : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // Lists of pictures and the like have elements within: they count as empty.
    private static string Content(XmlReader reader)
    {
        var text = new StringBuilder();
        using var inner = reader.ReadSubtree();
        var isNested = false;
        while (inner.Read())
        {
            if (inner is { NodeType: XmlNodeType.Element, Depth: > 0 }) isNested = true;
            if (inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text.Append(inner.Value);
        }
        reader.Read();
        return isNested ? "" : StorableText.From(text.ToString());
    }
}
