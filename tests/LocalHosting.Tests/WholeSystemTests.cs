using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests;

/// <summary>The host as a process, as ./run starts it: kills, restarts, and starts that must fail with one sentence.</summary>
[NonParallelizable]
internal sealed class WholeSystemTests
{
    [Test]
    public async Task Killed_servers_and_services_come_back_and_stopping_leaves_nothing()
    {
        await using var system = await RunningSystem.Start();
        foreach (var name in new[] { "postgres", "messaging", "messaging-epmd", "cache", "chat", "gateway" })
        {
            var before = system.Resources.Single(resource => resource.Name == name);
            Assert.That(system.Kill(name), Is.True, name);
            await Until(() => system.Resources.Single(resource => resource.Name == name) is { Healthy: true } now && now.Starts > before.Starts, name);
        }

        var processes = system.Resources.Select(static resource => resource.ProcessId).OfType<int>().ToList();
        Assert.That(await system.Stop(), Is.Zero);
        Assert.That(processes.Where(static id => Directory.Exists($"/proc/{id}")), Is.Empty);
        Assert.That(ProcessesOf(system.DataFolder), Is.Empty);
    }

    [Test]
    public async Task A_broker_killed_with_its_port_mapper_leaves_no_other_mapper_behind()
    {
        await using var system = await RunningSystem.Start();
        var port = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(system.DataFolder, "kept.json")))
            .RootElement.GetProperty("port-messaging-epmd").GetString()!;
        var before = system.Resources.Single(static resource => resource.Name == "messaging").Starts;

        // Again and again, so that the broker comes first once.
        for (var round = 1; round <= 3; round++)
        {
            system.Kill("messaging-epmd");
            system.Kill("messaging");
            await Until(
                () => system.Resources.Single(static resource => resource.Name == "messaging") is { Healthy: true } now && now.Starts >= before + round
                    && system.Resources.Single(static resource => resource.Name == "messaging-epmd").Healthy,
                "messaging");
        }

        await system.Stop();
        using var client = new TcpClient();
        Assert.That(
            async () => await client.ConnectAsync(IPAddress.Loopback, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
            Throws.InstanceOf<SocketException>(), "a port mapper stayed behind");
    }

    [Test]
    public async Task A_killed_host_leaves_nothing_that_blocks_the_next_start()
    {
        await using var system = await RunningSystem.Start();
        var left = system.Resources.Select(static resource => resource.ProcessId).OfType<int>().ToList();
        await system.KillHost();

        var watch = Stopwatch.StartNew();
        await system.StartHost();

        await TestContext.Out.WriteLineAsync($"up again after {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.That(system.Resources.Select(static resource => resource.ProcessId).OfType<int>().Intersect(left), Is.Empty);
        using var http = new HttpClient();
        Assert.That((await http.GetAsync(new Uri(system.BaseAddress, "/health/ready"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_port_in_use_is_said_in_one_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await Refused($"Port {port} is in use", ("ASSISTIFY_HTTP_PORT", $"{port}"));
    }

    [Test]
    public Task A_wrong_configuration_is_said_in_one_sentence() => Refused("Channels__Twilio__Foo", ("Channels__Twilio__Foo", "x"));

    [Test]
    public async Task A_damaged_data_folder_is_said_in_one_sentence()
    {
        await using var system = RunningSystem.Prepare();
        Directory.CreateDirectory(Path.Combine(system.DataFolder, "run"));
        await File.WriteAllTextAsync(Path.Combine(system.DataFolder, "kept.json"), "{ half");

        system.LaunchHost();

        Assert.That(await system.Exit(TimeSpan.FromSeconds(120)), Is.EqualTo(1));
        Assert.That(Sentence(system), Does.Contain("damaged").And.Contain("kept.json"));
    }

    [Test]
    public async Task A_second_instance_on_the_same_data_folder_is_refused()
    {
        var folder = Path.Combine(Path.GetTempPath(), "assistify-tests", $"shared-{Environment.ProcessId}");
        try
        {
            await using var first = RunningSystem.Prepare(dataFolder: folder);
            first.LaunchHost();
            await Until(() => first.Resources.Count > 0, "first");
            await using var second = RunningSystem.Prepare(dataFolder: folder);
            second.LaunchHost();

            Assert.That(await second.Exit(TimeSpan.FromSeconds(120)), Is.EqualTo(1));
            Assert.That(Sentence(second), Does.Contain("another running instance"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Refused(string why, params (string Name, string Value)[] environment)
    {
        await using var system = RunningSystem.Prepare(environment.ToDictionary(static pair => pair.Name, static pair => pair.Value));
        system.LaunchHost();

        Assert.That(await system.Exit(TimeSpan.FromSeconds(120)), Is.EqualTo(1));
        Assert.That(Sentence(system), Does.Contain(why));
    }

    // The exit code can be there a moment before the last line.
    private static string Sentence(RunningSystem system)
    {
        SpinWait.SpinUntil(() => system.Output.Contains("assistify: ", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        return system.Output.Split('\n').Single(static line => line.StartsWith("assistify: ", StringComparison.Ordinal));
    }

    private static IEnumerable<string> ProcessesOf(string folder) => Directory.GetDirectories("/proc")
        .Where(static process => int.TryParse(Path.GetFileName(process), out var id) && id != Environment.ProcessId)
        .Select(static process =>
        {
            try
            {
                return File.ReadAllText(process + "/cmdline").Replace('\0', ' ');
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        })
        .Where(command => command.Contains(folder, StringComparison.Ordinal));

    private static async Task Until(Func<bool> condition, string what)
    {
        var end = Environment.TickCount64 + 90_000;
        while (!condition())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(end), $"{what} did not come back in time");
            await Task.Delay(50);
        }
    }
}
