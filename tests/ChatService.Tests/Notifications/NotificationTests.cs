using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChatService.Tests.Support;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Notifications;

public sealed class NotificationTests : ChatTests
{
    private HttpClient _eve = null!;

    [OneTimeSetUp]
    public void SignIn() => _eve = _host.Operator();

    [OneTimeTearDown]
    public void SignOut() => _eve.Dispose();

    [Test]
    public async Task Who_is_named_in_a_note_is_told_once_and_reads_it_in_the_conversation()
    {
        var (named, id) = await _host.StoredOperator("agent");
        var customer = await _host.Customer();
        await using var hub = await HubClient.Connect(_host, named.DefaultRequestHeaders.Authorization!.Parameter!);
        await hub.Invoke("SubscribeInbox");

        await Note(customer.ConversationId, "first", id, id);
        var told = await hub.Until("notification", n => n.GetProperty("kind").GetString() == "mention");
        Assert.That(told.GetProperty("conversationId").GetGuid(), Is.EqualTo(customer.ConversationId));
        await Note(customer.ConversationId, "first", id, id);

        var page = await Page(named);
        var notification = page["items"]!.AsArray().Single()!;
        Assert.That(
            (notification["text"]!.GetValue<string>(), notification["actor"]!["name"]!.GetValue<string>(), page["unread"]!.GetValue<int>()),
            Is.EqualTo(("Look at this", "Eve", 1)));
        var mentioned = await named.GetFromJsonAsync<JsonObject>("/api/conversations/list?mentioned=me");
        Assert.That(mentioned!["items"]!.AsArray().Select(c => c!["id"]!.GetValue<Guid>()), Is.EqualTo(new[] { customer.ConversationId }));

        Assert.That((await named.PostAsJsonAsync("/api/notifications/read", new { customer.ConversationId })).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        page = await Page(named);
        Assert.That(page["unread"]!.GetValue<int>(), Is.Zero);
        Assert.That(page["items"]![0]!["readAt"], Is.Not.Null);
        Assert.That((await named.GetFromJsonAsync<JsonObject>("/api/notifications?unread=true"))!["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Nobody_of_another_workspace_and_not_the_writer_himself_is_told()
    {
        var (writer, id) = await _host.StoredOperator("agent");
        var customer = await _host.Customer();

        using var response = await writer.PostAsJsonAsync(
            $"/api/conversations/{customer.ConversationId}/messages", new { text = "Note to self", @private = true, mentions = new[] { id, Guid.NewGuid() } });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(await _host.Query<Guid>("select user_id from notifications where conversation_id = $1", customer.ConversationId), Is.Empty);
    }

    [Test]
    public async Task A_reply_to_the_customer_names_nobody()
    {
        var customer = await _host.Customer();

        using var response = await _host.Operator().PostAsJsonAsync(
            $"/api/conversations/{customer.ConversationId}/messages", new { text = "Hello", mentions = new[] { Guid.NewGuid() } });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("mentions", out _));
    }

    [Test]
    public async Task An_erased_customers_notes_are_in_no_list()
    {
        var (named, id) = await _host.StoredOperator("agent");
        var customer = await _host.Customer();
        await Note(customer.ConversationId, "erased", id);
        Assert.That((await Page(named))["items"]!.AsArray(), Has.Count.EqualTo(1));

        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        Assert.That((await Page(named))["items"]!.AsArray(), Is.Empty);
    }

    private async Task Note(Guid conversationId, string clientMessageId, params Guid[] mentions)
    {
        using var response = await _eve.PostAsJsonAsync(
            $"/api/conversations/{conversationId}/messages", new { text = "Look at this", @private = true, clientMessageId, mentions });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    private static async Task<JsonObject> Page(HttpClient client) => (await client.GetFromJsonAsync<JsonObject>("/api/notifications"))!;
}
