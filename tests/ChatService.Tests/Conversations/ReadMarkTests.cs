using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Conversations;

/// <summary>Each side sees how far the other has read.</summary>
public class ReadMarkTests : ChatTests
{
    [Test]
    public async Task Each_side_sees_live_how_far_the_other_has_read()
    {
        _host.AnswerWith("From ten.");
        var (customer, client) = (await _host.Customer(), _host.Operator());
        await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "When do you open?" });
        await using var theirs = await HubClient.Connect(_host, customer.Token);
        await using var ours = await HubClient.Connect(_host, client.DefaultRequestHeaders.Authorization!.Parameter!);
        await theirs.Invoke("Subscribe", customer.ConversationId, 0);
        await ours.Invoke("Subscribe", customer.ConversationId, 0);

        Assert.That(await Mark(client, customer.ConversationId, 1), Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await Mark(customer.Client, customer.ConversationId, 2), Is.EqualTo(HttpStatusCode.NoContent));

        await theirs.Until("conversation", c => Of(c, "readByPeople") == 1);
        await ours.Until("conversation", c => Of(c, "readByCustomer") == 2);
    }

    [Test]
    public async Task A_mark_never_moves_back_nor_beyond_what_was_said()
    {
        _host.AnswerWith("From ten.");
        var (customer, client) = (await _host.Customer(), _host.Operator());
        await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "When do you open?" });

        await Mark(customer.Client, customer.ConversationId, 1_000_000);
        await Eventually.IsTrue(async () => Of(await View(client, customer), "readByCustomer") == 2, TimeSpan.FromSeconds(60));
        var revision = (await View(client, customer)).GetProperty("revision").GetInt64();
        await Mark(customer.Client, customer.ConversationId, 1);
        await Mark(client, customer.ConversationId, 2);
        await Eventually.IsTrue(async () => Of(await View(client, customer), "readByPeople") == 2, TimeSpan.FromSeconds(60));

        var seen = await View(client, customer);
        Assert.That(Of(seen, "readByCustomer"), Is.EqualTo(2));
        Assert.That(seen.GetProperty("revision").GetInt64(), Is.EqualTo(revision + 1), "What was known already is no news.");
    }

    [Test]
    public async Task Only_who_takes_part_may_say_so()
    {
        var (customer, other) = (await _host.Customer(), await _host.Customer());

        Assert.That(await Mark(other.Client, customer.ConversationId, 1), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Mark(_host.Operator(workspaceId: Guid.NewGuid()), customer.ConversationId, 1), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await Mark(_host.Operator("viewer"), customer.ConversationId, 1), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await Mark(customer.Client, customer.ConversationId, 0), Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static async Task<HttpStatusCode> Mark(HttpClient client, Guid conversationId, long sequence) =>
        (await client.PostAsJsonAsync($"/api/conversations/{conversationId}/read", new { sequence })).StatusCode;

    private static Task<JsonElement> View(HttpClient client, WebCustomer customer) => client.GetFromJsonAsync<JsonElement>($"/api/conversations/{customer.ConversationId}");

    private static long Of(JsonElement conversation, string name) => conversation.TryGetProperty(name, out var mark) ? mark.GetInt64() : 0;
}
