using System.Diagnostics;
using Assistify.LocalHosting.Processes;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests.Processes;

internal sealed class PidFilesTests
{
    private string _folder = "";
    private Process _sleeper = null!;

    [SetUp]
    public void Start()
    {
        _folder = Directory.CreateTempSubdirectory("assistify-pids").FullName;
        _sleeper = Process.Start("sleep", "120");
    }

    [TearDown]
    public void End()
    {
        _sleeper.Kill();
        _sleeper.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task What_an_earlier_host_left_is_ended()
    {
        new PidFiles(_folder).Write("chat", ProcessIdentity.Of(_sleeper.Id)!);

        var ended = await new PidFiles(_folder).EndOrphans(TimeSpan.FromSeconds(30), CancellationToken.None);

        Assert.That(ended, Is.EqualTo(new[] { "chat" }));
        Assert.That(_sleeper.WaitForExit(60_000), Is.True);
        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task A_later_process_with_the_same_id_is_left_alone()
    {
        var identity = ProcessIdentity.Of(_sleeper.Id)!;
        new PidFiles(_folder).Write("chat", identity with { StartTime = identity.StartTime - 1 });
        new PidFiles(_folder).Write("ai", identity with { Boot = "another boot" });

        var ended = await new PidFiles(_folder).EndOrphans(TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.That(ended, Is.Empty);
        Assert.That(_sleeper.HasExited, Is.False);
    }

    [Test]
    public async Task A_damaged_pid_file_ends_nothing_and_is_removed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "chat.pid"), "1 x");

        Assert.That(await new PidFiles(_folder).EndOrphans(TimeSpan.FromSeconds(1), CancellationToken.None), Is.Empty);
        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task One_that_does_not_listen_to_the_gentle_signal_is_killed()
    {
        using var stubborn = Process.Start(new ProcessStartInfo("sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"]) { RedirectStandardOutput = true })!;
        await stubborn.StandardOutput.ReadLineAsync();
        new PidFiles(_folder).Write("chat", ProcessIdentity.Of(stubborn.Id)!);

        await new PidFiles(_folder).EndOrphans(TimeSpan.FromMilliseconds(300), CancellationToken.None);

        Assert.That(stubborn.WaitForExit(60_000), Is.True);
    }
}
