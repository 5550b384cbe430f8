using System.Globalization;
using System.Xml;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Knowledge.Documents;

/// <summary>
/// The text of a PDF by its pages: blocks are paragraphs, lines in larger letters than most of the text are headings, and a word that was divided at the end
/// of a line is one word again.
/// </summary>
internal static class PdfReader
{
    private const double LargerBy = 1.15;
    private const int LongestHeading = 200;
    private const int MostLevels = 6;

    public static async Task<DocumentText> Read(byte[] file, CancellationToken cancellationToken) => Read(await PdfToText.Read(file, cancellationToken));

    internal static DocumentText Read(string layout)
    {
        var (title, blocks) = Parse(layout);
        if (blocks.Count == 0) throw new DocumentFault(StatusCodes.Status400BadRequest, "The PDF holds no text: it may be a scan, which is a picture of text.");

        // What most letters are written in is the text; what is larger stands above it.
        var body = blocks.SelectMany(block => block.Lines).GroupBy(line => line.Height).MaxBy(lines => lines.Sum(line => line.Text.Length))!.Key;
        var larger = blocks.Where(block => IsHeading(block, body)).Select(block => block.Height).Distinct().OrderDescending().ToList();
        var document = new DocumentTextBuilder();
        var page = 0;
        foreach (var block in blocks)
        {
            if (block.Page != page) document.StartPage(page = block.Page);
            if (IsHeading(block, body))
            {
                document.AddHeading(Math.Min(larger.IndexOf(block.Height) + 1, MostLevels), Join(block.Lines));
                continue;
            }
            document.Append(Join(block.Lines));
            document.EndParagraph();
        }
        // What the file calls itself is more often the name of the program or template that made it.
        return document.Build(larger.Count > 0 ? null : title);
    }

    private static bool IsHeading(Block block, double body) => block.Height >= body * LargerBy && block.Lines.Sum(line => line.Text.Length) <= LongestHeading;

    private static string Join(IReadOnlyList<Line> lines)
    {
        var text = lines[0].Text;
        foreach (var (_, next) in lines.Skip(1))
        {
            var divided = text is [.., var before, '-' or '\u00AD'] && char.IsLetter(before) && char.IsLower(next[0]);
            text = divided ? text[..^1] + next : $"{text}\n{next}";
        }
        return text;
    }

    private static (string? Title, List<Block> Blocks) Parse(string layout)
    {
        var blocks = new List<Block>();
        var (title, page, lines, words, height) = ((string?)null, 0, new List<Line>(), new List<string>(), 0.0);
        // Fonts without a table of letters can give anything; XML knows no control characters.
        var clean = string.Create(layout.Length, layout, (to, from) =>
        {
            for (var i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) && from[i] is not '\n' ? ' ' : from[i];
        });
        using var xml = XmlReader.Create(new StringReader(clean), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CheckCharacters = false });
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType is XmlNodeType.Element)
                {
                    if (xml.LocalName is "page") page++;
                    else if (xml.LocalName is "title") title = Read(xml);
                    else if (xml.LocalName is "line") height = Number(xml, "yMax") - Number(xml, "yMin");
                    else if (xml.LocalName is "word" && Read(xml) is { Length: > 0 } word) words.Add(word);
                }
                else if (xml.NodeType is XmlNodeType.EndElement && xml.LocalName is "line" && words.Count > 0)
                {
                    lines.Add(new Line(Math.Round(height * 2) / 2, string.Join(' ', words)));
                    words.Clear();
                }
                else if (xml.NodeType is XmlNodeType.EndElement && xml.LocalName is "block" && lines.Count > 0)
                {
                    blocks.Add(new Block(page, [.. lines]));
                    lines.Clear();
                }
            }
        }
        catch (XmlException)
        {
            throw new DocumentFault(StatusCodes.Status400BadRequest, "The PDF holds text that cannot be read.");
        }
        return (title, blocks);
    }

    // The element's text; the reader is left on its end.
    private static string Read(XmlReader xml)
    {
        var text = "";
        if (xml.IsEmptyElement) return text;
        while (xml.Read() && xml.NodeType is not XmlNodeType.EndElement) text += xml.Value;
        return StorableText.From(text.Trim());
    }

    private static double Number(XmlReader xml, string attribute) =>
        double.TryParse(xml.GetAttribute(attribute), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private readonly record struct Line(double Height, string Text);

    private sealed record Block(int Page, IReadOnlyList<Line> Lines)
    {
        /// <summary>Of its smallest line.</summary>
        public double Height { get; } = Lines.Min(line => line.Height);
    }
}
