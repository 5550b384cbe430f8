namespace Assistify.AiService.Knowledge.Documents;

/// <summary>Lines are lines; an empty one ends a paragraph.</summary>
internal static class PlainTextReader
{
    public static DocumentText Read(string text)
    {
        var document = new DocumentTextBuilder();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            document.Append(line);
            if (line.IsWhiteSpace()) document.EndParagraph();
            else document.EndLine();
        }
        return document.Build(null);
    }
}
