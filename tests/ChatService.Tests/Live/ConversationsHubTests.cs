using System.Net.Http.Json;
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

public class ConversationsHubTests : ChatTests
{
    [Test]
    public async Task A_customer_sees_his_conversation_grow_and_misses_nothing_by_reconnecting()
    {
        _host.AnswerWith("Hello!");
        var customer = await _host.Customer();
        long revision;
        await using (var hub = await HubClient.Connect(_host, customer.Token))
        {
            await hub.Invoke("Subscribe", customer.ConversationId, 0);
            await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "Hi" });
            await hub.Until("message", m => m.GetProperty("text").GetString() == "Hello!");
            revision = (await hub.Until("conversation", c => LastText(c) == "Hello!")).GetProperty("revision").GetInt64();
        }

        await _host.Operator().PostAsJsonAsync($"/api/conversations/{customer.ConversationId}/messages", new { text = "A secret", @private = true });
        await _host.Operator().PostAsJsonAsync($"/api/conversations/{customer.ConversationId}/messages", new { text = "This is Eve." });

        await using var again = await HubClient.Connect(_host, customer.Token);
        await again.Invoke("Subscribe", customer.ConversationId, revision);
        var seen = await again.Until("conversation", c => c.GetProperty("turn").GetString() == "agent");

        Assert.That(seen.GetProperty("revision").GetInt64(), Is.GreaterThan(revision));
        Assert.That(again.Seen("message").Select(m => m.GetProperty("text").GetString()), Is.EqualTo(new[] { "This is Eve." }));
    }

    [Test]
    public async Task Another_customers_conversation_cannot_be_followed()
    {
        var (mine, theirs) = (await _host.Customer(), await _host.Customer());
        await using var hub = await HubClient.Connect(_host, mine.Token);

        Assert.That(await hub.Invoke("Subscribe", theirs.ConversationId, 0), Does.Contain("There is no such conversation."));
        Assert.That(await hub.Invoke("SubscribeInbox"), Does.Contain("There is no such conversation."));
    }

    [Test]
    public async Task The_inbox_shows_what_changes_and_what_changed_before()
    {
        var client = _host.Operator();
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "Before"));
        var id = (await _host.Conversation(number)).Id;

        await using var hub = await HubClient.Connect(_host, Token(client));
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
        await using var mine = await HubClient.Connect(_host, Token(_host.Operator()));
        await using var others = await HubClient.Connect(_host, Token(_host.Operator(workspaceId: Guid.NewGuid())));
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
    public async Task Admins_hear_that_messages_are_understood_worse_and_agents_do_not()
    {
        await using var admin = await HubClient.Connect(_host, Token(_host.Operator("admin")));
        await using var agent = await HubClient.Connect(_host, Token(_host.Operator("agent")));
        await using var others = await HubClient.Connect(_host, Token(_host.Operator("owner", workspaceId: Guid.NewGuid())));
        foreach (var hub in (HubClient[])[admin, agent, others]) await hub.Invoke("SubscribeInbox");
        var feed = _host.Services.GetRequiredService<InboxFeed>();

        await feed.Notify(new QualityDropped(Some.Workspace, "intents", 0.75, 40, Some.Moment), CancellationToken.None);
        await feed.Notify(new ConnectionAlarmed(Some.Workspace, Some.WhatsApp, "whatsapp", "silent", null, Some.Moment), CancellationToken.None);

        var told = await admin.Until("notification", n => n.GetProperty("kind").GetString() == "quality");
        Assert.That((told.GetProperty("quality").GetProperty("model").GetString(), told.GetProperty("quality").GetProperty("accuracy").GetDouble()), Is.EqualTo(("intents", 0.75)));
        await agent.Until("notification", n => n.GetProperty("kind").GetString() == "connection");
        Assert.That(agent.Seen("notification").Where(n => n.GetProperty("kind").GetString() == "quality"), Is.Empty);
        Assert.That(others.Seen("notification"), Is.Empty);
    }

    [Test]
    public async Task Operators_see_who_else_looks_and_types_and_customers_only_that_somebody_types()
    {
        var customer = await _host.Customer();
        await using var eve = await HubClient.Connect(_host, Token(_host.Operator()));
        await using var adam = await HubClient.Connect(_host, Token(_host.Operator()));
        await using var visitor = await HubClient.Connect(_host, customer.Token);
        foreach (var hub in (HubClient[])[eve, adam, visitor]) await hub.Invoke("Subscribe", customer.ConversationId, 0);

        await eve.Invoke("Viewing", customer.ConversationId);
        var looks = await adam.Until("presence", _ => true);
        Assert.That((looks.GetProperty("here").GetBoolean(), looks.GetProperty("operator").GetProperty("name").GetString()), Is.EqualTo((true, "Eve")));

        await eve.Invoke("Typing", customer.ConversationId);
        Assert.That((await adam.Until("typing", _ => true)).GetProperty("author").GetProperty("name").GetString(), Is.EqualTo("Eve"));
        var shown = await visitor.Until("typing", _ => true);
        Assert.That(shown.GetProperty("author").EnumerateObject().Select(part => part.Name), Is.EqualTo(new[] { "type" }), "what a customer is told");

        await eve.Invoke("Unsubscribe", customer.ConversationId);
        await adam.Until("presence", p => !p.GetProperty("here").GetBoolean());
        Assert.That(await visitor.Invoke("Viewing", customer.ConversationId), Does.Contain("There is no such conversation."));
        Assert.That((visitor.Seen("presence"), eve.Seen("presence")), Is.EqualTo((Array.Empty<JsonElement>(), Array.Empty<JsonElement>())));
    }

    [Test]
    public async Task Who_started_a_job_hears_when_it_is_ready_and_nobody_else()
    {
        var (asker, other) = (await _host.Customer(), await _host.Customer());
        await using var hub = await HubClient.Connect(_host, asker.Token);
        await using var another = await HubClient.Connect(_host, other.Token);
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

    private static string Token(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;

    private static string? LastText(JsonElement conversation) =>
        conversation.TryGetProperty("lastMessage", out var last) ? last.GetProperty("text").GetString() : null;
}
