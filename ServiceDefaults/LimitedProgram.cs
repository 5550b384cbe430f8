using System.ComponentModel;
using System.Diagnostics;

namespace Assistify.ServiceDefaults;

/// <summary>How a program ended.</summary>
public enum ProgramOutcome
{
    /// <summary>It did its work.</summary>
    Done,

    /// <summary>This machine does not have it.</summary>
    NotInstalled,

    /// <summary>It ended with an error, or took more memory or processor time than it may have.</summary>
    Failed,

    /// <summary>It was ended, since it took longer than it may.</summary>
    TooSlow,

    /// <summary>It was ended, since it wrote more than it may.</summary>
    TooMuch,
}

/// <summary>What a program did.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Output">Of a program that did its work; otherwise empty.</param>
public readonly record struct ProgramResult(ProgramOutcome Outcome, byte[] Output);

/// <summary>
/// Has a program of the machine read what somebody uploaded: a process of its own, from its standard input to its standard output, without a shell,
/// files or our environment, that cannot take more than its share of time and memory. Two at once: who uploads waits rather than the customers.
/// </summary>
/// <param name="name">Of the program, found on the path.</param>
/// <param name="arguments">Such that it reads its standard input and writes its standard output.</param>
/// <param name="memory">Bytes of address space.</param>
/// <param name="largestOutput">Bytes.</param>
/// <param name="patience">Of time, and of processor time.</param>
public sealed class LimitedProgram(string name, IReadOnlyList<string> arguments, long memory, int largestOutput, TimeSpan patience) : IDisposable
{
    // Of util-linux, which every Debian has.
    private const string Limiter = "prlimit";
    private const int NotFound = 127;
    private readonly SemaphoreSlim _turn = new(2);

    /// <summary>Beside the path: what the program itself is told.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <param name="input">All of it goes to the program's standard input.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    public async Task<ProgramResult> Run(Stream input, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using var process = Start();
            return process is null ? new(ProgramOutcome.NotInstalled, []) : await Converse(process, input, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private Process? Start()
    {
        var start = new ProcessStartInfo(Limiter) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[$"--as={memory}", $"--cpu={(int)patience.TotalSeconds}", "--fsize=0", "--core=0", "--nofile=64", "--", name, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment.Clear(); // keys of providers among it
        start.Environment["PATH"] = System.Environment.GetEnvironmentVariable("PATH");
        foreach (var (key, value) in Environment) start.Environment[key] = value;
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private async Task<ProgramResult> Converse(Process process, Stream input, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var feeding = Feed(process, input, limit.Token);
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            if (await ReadAll(process.StandardOutput.BaseStream, limit.Token) is not { } output) return new(ProgramOutcome.TooMuch, []);
            await Task.WhenAll(feeding, complaints, process.WaitForExitAsync(limit.Token));
            return process.ExitCode switch
            {
                0 => new(ProgramOutcome.Done, output),
                NotFound => new(ProgramOutcome.NotInstalled, []),
                _ => new(ProgramOutcome.Failed, []),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(ProgramOutcome.TooSlow, []);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task Feed(Process process, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await input.CopyToAsync(process.StandardInput.BaseStream, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It gave up before it had read everything; its exit code says why.
        }
    }

    /// <returns>Null if it is more than allowed.</returns>
    private async Task<byte[]?> ReadAll(Stream output, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await output.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (all.Length + read > largestOutput) return null;
            all.Write(buffer, 0, read);
        }
        return all.ToArray();
    }
}
