using Assistify.LocalHosting.Processes;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests.Processes;

internal sealed class ResourceLogTests
{
    private string _folder = "";

    [SetUp]
    public void Start() => _folder = Directory.CreateTempSubdirectory("assistify-log").FullName;

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_file_is_rotated_by_size_and_only_some_are_kept()
    {
        using var log = new ResourceLog(Path.Combine(_folder, "chat.log"), static _ => { }, TimeProvider.System);
        var line = new string('x', 8_000);

        for (var index = 0; index < 6_000; index++) log.Write(line);

        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(4));
        Assert.That(new DirectoryInfo(_folder).GetFiles().Max(static file => file.Length), Is.LessThan(9 * 1024 * 1024));
    }

    [Test]
    public async Task A_watcher_gets_what_was_printed_and_what_follows()
    {
        using var log = new ResourceLog(Path.Combine(_folder, "chat.log"), static _ => { }, TimeProvider.System);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        log.Write("before");
        await using var lines = log.Watch(follow: true, deadline.Token).GetAsyncEnumerator(deadline.Token);

        Assert.That(await lines.MoveNextAsync(), Is.True);
        Assert.That(lines.Current.Text, Does.EndWith(" before"));
        log.Write("after", isError: true);
        Assert.That(await lines.MoveNextAsync(), Is.True);
        Assert.That(lines.Current, Has.Property("IsError").True);
        Assert.That(lines.Current.Text, Does.EndWith(" after"));
    }
}
