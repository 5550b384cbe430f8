using Assistify.LocalHosting.Processes;
using Assistify.LocalHosting.Running;
using Assistify.LocalHosting.Servers;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests.Running;

internal sealed class SupervisorTests
{
    private string _folder = "";

    [SetUp]
    public void Start() => _folder = Directory.CreateTempSubdirectory("assistify-supervisor").FullName;

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_killed_process_is_started_again()
    {
        using var supervisor = New("exec sleep 100");
        _ = supervisor.Run();
        await Until(() => supervisor.Instance.IsHealthy);
        var first = supervisor.Instance.ProcessId!.Value;

        Posix.Signal(first, Posix.SigKill);
        await Until(() => supervisor.Instance is { IsHealthy: true, Starts: 2 });

        Assert.That(supervisor.Instance.ProcessId, Is.Not.EqualTo(first));
        await supervisor.Shutdown();
        Assert.That(supervisor.Instance.State, Is.EqualTo(ResourceState.Exited));
        Assert.That(Directory.GetFiles(_folder, "*.pid"), Is.Empty);
    }

    [Test]
    public async Task One_that_never_becomes_healthy_ends_the_start_with_a_sentence()
    {
        using var supervisor = New("echo no licence; exit 7", healthy: false);

        var failure = (await Assert.ThrowsAsync<StartException>(supervisor.Run))!;

        Assert.That(failure.Message, Does.Contain("chat").And.Contain("exit code 7").And.Contain("chat.log"));
        Assert.That(supervisor.Instance.State, Is.EqualTo(ResourceState.FailedToStart));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "chat.log")), Does.Contain("no licence"));
    }

    [Test]
    public async Task It_waits_for_what_it_depends_on()
    {
        var dependency = NewInstance("postgres");
        using var supervisor = New("exec sleep 100", dependencies: dependency);
        _ = supervisor.Run();
        dependency.Started(1, DateTimeOffset.UnixEpoch);
        Assert.That(supervisor.Instance.State, Is.EqualTo(ResourceState.Waiting));

        dependency.Health(true, DateTimeOffset.UnixEpoch);
        await Until(() => supervisor.Instance.IsHealthy);
        await supervisor.Shutdown();
    }

    [Test]
    public async Task A_stopped_one_stays_stopped_until_it_is_started()
    {
        using var supervisor = New("exec sleep 100");
        _ = supervisor.Run();
        await Until(() => supervisor.Instance.IsHealthy);

        await supervisor.Halt();
        Assert.That(supervisor.Instance.State, Is.EqualTo(ResourceState.Exited));
        Assert.That(supervisor.Instance.ProcessId, Is.Null);

        supervisor.Start();
        await Until(() => supervisor.Instance is { IsHealthy: true, Starts: 2 });
        await supervisor.Restart();
        await Until(() => supervisor.Instance is { IsHealthy: true, Starts: 3 });
        await supervisor.Shutdown();
    }

    [Test]
    public void Pauses_grow_from_a_moment_to_some_seconds()
    {
        var pauses = Enumerable.Range(1, 8).Select(static deaths => Supervisor.Backoff(deaths).TotalMilliseconds);

        Assert.That(pauses, Is.EqualTo(new double[] { 200, 400, 800, 1600, 3200, 5000, 5000, 5000 }));
    }

    private Supervisor New(string script, bool healthy = true, params ResourceInstance[] dependencies) =>
        new(NewInstance("chat"), new Script(script, healthy), dependencies, new PidFiles(_folder), TimeProvider.System);

    private ResourceInstance NewInstance(string name) =>
        new(name, name, "Project", 0, new ResourceLog(Path.Combine(_folder, name + ".log"), static _ => { }, TimeProvider.System))
        {
            CreatedAt = DateTimeOffset.UnixEpoch,
        };

    private static async Task Until(Func<bool> condition)
    {
        var end = Environment.TickCount64 + 60_000;
        while (!condition())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(end), "it did not come in time");
            await Task.Delay(10);
        }
    }

    private sealed class Script(string text, bool healthy) : IWorkload
    {
        public TimeSpan StopPatience => TimeSpan.FromSeconds(5);

        public string? WhyItMayNotStart => null;

        public Task<ProcessSpec> Prepare(CancellationToken cancellationToken) =>
            Task.FromResult(new ProcessSpec("/bin/sh", ["-c", text], BaseEnvironment.Create()));

        public Task<bool> IsHealthy(CancellationToken cancellationToken) => Task.FromResult(healthy);
    }
}
