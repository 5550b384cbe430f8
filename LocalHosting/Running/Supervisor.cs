using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.Servers;

namespace Assistify.LocalHosting.Running;

/// <summary>Keeps one process running: waits for what it needs, starts it, watches its health, starts it again when it dies.</summary>
internal sealed class Supervisor : IDisposable
{
    // Deaths in a row before the first health that end the whole start instead of going on for ever.
    private const int FatalDeaths = 4;
    private static readonly TimeSpan s_probeWhileStarting = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_probeWhileHealthy = TimeSpan.FromSeconds(5);

    private readonly IWorkload _workload;
    private readonly IReadOnlyList<ResourceInstance> _dependencies;
    private readonly PidFiles _pids;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _changed = new(0);
    private volatile bool _wanted = true;
    private volatile ChildProcess? _process;
    private Task? _run;
    private int _deaths;
    private bool _everHealthy;

    public Supervisor(
        ResourceInstance instance, IWorkload workload, IReadOnlyList<ResourceInstance> dependencies, PidFiles pids, TimeProvider time)
    {
        Instance = instance;
        _workload = workload;
        _dependencies = dependencies;
        _pids = pids;
        _time = time;
    }

    public ResourceInstance Instance { get; }

    /// <summary>Runs until stopped; ends early only with an exception that must stop the whole start.</summary>
    public Task Run() => _run ??= Task.Run(Loop);

    /// <summary>Ends the process and keeps it ended until <see cref="Start"/>: a command of the operator.</summary>
    public async Task Halt()
    {
        _wanted = false;
        Instance.To(ResourceState.Stopping);
        if (_process is { } process) await process.Stop(_workload.StopPatience);
        while (_process is not null) await Task.Delay(10);
    }

    public void Start()
    {
        if (_wanted) return;
        _wanted = true;
        _changed.Release();
    }

    public async Task Restart()
    {
        await Halt();
        Start();
    }

    /// <summary>Ends the process for good.</summary>
    public async Task Shutdown()
    {
        _wanted = false;
        await _stopping.CancelAsync();
        if (_process is { } process) await process.Stop(_workload.StopPatience);
        if (_run is not null) await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A start that was under way when the first look found no process.
        if (_process is { } late) await late.Stop(TimeSpan.FromSeconds(1));
    }

    public void Kill() => _process?.Kill();

    public void Dispose()
    {
        _stopping.Dispose();
        _changed.Dispose();
        _process?.Dispose();
    }

    /// <summary>The first time nearly at once, then longer and longer up to five seconds.</summary>
    internal static TimeSpan Backoff(int deaths) =>
        TimeSpan.FromMilliseconds(Math.Min(5_000, 200 * Math.Pow(2, Math.Max(0, deaths - 1))));

    private async Task Loop()
    {
        var cancellationToken = _stopping.Token;
        try
        {
            await Dependencies(cancellationToken);
            while (!cancellationToken.IsCancellationRequested)
            {
                while (!_wanted) await _changed.WaitAsync(cancellationToken);
                await RunOnce(cancellationToken);
                if (!_wanted) continue;

                var pause = Backoff(_deaths);
                Instance.Log.Write($"starts again in {pause.TotalSeconds:0.0} s");
                await Task.Delay(pause, _time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (StartException)
        {
            Instance.Ended(ResourceState.FailedToStart, null, _time.GetUtcNow());
            throw;
        }
    }

    private async Task Dependencies(CancellationToken cancellationToken)
    {
        while (_dependencies.FirstOrDefault(static dependency => !dependency.IsHealthy) is not null)
            await Task.Delay(25, cancellationToken);
    }

    private async Task RunOnce(CancellationToken cancellationToken)
    {
        Instance.To(ResourceState.Starting);
        var spec = await _workload.Prepare(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        using var process = ChildProcess.Start(Instance.Name, spec, _pids, Instance.Log);
        _process = process;
        Instance.Started(process.Id, _time.GetUtcNow());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var health = WatchHealth(ended.Token);
        try
        {
            await process.Exited(CancellationToken.None);
        }
        finally
        {
            await ended.CancelAsync();
            await health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _process = null;
        }

        var asked = !_wanted || cancellationToken.IsCancellationRequested;
        Instance.Ended(asked ? ResourceState.Exited : ResourceState.Restarting, process.ExitCode, _time.GetUtcNow());
        if (asked) return;

        _deaths++;
        Instance.Log.Write($"ended unexpectedly with exit code {process.ExitCode}", isError: true);
        if (!_everHealthy && !_workload.IsOptional && _deaths >= FatalDeaths) throw new StartException(Why(process.ExitCode));
    }

    private string Why(int exitCode) => _workload.WhyItMayNotStart is { } reason
        ? $"{Instance.DisplayName} does not start: {reason}; it ended {_deaths} times with exit code {exitCode}, and {Instance.Log.FilePath} says why."
        : $"{Instance.DisplayName} does not start: it ended {_deaths} times with exit code {exitCode}, and {Instance.Log.FilePath} says why.";

    private async Task WatchHealth(CancellationToken cancellationToken)
    {
        var healthySince = 0L;
        while (!cancellationToken.IsCancellationRequested)
        {
            var healthy = await _workload.IsHealthy(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (healthy)
            {
                _everHealthy = true;
                if (healthySince == 0) healthySince = _time.GetTimestamp();
                // A process that has served for a while starts over with short pauses.
                if (_time.GetElapsedTime(healthySince) > TimeSpan.FromSeconds(4)) _deaths = 0;
            }

            Instance.Health(healthy, _time.GetUtcNow());
            await Task.Delay(healthy ? s_probeWhileHealthy : s_probeWhileStarting, _time, cancellationToken);
        }
    }
}
