using System.Text;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Knowledge.Documents;

/// <summary>Has poppler's <c>pdftotext</c> read a file that somebody uploaded.</summary>
internal static class PdfToText
{
    public const string Program = "pdftotext";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly LimitedProgram s_program = Named(Program);

    public static LimitedProgram Named(string program) => new(
        program, ["-q", "-bbox-layout", "-enc", "UTF-8", "-", "-"], memory: 512L * 1024 * 1024, largestOutput: 48 * 1024 * 1024, s_patience);

    /// <returns>XHTML with pages, blocks, lines and words, each with its place on the page.</returns>
    /// <exception cref="DocumentFault">It cannot be read, or not here.</exception>
    public static async Task<string> Read(byte[] file, CancellationToken cancellationToken, LimitedProgram? program = null)
    {
        using var input = new MemoryStream(file, writable: false);
        var (outcome, text) = await (program ?? s_program).Run(input, cancellationToken);
        return outcome switch
        {
            ProgramOutcome.Done => Encoding.UTF8.GetString(text),
            ProgramOutcome.NotInstalled => throw new DocumentFault(
                StatusCodes.Status415UnsupportedMediaType,
                $"PDF files are read with the program {Program}, which is not installed here: install Debian's package poppler-utils, or save the text as HTML, Markdown or plain text."),
            ProgramOutcome.TooSlow => throw new DocumentFault(
                StatusCodes.Status400BadRequest, $"The PDF takes longer than {s_patience.TotalSeconds:0} s to read; upload it in parts."),
            ProgramOutcome.TooMuch => throw new DocumentFault(
                StatusCodes.Status413PayloadTooLarge, $"The text is longer than {DocumentReader.LongestText} characters; upload it in parts."),
            _ => throw new DocumentFault(
                StatusCodes.Status400BadRequest, "The PDF cannot be read: it is damaged, locked with a password, or too large."),
        };
    }
}
