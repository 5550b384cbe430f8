using System.Text;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Knowledge.Documents;

/// <summary>A file that cannot become knowledge; the message tells the person who sent it why.</summary>
internal sealed class DocumentFault(int status, string message) : Exception(message)
{
    public int Status => status;
}

/// <summary>Reads an uploaded file as what its name says it is, else as its content type does.</summary>
internal static class DocumentReader
{
    /// <summary>Longer texts are books, which are better uploaded by the chapter.</summary>
    public const int LongestText = 1_000_000;

    private const int LongestTitle = 200;

    /// <returns>The format's name: <c>markdown</c>, <c>html</c>, <c>csv</c>, <c>pdf</c> or <c>text</c>.</returns>
    public static async Task<(string Format, DocumentText Document)> Read(byte[] file, string? fileName, string? contentType, CancellationToken cancellationToken)
    {
        var format = FormatOf(fileName, contentType);
        if (file.AsSpan().StartsWith("%PDF"u8)) format = "pdf";
        var read = format == "pdf" ? await PdfReader.Read(file, cancellationToken) : ReadText(format, Decode(file));
        if (read.Text.Length == 0) throw new DocumentFault(StatusCodes.Status400BadRequest, "The file holds no text.");
        if (read.Text.Length > LongestText) throw new DocumentFault(StatusCodes.Status413PayloadTooLarge, $"The text is longer than {LongestText} characters; upload it in parts.");
        var title = read.Title ?? Path.GetFileNameWithoutExtension(fileName);
        return (format, read with { Title = Shorten(string.IsNullOrWhiteSpace(title) ? null : StorableText.From(title.Trim())) });
    }

    private static DocumentText ReadText(string format, string text) => format switch
    {
        "markdown" => MarkdownReader.Read(text),
        "html" => HtmlReader.Read(text),
        "csv" => CsvReader.Read(text),
        "text" => PlainTextReader.Read(text),
        _ => throw new DocumentFault(StatusCodes.Status415UnsupportedMediaType, "Documents are Markdown (.md), web pages (.html), PDF (.pdf), tables (.csv) or plain text (.txt)."),
    };

    private static string FormatOf(string? fileName, string? contentType) => Path.GetExtension(fileName)?.ToLowerInvariant() switch
    {
        ".md" or ".markdown" => "markdown",
        ".html" or ".htm" or ".xhtml" => "html",
        ".csv" or ".tsv" => "csv",
        ".txt" or ".text" => "text",
        ".pdf" => "pdf",
        null or "" => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "text/markdown" or "text/x-markdown" => "markdown",
            "text/html" or "application/xhtml+xml" => "html",
            "text/csv" or "text/tab-separated-values" => "csv",
            "text/plain" => "text",
            "application/pdf" => "pdf",
            _ => "",
        },
        _ => "",
    };

    private static string Decode(byte[] file)
    {
        try
        {
            Encoding encoding = file is [0xFF, 0xFE, ..] ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)
                : file is [0xFE, 0xFF, ..] ? new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)
                : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return StorableText.From(encoding.GetString(file).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException)
        {
            throw new DocumentFault(StatusCodes.Status400BadRequest, "The file is not text in UTF-8 or UTF-16.");
        }
    }

    private static string? Shorten(string? title) =>
        title is { Length: > LongestTitle } ? title[..(char.IsHighSurrogate(title[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)] : title;
}
