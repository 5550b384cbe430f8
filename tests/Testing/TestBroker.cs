using System.Diagnostics;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.Servers;
using Assistify.LocalHosting.State;

namespace Assistify.Testing;

/// <summary>A private RabbitMQ that a test can kill and start again with its data.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly DataFolder _data;
    private readonly RabbitBroker _broker;
    private readonly ErlangPortMapper _mapper;
    private Process? _mapperProcess;
    private Process? _process;

    private TestBroker()
    {
        var root = Path.Combine(Path.GetTempPath(), "assistify-tests", $"broker-{Environment.ProcessId}-{Secret.Password(6)}");
        DataRoot.Create(Path.GetDirectoryName(root)!);
        _data = DataFolder.Open(root);
        var mapperPort = FreePorts.Next();
        _mapper = new ErlangPortMapper(mapperPort);
        _broker = new RabbitBroker(_data, "messaging", FreePorts.Next(), FreePorts.Next(), mapperPort);
    }

    public string ConnectionString => _broker.ConnectionString;

    public static async Task<TestBroker> Start()
    {
        var broker = new TestBroker();
        await broker.StartAgain();
        return broker;
    }

    public async Task StartAgain()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        _mapperProcess ??= await StartProcess(_mapper, deadline.Token);
        _process = await StartProcess(_broker, deadline.Token);
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (_process is null) return;
        Posix.Signal(_process.Id, Posix.SigKill);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        if (_mapperProcess is not null) Posix.Signal(_mapperProcess.Id, Posix.SigKill);
        var root = _data.Root;
        _data.Dispose();
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (IOException)
        {
            // Something of the broker's is still being written; the folder is temporary anyway.
        }
    }

    private static async Task<Process> StartProcess(IWorkload workload, CancellationToken cancellationToken)
    {
        var spec = await workload.Prepare(cancellationToken);
        var process = Process.Start(spec.ToStartInfo())!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!await workload.IsHealthy(cancellationToken))
        {
            if (process.HasExited) throw new InvalidOperationException($"{spec.FileName} ended with exit code {process.ExitCode}.");
            await Task.Delay(100, cancellationToken);
        }

        return process;
    }
}
