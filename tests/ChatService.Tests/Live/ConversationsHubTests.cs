using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Assistify.ChatService.Live;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using MassTransit;
using MassTransit.Testing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Live;

public class ConversationsHubTests
{
    private ChatHost _host = null!;

    [OneTimeSetUp]
    public void Start() => _host = new ChatHost();

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [SetUp]
    public void Reset() => _host.Broker.Assistant = null;

    [Test]
    public async Task A_customer_sees_his_conversation_grow_and_misses_nothing_by_reconnecting()
    {
        _host.AnswerWith("Hello!");
        var customer = await _host.Customer();
        long revision;
        await using (var hub = await Hub.Connect(_host, customer.Token))
        {
            await hub.Invoke("Subscribe", customer.ConversationId, 0);
            await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "Hi" });
            await hub.Until("message", m => m.GetProperty("text").GetString() == "Hello!");
            revision = (await hub.Until("conversation", c => LastText(c) == "Hello!")).GetProperty("revision").GetInt64();
        }

        await _host.Operator().PostAsJsonAsync($"/api/conversations/{customer.ConversationId}/messages", new { text = "A secret", @private = true });
        await _host.Operator().PostAsJsonAsync($"/api/conversations/{customer.ConversationId}/messages", new { text = "This is Eve." });

        await using var again = await Hub.Connect(_host, customer.Token);
        await again.Invoke("Subscribe", customer.ConversationId, revision);
        var seen = await again.Until("conversation", c => c.GetProperty("turn").GetString() == "agent");

        Assert.That(seen.GetProperty("revision").GetInt64(), Is.GreaterThan(revision));
        Assert.That(again.Seen("message").Select(m => m.GetProperty("text").GetString()), Is.EqualTo(new[] { "This is Eve." }));
    }

    [Test]
    public async Task Another_customers_conversation_cannot_be_followed()
    {
        var (mine, theirs) = (await _host.Customer(), await _host.Customer());
        await using var hub = await Hub.Connect(_host, mine.Token);

        Assert.That(await hub.Invoke("Subscribe", theirs.ConversationId, 0), Does.Contain("There is no such conversation."));
        Assert.That(await hub.Invoke("SubscribeInbox"), Does.Contain("There is no such conversation."));
    }

    [Test]
    public async Task The_inbox_shows_what_changes_and_what_changed_before()
    {
        var client = _host.Operator();
        var token = client.DefaultRequestHeaders.Authorization!.Parameter!;
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "Before"));
        var id = (await _host.Conversation(number)).Id;

        await using var hub = await Hub.Connect(_host, token);
        Assert.That(await hub.Invoke("SubscribeInbox"), Is.Null, "The revision may be left out.");
        await hub.Invoke("SubscribeInbox", DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds());
        await hub.Until("conversation", c => c.GetProperty("id").GetGuid() == id);
        await _host.Handle(Some.Message(number, "After"));

        var view = await hub.Until("conversation", c => c.GetProperty("id").GetGuid() == id && LastText(c) == "After");
        Assert.That(view.GetProperty("inboxRevision").GetInt64(), Is.Positive);
        var request = _host.Broker.All<ReplyRequested>().Last();
        await _host.Handle(Some.Reply(request, handOver: true));
        await hub.Until("notification", n => n.TryGetProperty("conversationId", out var told) && told.GetGuid() == id);
    }

    [Test]
    public async Task Operators_who_watch_the_inbox_hear_that_a_connection_needs_somebody()
    {
        await using var mine = await Hub.Connect(_host, _host.Operator().DefaultRequestHeaders.Authorization!.Parameter!);
        await using var others = await Hub.Connect(_host, _host.Operator(workspaceId: Guid.NewGuid()).DefaultRequestHeaders.Authorization!.Parameter!);
        await mine.Invoke("SubscribeInbox");
        await others.Invoke("SubscribeInbox");

        await _host.Services.GetRequiredService<InboxFeed>().Notify(
            new ConnectionAlarmed(Some.Workspace, Some.WhatsApp, "whatsapp", "silent", null, Some.Moment), CancellationToken.None);

        var told = await mine.Until("notification", n => n.GetProperty("kind").GetString() == "connection");
        Assert.That(told.GetProperty("connection").GetProperty("alarm").GetString(), Is.EqualTo("silent"));
        Assert.That(told.TryGetProperty("conversationId", out _), Is.False);
        Assert.That(others.Seen("notification"), Is.Empty);
    }

    [Test]
    public async Task Who_started_a_job_hears_when_it_is_ready_and_nobody_else()
    {
        var (asker, other) = (await _host.Customer(), await _host.Customer());
        await using var hub = await Hub.Connect(_host, asker.Token);
        await using var another = await Hub.Connect(_host, other.Token);
        var job = Guid.NewGuid();
        await using var bus = new ServiceCollection()
            .AddSingleton(_host.Services.GetRequiredService<IHubContext<ConversationsHub>>())
            .AddMassTransitTestHarness(harness => harness.AddConsumer(typeof(JobReadyConsumer)))
            .BuildServiceProvider(validateScopes: true);
        var harness = bus.GetRequiredService<ITestHarness>();
        await harness.Start();

        await harness.Bus.Publish(new JobReady(job, "inspiration", Some.Workspace, asker.CustomerId, asker.ConversationId));

        var ready = await hub.Until("jobReady", _ => true);
        Assert.That((ready.GetProperty("id").GetGuid(), ready.GetProperty("kind").GetString()), Is.EqualTo((job, "inspiration")));
        await another.Invoke("Subscribe", other.ConversationId, 0);
        Assert.That(another.Seen("jobReady"), Is.Empty);
        await harness.Stop();
    }

    private static string? LastText(JsonElement conversation) =>
        conversation.TryGetProperty("lastMessage", out var last) ? last.GetProperty("text").GetString() : null;

    /// <summary>SignalR's JSON protocol by hand: records ended by U+001E.</summary>
    private sealed class Hub(WebSocket socket) : IAsyncDisposable
    {
        private readonly List<JsonElement> _records = [];
        private readonly StringBuilder _text = new();
        private int _calls;

        public static async Task<Hub> Connect(ChatHost host, string token)
        {
            var client = host.Server.CreateWebSocketClient();
            var hub = new Hub(await client.ConnectAsync(
                new Uri(host.Server.BaseAddress, $"/hubs/conversations?access_token={token}"), CancellationToken.None));
            await hub.Send("""{"protocol":"json","version":1}""");
            await hub.Next(_ => true);
            return hub;
        }

        public async Task<string?> Invoke(string method, params object[] arguments)
        {
            var id = $"{++_calls}";
            await Send(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
            var completion = await Next(r => r.TryGetProperty("type", out var t) && t.GetInt32() == 3 && r.GetProperty("invocationId").GetString() == id);
            return completion.TryGetProperty("error", out var error) ? error.GetString() : null;
        }

        public IEnumerable<JsonElement> Seen(string target) => _records
            .Where(r => r.TryGetProperty("target", out var t) && t.GetString() == target).Select(r => r.GetProperty("arguments")[0]);

        public async Task<JsonElement> Until(string target, Func<JsonElement, bool> condition)
        {
            var seen = Seen(target).Where(condition).ToList();
            if (seen.Count > 0) return seen[^1];
            return (await Next(r => r.TryGetProperty("target", out var t) && t.GetString() == target && condition(r.GetProperty("arguments")[0]))).GetProperty("arguments")[0];
        }

        private Task Send(string record) => socket.SendAsync(
            Encoding.UTF8.GetBytes(record + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);

        private async Task<JsonElement> Next(Func<JsonElement, bool> condition)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var buffer = new byte[16 * 1024];
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, deadline.Token);
                _text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
                JsonElement? found = null;
                while (_text.ToString() is var text && text.IndexOf('\u001e', StringComparison.Ordinal) is >= 0 and var end)
                {
                    var record = JsonDocument.Parse(text[..end]).RootElement;
                    _text.Remove(0, end + 1);
                    _records.Add(record);
                    if (found is null && condition(record)) found = record;
                }

                if (found is { } match) return match;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            socket.Dispose();
        }
    }
}
