using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.Running;
using Assistify.LocalHosting.State;

namespace Assistify.Testing;

/// <summary>
/// The whole system as a person starts it: AppHost as a process of its own, on free ports, with a data folder of its own, so that
/// tests can kill any part of it and the host too.
/// </summary>
public sealed class RunningSystem : IAsyncDisposable
{
    private readonly Dictionary<string, string> _environment;
    private readonly bool _ownsFolder;
    private readonly StringBuilder _output = new();
    private Process? _host;

    private RunningSystem(string dataFolder, bool ownsFolder, Dictionary<string, string> environment)
    {
        DataFolder = dataFolder;
        _ownsFolder = ownsFolder;
        _environment = environment;
    }

    /// <summary>The data folder: servers' data, <c>logs/</c>, <c>run/resources.json</c>.</summary>
    public string DataFolder { get; }

    /// <summary>The gateway's address.</summary>
    public Uri BaseAddress => new($"http://localhost:{_environment["ASSISTIFY_HTTP_PORT"]}");

    /// <summary>The first owner, by whom tests log in.</summary>
    public string OwnerEmail => _environment["ASSISTIFY_OWNER_EMAIL"];

    /// <inheritdoc cref="OwnerEmail"/>
    public string OwnerPassword => _environment["ASSISTIFY_OWNER_PASSWORD"];

    /// <summary>The host's process id.</summary>
    public int HostProcessId => _host?.Id ?? throw new InvalidOperationException("The system does not run.");

    /// <summary>What the host has printed since its last start.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The processes and databases as the host sees them now.</summary>
    public IReadOnlyList<RunningResource> Resources =>
        [.. (Status()?.Resources ?? []).Select(static resource => new RunningResource(
            resource.Name, resource.Resource, resource.State, resource.Healthy, resource.ProcessId, resource.Starts, resource.Endpoints))];

