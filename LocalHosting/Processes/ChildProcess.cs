using System.Diagnostics;

namespace Assistify.LocalHosting.Processes;

/// <summary>One running child of the host. Its output goes to the resource's log, its identity into a pid file.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly ProcessSpec _spec;
    private readonly PidFiles _pids;
    private readonly string _name;
    private readonly Task _output;

    private ChildProcess(Process process, ProcessSpec spec, PidFiles pids, string name, ResourceLog log)
    {
        _process = process;
        _spec = spec;
        _pids = pids;
        _name = name;
        Id = process.Id;
        process.StandardInput.Close();
        // Read by hand: WaitForExitAsync would otherwise wait for grandchildren that keep the pipe open.
        _output = Task.WhenAll(Copy(process.StandardOutput, log, isError: false), Copy(process.StandardError, log, isError: true));
    }

    public int Id { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(string name, ProcessSpec spec, PidFiles pids, ResourceLog log)
    {
        var process = Process.Start(spec.ToStartInfo())
            ?? throw new InvalidOperationException($"{spec.FileName} did not start.");
        if (ProcessIdentity.Of(process.Id) is { } identity) pids.Write(name, identity);
        return new ChildProcess(process, spec, pids, name, log);
    }

    public async Task Exited(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        _pids.Remove(_name);
        // The last lines usually say why; a grandchild that keeps the pipe does not hold this up.
        await Task.WhenAny(_output, Task.Delay(300, CancellationToken.None));
    }

    /// <summary>Asks it to end, and ends it where it does not.</summary>
    public async Task Stop(TimeSpan patience)
    {
        if (_process.HasExited) return;

        Posix.Signal(Id, _spec.StopSignal);
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Kill()
    {
        if (!_process.HasExited) Posix.Signal(Id, Posix.SigKill);
    }

    public void Dispose() => _process.Dispose();

    private static async Task Copy(StreamReader from, ResourceLog log, bool isError)
    {
        try
        {
            while (await from.ReadLineAsync() is { } line)
            {
                if (line.Length > 0) log.Write(line, isError);
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // The process and its pipe are gone.
        }
    }
}
