using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Suppliers;

/// <summary>An operator asks a supplier for a customer; the pictures that come back are cards in the customer's conversation.</summary>
public sealed class SupplierTests : ChatTests
{
    [Test]
    public async Task Who_looks_at_his_conversation_sees_at_once_that_he_is_a_supplier_and_he_himself_does_not()
    {
        var customer = await _host.Customer();
        var path = $"/api/customers/{customer.CustomerId}/supplier";
        _host.Broker.Published.Clear();

        await _host.Operator().PostAsync(path, null);

        Assert.That(_host.Broker.All<ConversationsChanged>().SelectMany(hint => hint.Changes).Select(change => change.ConversationId), Does.Contain(customer.ConversationId));
        Assert.That((await Who(_host.Operator())).GetProperty("supplier").GetBoolean());
        Assert.That((await Who(customer.Client)).TryGetProperty("supplier", out _), Is.False);
        await _host.Operator().DeleteAsync(path);
        Assert.That((await Who(_host.Operator())).TryGetProperty("supplier", out _), Is.False);

        async Task<JsonElement> Who(HttpClient caller) => (await Json(await caller.GetAsync($"/api/conversations/{customer.ConversationId}"))).GetProperty("customer");
    }

    [Test]
    public async Task A_suppliers_picture_is_a_card_for_the_customer_and_news_for_who_asked()
    {
        var (asker, askerId) = await _host.StoredOperator("agent");
        var supplier = await Supplier();
        var customer = await _host.Customer(new { name = "Ada" });
        await using var shop = await HubClient.Connect(_host, asker.DefaultRequestHeaders.Authorization!.Parameter!);
        await shop.Invoke("SubscribeInbox");
        await using var page = await HubClient.Connect(_host, customer.Token);
        await page.Invoke("Subscribe", customer.ConversationId);
        await Ask(asker, supplier, customer.ConversationId, "Blue vase");

        var content = Picture();
        await Send(supplier, content);

        var pushed = await page.Until("card", card => card.GetProperty("conversationId").GetGuid() == customer.ConversationId);
        Assert.That(pushed.GetProperty("cards")[0].GetProperty("title").GetString(), Is.EqualTo("Blue vase"));
        var told = await shop.Until("notification", notification => notification.GetProperty("kind").GetString() == "picture");
        Assert.That(told.GetProperty("conversationId").GetGuid(), Is.EqualTo(customer.ConversationId));

        var path = $"/api/cards/{customer.ConversationId}";
        var card = (await Json(await customer.Client.GetAsync(path))).GetProperty("items").EnumerateArray().Single();
        Assert.That((card.GetProperty("kind").GetString(), card.GetProperty("title").GetString()), Is.EqualTo(("photo", "Blue vase")));
        Assert.That(await _host.CreateClient().GetByteArrayAsync(card.GetProperty("imageUrl").GetString()), Is.EqualTo(content));
        Assert.That((await Json(await customer.Client.GetAsync(path))).GetProperty("items").GetArrayLength(), Is.EqualTo(1), "repeatable");
        var once = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => customer.Client.PostAsync($"{path}/auto_display", null)));
        var shown = await Task.WhenAll(once.Select(async response => (await Json(response)).GetProperty("items").GetArrayLength()));
        Assert.That(shown.Order(), Is.EqualTo(new[] { 0, 0, 0, 1 }), "of several calls one gets it");

        var notification = (await Json(await asker.GetAsync("/api/notifications"))).GetProperty("items").EnumerateArray().Single();
        Assert.That(
            (notification.GetProperty("kind").GetString(), notification.GetProperty("text").GetString(), notification.GetProperty("actor").GetProperty("name").GetString()),
            Is.EqualTo(("picture", "Blue vase", "Ada")));
        Assert.That(await _host.Query<Guid>("select user_id from notifications where conversation_id = $1", customer.ConversationId), Is.EqualTo(new[] { askerId }), "nobody else");
        Assert.That((await Json(await asker.GetAsync("/api/conversations/list?mentioned=me"))).GetProperty("items").GetArrayLength(), Is.Zero, "a picture names nobody");

        await _host.Query<Guid>("update messages set created_at = created_at - interval '61 minutes' where conversation_id = $1 returning id", customer.ConversationId);
        Assert.That((await Json(await customer.Client.GetAsync(path))).GetProperty("items").GetArrayLength(), Is.Zero, "its time is over");
    }

    [Test]
    public async Task On_a_channel_it_is_delivered_with_a_link_and_told_again_it_is_the_same()
    {
        var supplier = await Supplier();
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var customer = await _host.Conversation(number);
        await Ask(_host.Operator(), supplier, customer.Id, "Blue vase");

        var stored = await Send(supplier, Picture());
        await Eventually.IsTrue(() => Delivered(customer.Id).Count == 1);
        await _host.Handle(stored);
        await Eventually.IsTrue(() => Delivered(customer.Id).Count == 2);

        Assert.That(Delivered(customer.Id).Select(delivery => delivery.DeliveryId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Delivered(customer.Id)[0].Cards.Single().ImageUrl, Does.StartWith("http").And.Contains("/api/media/"));
        Assert.That(await _host.Query<long>("select count(*) from messages where conversation_id = $1 and cards is not null", customer.Id), Is.EqualTo(new[] { 1L }));
    }

    [Test]
    public async Task What_was_asked_for_a_customer_is_listed_with_the_pictures_that_came()
    {
        var (first, second) = (await Supplier(), await Supplier());
        var customer = await _host.Customer();
        await Ask(_host.Operator(), first, customer.ConversationId, "Blue vase");
        await Ask(_host.Operator(), second, customer.ConversationId, "Blue vase");
        var content = Picture();
        await Send(first, content);
        await Titles(customer);

        var path = $"/api/conversations/{customer.ConversationId}/enquiries";
        var items = (await Json(await _host.Operator("viewer").GetAsync(path))).GetProperty("items").EnumerateArray().ToList();

        Assert.That(items.Select(item => item.GetProperty("supplier").GetProperty("id").GetGuid()), Is.EqualTo(new[] { second.Id, first.Id }), "the latest first");
        Assert.That(items.Select(item => item.GetProperty("subject").GetString()), Is.All.EqualTo("Blue vase"));
        Assert.That(items[0].GetProperty("pictures").GetArrayLength(), Is.Zero, "the other one sent it");
        var picture = items[1].GetProperty("pictures").EnumerateArray().Single();
        Assert.That(await _host.CreateClient().GetByteArrayAsync(picture.GetProperty("imageUrl").GetString()), Is.EqualTo(content));
        Assert.That((await _host.Operator(workspaceId: Guid.NewGuid()).GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await customer.Client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_inbox_lists_suppliers_alone()
    {
        var supplier = await Supplier();
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var customer = await _host.Conversation(number);

        async Task<List<Guid>> Found(string address) => [.. (await Json(await _host.Operator().GetAsync(
            $"/api/conversations/list?supplier=true&q={Uri.EscapeDataString(address)}"))).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

        Assert.That(await Found(supplier.Address), Is.EqualTo(new[] { supplier.Id }));
        Assert.That(await Found(customer.Address), Is.Empty);

        var name = $"Vera {Guid.NewGuid():N}";
        var silent = await _host.Customer(new { name });
        Assert.That(await Found(name), Is.Empty);
        await _host.Operator().PostAsync($"/api/customers/{silent.CustomerId}/supplier", null);
        Assert.That(await Found(name), Is.EqualTo(new[] { silent.ConversationId }), "he can be asked who has not written");
        Assert.That((await _host.Operator().GetAsync("/api/conversations/list?supplier=maybe")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task A_quoted_question_says_whose_picture_it_is_otherwise_the_latest()
    {
        var supplier = await Supplier();
        var (first, second) = (await _host.Customer(), await _host.Customer());
        var question = await Ask(_host.Operator(), supplier, first.ConversationId, "Blue vase");
        await Ask(_host.Operator(), supplier, second.ConversationId, "Green vase");
        var external = $"wamid.{question:N}";
        await _host.Handle(new DeliveryUpdated(
            question, supplier.Id, Some.Workspace, supplier.Partition, DeliveryStatus.Sent, external, null, null, DateTimeOffset.UtcNow));

        await Send(supplier, Picture(), replyTo: external);
        await Send(supplier, Picture());

        Assert.That(await Titles(first), Is.EqualTo(new[] { "Blue vase" }));
        Assert.That(await Titles(second), Is.EqualTo(new[] { "Green vase" }));
    }

    [Test]
    public async Task Without_a_question_of_these_days_a_picture_is_nobodys_card()
    {
        var supplier = await Supplier();
        var customer = await _host.Customer();
        await Send(supplier, Picture());
        await Ask(_host.Operator(), supplier, customer.ConversationId, "Blue vase");
        await _host.Query<Guid>("update enquiries set asked_at = asked_at - interval '8 days' where conversation_id = $1 returning id", customer.ConversationId);

        await Send(supplier, Picture());
        await Send(supplier, "%PDF-1.7 no picture"u8.ToArray(), kind: "file");

        Assert.That(_host.Broker.All<ChatService.Suppliers.SupplierPicture>(), Is.Empty);
    }

    [Test]
    public async Task Who_wants_nothing_more_or_whose_conversation_is_over_gets_no_card()
    {
        var supplier = await Supplier();
        var closed = await _host.Customer();
        await Ask(_host.Operator(), supplier, closed.ConversationId, "Blue vase");
        await _host.Operator().PostAsJsonAsync($"/api/conversations/{closed.ConversationId}/close_conversation", new { });

        await Send(supplier, Picture());
        await Eventually.IsTrue(() => _host.Broker.All<ChatService.Suppliers.SupplierPicture>().Any());
        await _host.Handle(_host.Broker.All<ChatService.Suppliers.SupplierPicture>().First());

        Assert.That((await Json(await closed.Client.GetAsync($"/api/cards/{closed.ConversationId}"))).GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task People_answer_a_supplier_and_the_assistant_does_not()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var conversation = await _host.Conversation(number);
        var agent = _host.Operator();
        _host.Broker.Published.Clear();

        var marked = await Json(await agent.PostAsync($"/api/customers/{conversation.CustomerId}/supplier", null));
        await _host.Handle(Some.Message(number, "I have a new vase"));

        Assert.That(marked.TryGetProperty("supplierSince", out _));
        Assert.That(_host.Broker.All<ReplyRequested>().Where(request => request.AnswerWanted), Is.Empty);
        Assert.That((await _host.Conversation(number)).Turn, Is.EqualTo(TurnHolder.Agent));

        var unmarked = await Json(await agent.DeleteAsync($"/api/customers/{conversation.CustomerId}/supplier"));
        Assert.That(unmarked.TryGetProperty("supplierSince", out _), Is.False);
        await agent.PostAsync($"/api/conversations/{conversation.Id}/hand_back", null);
        await Eventually.IsTrue(() => _host.Broker.All<ReplyRequested>().Any(request => request.AnswerWanted));
        _host.Broker.Published.Clear();
        await _host.Handle(Some.Message(number, "And a question"));
        Assert.That(_host.Broker.All<ReplyRequested>().Single().AnswerWanted, Is.True);
    }

    [Test]
    public async Task Only_agents_ask_and_only_suppliers_for_conversations_of_their_workspace()
    {
        var supplier = await Supplier();
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        var (stranger, customer) = (await _host.Conversation(number), await _host.Customer());
        var agent = _host.Operator();

        async Task<(HttpStatusCode, string)> Asked(HttpClient client, Guid to, object enquiry, bool @private = false)
        {
            using var response = await client.PostAsJsonAsync($"/api/conversations/{to}/messages", new { text = "Photos?", enquiry, @private });
            var body = await response.Content.ReadAsStringAsync();
            var errors = body.Contains("\"errors\"", StringComparison.Ordinal) ? JsonDocument.Parse(body).RootElement.GetProperty("errors").EnumerateObject().First().Name : "";
            return (response.StatusCode, errors);
        }

        var right = new { customer.ConversationId, subject = "Blue vase" };
        Assert.That(await Asked(agent, stranger.Id, right), Is.EqualTo((HttpStatusCode.BadRequest, "enquiry")));
        Assert.That(await Asked(agent, supplier.Id, right, @private: true), Is.EqualTo((HttpStatusCode.BadRequest, "enquiry")));
        Assert.That(await Asked(agent, supplier.Id, new { subject = "Blue vase" }), Is.EqualTo((HttpStatusCode.BadRequest, "enquiry.conversationId")));
        Assert.That(await Asked(agent, supplier.Id, new { conversationId = Guid.NewGuid(), subject = "x" }), Is.EqualTo((HttpStatusCode.BadRequest, "enquiry.conversationId")));
        Assert.That(await Asked(agent, supplier.Id, new { conversationId = supplier.Id, subject = "x" }), Is.EqualTo((HttpStatusCode.BadRequest, "enquiry.conversationId")));
        Assert.That(await Asked(agent, supplier.Id, new { customer.ConversationId, subject = " " }), Is.EqualTo((HttpStatusCode.BadRequest, "enquiry.subject")));
        Assert.That((await Asked(_host.Operator("viewer"), supplier.Id, right)).Item1, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("viewer").PostAsync($"/api/customers/{supplier.CustomerId}/supplier", null)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator(workspaceId: Guid.NewGuid()).PostAsync($"/api/customers/{supplier.CustomerId}/supplier", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _host.Query<long>("select count(*) from enquiries where conversation_id = $1", customer.ConversationId), Is.EqualTo(new[] { 0L }));
    }

    [Test]
    public async Task The_picture_is_the_customers_too_and_goes_with_the_last_who_has_it()
    {
        var supplier = await Supplier();
        var customer = await _host.Customer();
        await Ask(_host.Operator(), supplier, customer.ConversationId, "Blue vase");
        var content = Picture();
        await Send(supplier, content);
        await Eventually.IsTrue(async () => (await Titles(customer)).Count == 1);
        var card = (await Json(await customer.Client.GetAsync($"/api/cards/{customer.ConversationId}"))).GetProperty("items")[0];
        var (link, owner) = (card.GetProperty("imageUrl").GetString(), _host.Operator("owner"));

        Assert.That((await owner.DeleteAsync($"/api/customers/{supplier.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await _host.CreateClient().GetByteArrayAsync(link), Is.EqualTo(content), "the supplier is forgotten, the customer's picture stays");

        Assert.That((await owner.DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await _host.CreateClient().GetAsync(link)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Directory.EnumerateFiles(_host.MediaFolder, Hash(content), SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task Notifications_and_enquiries_end_in_their_time()
    {
        var (asker, _) = await _host.StoredOperator("agent");
        var supplier = await Supplier();
        var customer = await _host.Customer();
        await Ask(asker, supplier, customer.ConversationId, "Blue vase");
        await Send(supplier, Picture());
        await Titles(customer);
        var time = new ManualTime(DateTimeOffset.UtcNow.AddDays(6));
        var housekeeping = new Housekeeping(_host.Database, time, NullLogger<Housekeeping>.Instance);

        async Task<(long, long)> Left()
        {
            await housekeeping.Clean(CancellationToken.None);
            return (
                (await _host.Query<long>("select count(*) from enquiries where conversation_id = $1", customer.ConversationId))[0],
                (await _host.Query<long>("select count(*) from notifications where conversation_id = $1", customer.ConversationId))[0]);
        }

        Assert.That(await Left(), Is.EqualTo((1L, 1L)));
        time.Advance(TimeSpan.FromDays(2));
        Assert.That(await Left(), Is.EqualTo((0L, 1L)), "a picture that comes now is about something else");
        time.Advance(TimeSpan.FromDays(90));
        Assert.That(await Left(), Is.EqualTo((0L, 0L)));
    }

    private List<DeliverMessage> Delivered(Guid conversationId) =>
        [.. _host.Broker.All<DeliverMessage>().Where(delivery => delivery.ConversationId == conversationId && delivery.Cards.Count > 0)];

    private async Task<Conversation> Supplier()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "I sell vases"));
        var conversation = await _host.Conversation(number);
        using var marked = await _host.Operator().PostAsync($"/api/customers/{conversation.CustomerId}/supplier", null);
        Assert.That(marked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return conversation;
    }

    private static async Task<Guid> Ask(HttpClient client, Conversation supplier, Guid conversationId, string subject)
    {
        using var asked = await client.PostAsJsonAsync(
            $"/api/conversations/{supplier.Id}/messages", new { text = "Have you a photo?", enquiry = new { conversationId, subject } });
        Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await asked.Content.ReadAsStringAsync());
        return (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messageId").GetGuid();
    }

    /// <summary>The supplier writes, and ChannelService brings the file.</summary>
    private async Task<MediaStored> Send(Conversation supplier, byte[] content, string kind = "image", string? replyTo = null)
    {
        var attachment = new Attachment(Guid.NewGuid(), kind, "image/png", "photo.png", Source: "https://provider.example/1");
        var message = Some.Message(supplier.Address, "Here");
        await _host.Handle(message with { Content = message.Content with { Attachments = [attachment], ReplyToExternalId = replyTo } });

        var path = $"/internal/media/{message.MessageId}/{attachment.Id}?workspaceId={message.WorkspaceId}&sha256={Hash(content)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(content) };
        request.Headers.Add(InternalCalls.Header, _host.Services.GetRequiredService<InternalCalls>().Sign($"POST {path}"));
        var taken = await Json(await _host.CreateClient().SendAsync(request));
        var stored = new MediaStored(
            message.MessageId, attachment.Id, supplier.Id, Some.Workspace, supplier.Partition, taken.GetProperty("kind").GetString()!,
            taken.GetProperty("contentType").GetString()!, taken.GetProperty("size").GetInt64());
        await _host.Handle(stored);
        return stored;
    }

    private static async Task<List<string?>> Titles(WebCustomer customer)
    {
        List<string?> titles = [];
        await Eventually.IsTrue(async () =>
        {
            var page = await Json(await customer.Client.GetAsync($"/api/messages/get_conversation_messages?conversationId={customer.ConversationId}"));
            titles = [.. page.GetProperty("items").EnumerateArray()
                .Where(message => message.TryGetProperty("cards", out _))
                .SelectMany(message => message.GetProperty("cards").EnumerateArray()).Select(card => card.GetProperty("title").GetString())];
            return titles.Count > 0;
        });
        return titles;
    }

    private static byte[] Picture() => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. RandomNumberGenerator.GetBytes(16)];

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
