using NUnit.Framework;

namespace Assistify.ChatService.Tests.Support;

/// <summary>Tests of one running service; each begins with nothing published and nobody waiting for an answer.</summary>
public abstract class ChatTests
{
    private protected ChatHost _host = null!;

    [OneTimeSetUp]
    public void StartHost() => _host = new ChatHost();

    [OneTimeTearDown]
    public async Task StopHost() => await _host.DisposeAsync();

    [SetUp]
    public async Task Forget()
    {
        // What an earlier test left unanswered is asked for again after half a minute; not in this test.
        await _host.Query<Guid>("update conversations set due_at = null where due_at is not null returning id");
        _host.Broker.IsAway = false;
        _host.Broker.Assistant = null;
        _host.Broker.Published.Clear();
    }
}
