using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.State;

namespace Assistify.LocalHosting.Running;

/// <summary>One run of the system, from the first check to the last process ended.</summary>
internal static class LocalHost
{
    public static async Task<int> Run(SystemModel model)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = Signal(PosixSignal.SIGINT, stop);
        using var terminate = Signal(PosixSignal.SIGTERM, stop);
        using var hangUp = Signal(PosixSignal.SIGHUP, stop);
        _ = StopWith(model.Configuration["ASSISTIFY_TEST_STOP_WITH"], stop);
        try
        {
            await Run(model, stop.Token);
            return 0;
        }
        catch (StartException failure)
        {
            await Console.Error.WriteLineAsync($"assistify: {failure.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static async Task Run(SystemModel model, CancellationToken stopping)
    {
        var started = Stopwatch.StartNew();
        var terminal = new Terminal(model.Resources.Max(static resource => resource.Name.Length) + 5);
        using var data = DataFolder.Open(model.DataFolder);
        var pids = new PidFiles(data.RunFolder);
        // Short: services cannot drain once their servers are told to end too, and everything is built to survive a kill.
        var orphans = await pids.EndOrphans(TimeSpan.FromSeconds(1), stopping);
        if (orphans.Count > 0) terminal.Say($"Ended what an earlier run left behind: {string.Join(", ", orphans)}.");

        CheckFixedPorts(model);
        await using var system = new RunningModel(model, data, pids, terminal, TimeProvider.System);
        await system.Run(started, stopping);
    }

    private static void CheckFixedPorts(SystemModel model)
    {
        var address = IPAddress.Loopback;
        if (model.BindAddress != "localhost" && !IPAddress.TryParse(model.BindAddress, out address))
            throw new StartException($"ASSISTIFY_BIND is '{model.BindAddress}', which is no IP address.");

        foreach (var endpoint in model.Resources.SelectMany(static resource => resource.Endpoints))
        {
            if (endpoint.Port is not { } port || FreePorts.IsFree(address, port)) continue;
            throw new StartException($"Port {port} is in use by another program: stop that one, or name another port in ASSISTIFY_HTTP_PORT.");
        }
    }

    // A test run that is killed cannot stop the system it started, so the system watches it.
    private static async Task StopWith(string? processId, CancellationTokenSource stop)
    {
        if (!int.TryParse(processId, CultureInfo.InvariantCulture, out var id) || ProcessIdentity.Of(id) is not { } identity) return;

        while (identity.IsAlive) await Task.Delay(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
    }

    private static PosixSignalRegistration Signal(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            // Off this thread: whoever waits would otherwise go on inside the signal's handler.
            _ = Task.Run(() =>
            {
                try
                {
                    stop.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // The run has ended already.
                }
            });
        });
}