    /// <summary>Starts the system and waits until everything is healthy.</summary>
    /// <param name="environment">Configuration on top of the defaults for tests (free ports, a known owner).</param>
    /// <param name="dataFolder">A folder to start on again; null for a fresh one that is removed at the end.</param>
    /// <param name="timeout">How long a start may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RunningSystem> Start(
        IReadOnlyDictionary<string, string>? environment = null,
        string? dataFolder = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        var system = Prepare(environment, dataFolder);
        try
        {
            await system.StartHost(timeout, cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <see cref="Start"/>, without starting: for tests of starts that fail.</summary>
    public static RunningSystem Prepare(IReadOnlyDictionary<string, string>? environment = null, string? dataFolder = null)
    {
        var folder = dataFolder ?? Path.Combine(Path.GetTempPath(), "assistify-tests", $"system-{Environment.ProcessId}-{Secret.Password(6)}");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASSISTIFY_DATA"] = folder,
            ["ASSISTIFY_HTTP_PORT"] = FreePorts.Next().ToString(CultureInfo.InvariantCulture),
            ["ASSISTIFY_OWNER_EMAIL"] = "owner@example.test",
            ["ASSISTIFY_OWNER_PASSWORD"] = "correct-horse-battery-staple",
            // A test run that is killed takes its system with it.
            ["ASSISTIFY_TEST_STOP_WITH"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) variables[name] = value;
        return new RunningSystem(folder, dataFolder is null, variables);
    }

    /// <summary>Starts the host (again) and waits until everything is healthy.</summary>
    public async Task StartHost(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        LaunchHost();
        await UntilReady(timeout ?? TimeSpan.FromSeconds(120), cancellationToken);
    }

    /// <summary>Starts the host without waiting.</summary>
    public void LaunchHost()
    {
        lock (_output) _output.Clear();
        var info = new ProcessStartInfo("dotnet", [HostAssembly()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Repository(),
        };
        foreach (var name in info.Environment.Keys.Where(static name => name.StartsWith("ASSISTIFY_", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in _environment) info.Environment[name] = value;

        _host = Process.Start(info)!;
        _host.StandardInput.Close();
        _host.OutputDataReceived += (_, line) => Keep(line.Data);
        _host.ErrorDataReceived += (_, line) => Keep(line.Data);
        _host.BeginOutputReadLine();
        _host.BeginErrorReadLine();
    }

    /// <summary>Waits until everything is healthy, and says what the host printed where that does not come.</summary>
    public async Task UntilReady(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (!(Status() is { Ready: true } status && status.ProcessId == _host!.Id && status.Resources.All(static resource => resource.Healthy)))
        {
            if (_host!.HasExited) throw new InvalidOperationException($"The system ended with exit code {_host.ExitCode}:\n{Output}");
            if (Environment.TickCount64 > end)
            {
                var missing = string.Join(", ", Resources.Where(static resource => !resource.Healthy).Select(static resource => $"{resource.Name} {resource.State}"));
                throw new TimeoutException($"The system was not ready in {timeout.TotalSeconds:0} s (missing: {missing}):\n{Tail(Output)}");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>The resource's running processes: one, or one for each replica.</summary>
    public IReadOnlyList<RunningResource> Replicas(string resource) =>
        [.. Resources.Where(candidate => candidate.Resource == resource || candidate.Name == resource)];

    /// <summary>kill -9 of one process (<c>chat</c>, <c>chat-1</c>, <c>postgres</c>, <c>messaging</c>, …); false if it does not run just now.</summary>
    public bool Kill(string name) =>
        Resources.FirstOrDefault(resource => resource.Name == name) is { ProcessId: { } processId } && Posix.Signal(processId, Posix.SigKill);

    /// <summary>kill -9 of the host; everything else is left running, as after a crash.</summary>
    public async Task KillHost()
    {
        Posix.Signal(_host!.Id, Posix.SigKill);
        await _host.WaitForExitAsync();
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> Stop(TimeSpan? timeout = null)
    {
        if (_host is null) return 0;

        if (!_host.HasExited) Posix.Signal(_host.Id, Posix.SigTerm);
        return await Exit(timeout ?? TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits for the host to end by itself; gives the exit code.</summary>
    public async Task<int> Exit(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        await _host!.WaitForExitAsync(deadline.Token);
        return _host.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stop();
        }
        catch (OperationCanceledException)
        {
            await KillHost();
        }

        _host?.Dispose();
        if (!_ownsFolder || !Directory.Exists(DataFolder)) return;

        // After a kill of the host its children are still there.
        await new PidFiles(Path.Combine(DataFolder, "run")).EndOrphans(TimeSpan.FromSeconds(5), CancellationToken.None);
        Directory.Delete(DataFolder, recursive: true);
    }

    private SystemStatus? Status()
    {
        try
        {
            return JsonSerializer.Deserialize<SystemStatus>(File.ReadAllText(SystemStatus.PathIn(DataFolder)), SystemStatus.Json);
        }
        catch (Exception notYet) when (notYet is IOException or JsonException)
        {
            return null;
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }

    private static string Tail(string text) => text.Length <= 6_000 ? text : text[^6_000..];

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Assistify.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    // Built in the configuration of the tests, or as ./run builds it.
    private static string HostAssembly()
    {
        var output = AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";
        var path = Path.Combine(Repository(), "AppHost", "bin", output, "net10.0", "Assistify.AppHost.dll");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing: build AppHost in {output}.");
    }
}

/// <summary>One process or database of a running system.</summary>
/// <param name="Name">The instance: <c>chat-1</c> where there are replicas, else the resource's name.</param>
/// <param name="Resource">The resource in the model: <c>chat</c>.</param>
/// <param name="State">Waiting, Starting, Running, Restarting, Stopping, Exited or FailedToStart.</param>
/// <param name="Healthy">Whether its last health check passed.</param>
/// <param name="ProcessId">Its process, where it has one and runs.</param>
/// <param name="Starts">How many times it has been started by this host.</param>
/// <param name="Endpoints">Its addresses.</param>
public sealed record RunningResource(
    string Name, string Resource, string State, bool Healthy, int? ProcessId, int Starts, IReadOnlyList<string> Endpoints);
