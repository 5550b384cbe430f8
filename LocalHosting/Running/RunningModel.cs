using System.Diagnostics;
using Assistify.LocalHosting.Dashboard;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.State;

namespace Assistify.LocalHosting.Running;

/// <summary>The model while it runs: starts everything as soon as what it waits for is there, and ends it in the opposite order.</summary>
internal sealed class RunningModel : IAsyncDisposable
{
    private readonly SystemModel _model;
    private readonly Terminal _terminal;
    private readonly Composition _composition;
    private readonly DashboardHost? _dashboard;
    private readonly StatusFile _status;
    private readonly CancellationTokenSource _ending = new();
    private bool _ready;

    public RunningModel(SystemModel model, DataFolder data, PidFiles pids, Terminal terminal, TimeProvider time)
    {
        _model = model;
        _terminal = terminal;
        _composition = new Composition(model, data, pids, terminal, time);
        _dashboard = DashboardHost.Create(model, data, _composition, terminal);
        _composition.Dashboard = _dashboard?.Addresses;
        _composition.Compose();
        _status = new StatusFile(SystemStatus.PathIn(data.Root), Status);
        foreach (var instance in _composition.Instances) instance.Changed += _ => _status.Changed();
    }

    public async Task Run(Stopwatch started, CancellationToken stopping)
    {
        _status.Start();
        if (_dashboard is not null) await _dashboard.Start(stopping);

        var running = _composition.Supervisors.Select(static supervisor => supervisor.Run())
            .Concat(_composition.Databases.Select(database => database.Run(_ending.Token))).ToList();
        var ready = WhenReady(started, stopping);
        running.Add(ready);
        var ended = Task.Delay(Timeout.Infinite, stopping);
        while (running.Count > 0)
        {
            var first = await Task.WhenAny([.. running, ended]);
            if (first == ended) break;
            await first; // an exception ends the start
            running.Remove(first);
        }

        _terminal.Say("Stopping …");
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        // Who depends on most goes first, servers last; those of equal depth together. The dashboard stays to show it.
        foreach (var level in _composition.Supervisors
            .GroupBy(supervisor => supervisor.Instance.Kind == DashboardHost.Kind ? -1 : _composition.Depth(supervisor.Instance))
            .OrderByDescending(static level => level.Key))
            await Task.WhenAll(level.Select(static supervisor => supervisor.Shutdown()));

        if (_dashboard is not null) await _dashboard.DisposeAsync();
        await _status.DisposeAsync();
        foreach (var supervisor in _composition.Supervisors) supervisor.Dispose();
        foreach (var instance in _composition.Instances) instance.Log.Dispose();
        _ending.Dispose();
    }

    private async Task WhenReady(Stopwatch started, CancellationToken stopping)
    {
        var said = TimeSpan.FromSeconds(20);
        while (Missing() is { Count: > 0 } missing)
        {
            if (started.Elapsed > said)
            {
                _terminal.Say($"Still waiting for {string.Join(", ", missing.Select(static instance => $"{instance.Name} ({instance.State})"))} …");
                said += TimeSpan.FromSeconds(15);
            }

            await Task.Delay(25, stopping);
        }

        _ready = true;
        _status.Write();
        _terminal.Say(AddressTable.Of(_model, _composition.Instances, _dashboard?.Addresses, started.Elapsed));
    }

    private List<ResourceInstance> Missing() =>
        [.. _composition.Instances.Where(static instance => !instance.IsHealthy && instance.Kind != DashboardHost.Kind)];

    private SystemStatus Status() => new(
        Environment.ProcessId,
        _ready,
        PublicAddress(),
        _dashboard?.Addresses.Frontend,
        [.. _composition.Instances.Select(static instance => new ResourceStatus(
            instance.Name, instance.DisplayName, instance.Kind, instance.State.ToString(), instance.IsHealthy, instance.ProcessId, instance.Starts,
            [.. instance.Urls.Select(static url => url.Url)]))]);

    private string? PublicAddress() => _model.Resources
        .SelectMany(static resource => resource.Endpoints).FirstOrDefault(static endpoint => endpoint.IsExternal)?.Url(0);
}
