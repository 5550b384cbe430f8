using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Assistify.AiService.Knowledge.Documents;

/// <summary>
/// Has poppler's <c>pdftotext</c> read a file that somebody uploaded: a process of its own, without a shell, files or our environment, that cannot take more than
/// its share of time and memory.
/// </summary>
internal static class PdfToText
{
    public const string Program = "pdftotext";

    // Of util-linux, which every Debian has.
    private const string Limiter = "prlimit";
    private const int NotFound = 127;
    private const int LargestOutput = 48 * 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // Two at once: an upload waits rather than the answers to customers.
    private static readonly SemaphoreSlim s_turn = new(2);

    /// <returns>XHTML with pages, blocks, lines and words, each with its place on the page.</returns>
    /// <exception cref="DocumentFault">It cannot be read, or not here.</exception>
    public static async Task<string> Read(byte[] file, CancellationToken cancellationToken, string program = Program)
    {
        await s_turn.WaitAsync(cancellationToken);
        try
        {
            using var process = Start(program);
            return await Converse(process, file, cancellationToken);
        }
        finally
        {
            s_turn.Release();
        }
    }

    private static Process Start(string program)
    {
        var start = new ProcessStartInfo(Limiter) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--as=536870912", "--cpu=20", "--fsize=0", "--core=0", "--nofile=64", "--", program, "-q", "-bbox-layout", "-enc", "UTF-8", "-", "-"])
            start.ArgumentList.Add(argument);
        start.Environment.Clear(); // keys of providers among it
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw Missing();
        }
    }

    private static async Task<string> Converse(Process process, byte[] file, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            var feeding = Feed(process, file, patience.Token);
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, patience.Token);
            var text = await ReadAll(process.StandardOutput.BaseStream, patience.Token);
            await Task.WhenAll(feeding, complaints, process.WaitForExitAsync(patience.Token));
            return process.ExitCode switch
            {
                0 => text,
                NotFound => throw Missing(),
                _ => throw new DocumentFault(StatusCodes.Status400BadRequest, "The PDF cannot be read: it is damaged, locked with a password, or too large."),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DocumentFault(StatusCodes.Status400BadRequest, $"The PDF takes longer than {s_patience.TotalSeconds:0} s to read; upload it in parts.");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task Feed(Process process, byte[] file, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(file, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It gave up before it had read everything; its exit code says why.
        }
    }

    private static async Task<string> ReadAll(Stream output, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await output.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (all.Length + read > LargestOutput)
                throw new DocumentFault(StatusCodes.Status413PayloadTooLarge, $"The text is longer than {DocumentReader.LongestText} characters; upload it in parts.");
            all.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length);
    }

    private static DocumentFault Missing() => new(
        StatusCodes.Status415UnsupportedMediaType,
        $"PDF files are read with the program {Program}, which is not installed here: install Debian's package poppler-utils, or save the text as HTML, Markdown or plain text.");
}
