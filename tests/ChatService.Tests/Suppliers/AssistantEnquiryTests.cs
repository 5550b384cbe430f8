using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Suppliers;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Suppliers;

/// <summary>A customer has a supplier asked by the assistant: once, where he can be asked, and what he answers comes to the customer.</summary>
public sealed class AssistantEnquiryTests : ChatTests
{
    private const string Title = "Blue vase";
    private const string Question = "Is it dishwasher safe?";

    [Test]
    public async Task The_answer_that_is_stored_asks_the_supplier_once_however_often_it_is_told()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        var reply = await Answer(customer, supplier);

        await _host.Handle(reply);
        await Eventually.IsTrue(() => Delivered(supplier).Count == 1);
        await _host.Handle(reply);
        await Eventually.IsTrue(() => Delivered(supplier).Count == 2);
        await _host.Handle(_host.Broker.All<SupplierQuestion>().First(question => question.ConversationId == customer.Id));

        Assert.That(Delivered(supplier).Select(delivery => delivery.DeliveryId).Distinct().Count(), Is.EqualTo(1));
        Assert.That((Delivered(supplier)[0].Text, Delivered(supplier)[0].Author), Is.EqualTo(($"A customer asks about “{Title}”: {Question}", Author.System)));
        Assert.That(await Texts(supplier), Is.EqualTo(new[] { $"A customer asks about “{Title}”: {Question}" }));
        Assert.That(await Enquiries(customer), Has.Count.EqualTo(1));
        Assert.That((await _host.Conversation(customer.Address)).Turn, Is.EqualTo(TurnHolder.Assistant));
    }

    [Test]
    public async Task An_answer_that_is_no_longer_wanted_asks_nobody()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        var reply = await Answer(customer, supplier);
        await _host.Handle(Some.Message(customer.Address, "Wait"));

        await _host.Handle(reply);

        Assert.That(await Enquiries(customer), Is.Empty);
        Assert.That(_host.Broker.All<SupplierQuestion>().Where(question => question.ConversationId == customer.Id), Is.Empty);
    }

    [Test]
    public async Task Killed_between_the_answer_and_the_question_it_is_asked_all_the_same()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        var reply = await Answer(customer, supplier);
        _host.Broker.IsAway = true;
        Assert.That(async () => await _host.Handle(reply), Throws.Exception);
        Assert.That(await Enquiries(customer), Has.Count.EqualTo(1), "it was committed");
        Assert.That(await Texts(supplier), Is.Empty);

        _host.Broker.IsAway = false;
        await _host.Handle(reply);

        await Eventually.IsTrue(async () => (await Texts(supplier)).Count == 1);
    }

    [Test]
    public async Task What_he_answers_in_words_and_pictures_comes_to_the_customer_once()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        await Asked(customer, supplier);
        var words = Some.Message(supplier.Address, "Yes, on the upper rack");
        var picture = await Picture(supplier);

        await _host.Handle(words);
        await _host.Handle(words);
        await _host.Handle(picture);
        await _host.Handle(picture);
        await Eventually.IsTrue(async () => (await Shown(customer)).Count == 2 && Delivered(customer).Exists(delivery => delivery.Cards.Count > 0));
        foreach (var answer in _host.Broker.All<SupplierAnswer>().Where(answer => answer.ConversationId == customer.Id).ToList()) await _host.Handle(answer);

        Assert.That(await Shown(customer), Is.EquivalentTo(new[] { $"The seller answers about “{Title}”:\nYes, on the upper rack", "" }));
        var cards = Delivered(customer).Where(delivery => delivery.Cards.Count > 0).ToList();
        Assert.That(cards.Select(card => (card.DeliveryId, card.Cards.Single().Title)).Distinct().Single().Title, Is.EqualTo(Title));
        Assert.That(await _host.Query<long>("select count(*) from notifications where conversation_id = $1", customer.Id), Is.EqualTo(new[] { 0L }), "no operator asked");

        var listed = await Listed(customer.Id);
        Assert.That((listed.GetProperty("byAssistant").GetBoolean(), listed.GetProperty("pictures").GetArrayLength(), listed.TryGetProperty("answeredAt", out _)), Is.EqualTo((true, 1, true)));
        Assert.That(listed.GetProperty("supplier").GetProperty("id").GetGuid(), Is.EqualTo(supplier.Id));
        var ofSupplier = await Listed(supplier.Id);
        Assert.That(ofSupplier.GetProperty("customer").GetProperty("id").GetGuid(), Is.EqualTo(customer.Id), "each conversation leads to the other");
    }

    [Test]
    public async Task While_a_question_waits_the_same_is_not_asked_again()
    {
        var (supplier, customer, product) = (await Supplier(), await Customer(), Guid.NewGuid());
        await Asked(customer, supplier, product);
        var again = await Answer(customer, supplier, product);
        Assert.That((await Request(customer)).Sellers?.Products, Is.EqualTo(new[] { product }), "the assistant knows");

        await _host.Handle(again);
        Assert.That(await Enquiries(customer), Has.Count.EqualTo(1));
        Assert.That((await _host.Conversation(customer.Address)).Turn, Is.EqualTo(TurnHolder.Assistant), "it waits, and that is what was said");

        await _host.Handle(Some.Message(supplier.Address, "Yes"));
        await Eventually.IsTrue(async () => (await Shown(customer)).Count == 1);
        await Asked(customer, supplier, product);
        Assert.That(await Enquiries(customer), Has.Count.EqualTo(2), "another question, since this one is answered");
    }

    [Test]
    public async Task One_customer_asks_five_times_an_hour_and_then_people_see_to_it()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        for (var i = 0; i < Enquiry.MostInAWhile; i++) await Asked(customer, supplier);
        var sixth = await Answer(customer, supplier);
        Assert.That((await Request(customer)).Sellers?.MayAsk, Is.False, "the assistant knows");

        await _host.Handle(sixth);
        await _host.Handle(sixth);

        Assert.That(await Enquiries(customer), Has.Count.EqualTo(Enquiry.MostInAWhile));
        await WithPeople(customer, "as many as go to suppliers");
        await _host.Query<Guid>("update enquiries set asked_at = asked_at - interval '61 minutes' where conversation_id = $1 returning id", customer.Id);
        await _host.Operator().PostAsync($"/api/conversations/{customer.Id}/hand_back", null);
        await Asked(customer, supplier);
        Assert.That(await Enquiries(customer), Has.Count.EqualTo(Enquiry.MostInAWhile + 1));
    }

    [Test]
    public async Task What_he_asked_in_another_conversation_counts_too()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        for (var i = 0; i < Enquiry.MostInAWhile; i++) await Asked(customer, supplier);
        await _host.Operator().PostAsJsonAsync($"/api/conversations/{customer.Id}/close_conversation", new { });
        await _host.Handle(Some.Message(customer.Address, "Hello again"));
        var next = await _host.Conversation(customer.Address);
        Assert.That((next.Id == customer.Id, next.CustomerId), Is.EqualTo((false, customer.CustomerId)));

        await _host.Handle(await Answer(next, supplier));

        await WithPeople(next, "as many as go to suppliers");
        Assert.That(await Enquiries(next), Is.Empty);
    }

    [Test]
    public async Task Only_a_supplier_of_the_workspace_is_asked()
    {
        var stranger = await Customer();
        var other = await Supplier();
        await _host.Query<Guid>("update customers set workspace_id = $2 where id = $1 returning id", other.CustomerId, await OtherWorkspace());
        foreach (var nobody in new[] { stranger.CustomerId, other.CustomerId, Guid.NewGuid() })
        {
            var customer = await Customer();
            await _host.Handle(await Answer(customer, nobody));

            await WithPeople(customer, "Nobody is known any more");
            Assert.That(await Enquiries(customer), Is.Empty);
        }

        Assert.That(await Texts(stranger), Is.Empty);
    }

    [Test]
    public async Task Outside_his_time_the_workspaces_template_asks_and_without_one_people_do()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        await _host.Query<Guid>("update conversations set window_expires_at = now() - interval '1 minute' where id = $1 returning id", supplier.Id);

        var reply = await Answer(customer, supplier);
        await _host.Handle(reply);
        await WithPeople(customer, "settings name no template");
        Assert.That(await Enquiries(customer), Is.Empty);
        await _host.Handle(reply);
        Assert.That(await Texts(supplier), Is.Empty);

        var admin = _host.Operator("admin");
        Assert.That((await admin.PatchAsJsonAsync("/api/settings", new { enquiryTemplate = new { name = "ask_seller", language = "en" } })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await admin.GetFromJsonAsync<JsonElement>("/api/settings")).GetProperty("enquiryTemplate").GetProperty("name").GetString(), Is.EqualTo("ask_seller"));
        var second = await Customer();
        await Asked(second, supplier);

        var delivery = Delivered(supplier).Last();
        Assert.That((delivery.Template?.Name, delivery.Template?.Language, delivery.WindowExpiresAt), Is.EqualTo(("ask_seller", "en", (DateTimeOffset?)null)));
        Assert.That(delivery.Template!.Values, Is.EqualTo(new[] { Title, Question }));
        var back = await admin.PatchAsJsonAsync("/api/settings", new Dictionary<string, object?> { ["enquiryTemplate"] = null });
        Assert.That((await back.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("enquiryTemplate", out _), Is.False);
    }

    [Test]
    public async Task Who_wants_no_messages_or_nothing_automatic_is_not_asked()
    {
        var (silent, blocked) = (await Supplier(), await Supplier());
        await _host.Handle(Some.Message(silent.Address, "STOP"));
        await _host.Query<Guid>("update customers set blocked_at = now() where id = $1 returning id", blocked.CustomerId);
        foreach (var supplier in new[] { silent, blocked })
        {
            var customer = await Customer();
            await _host.Handle(await Answer(customer, supplier));

            await WithPeople(customer, "wants no automatic messages");
            Assert.That((await Texts(supplier)).Where(text => text.Contains(Title, StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public async Task A_suppliers_conversation_that_was_closed_is_opened_again()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        await _host.Operator().PostAsJsonAsync($"/api/conversations/{supplier.Id}/close_conversation", new { });

        await Asked(customer, supplier);

        Assert.That((await _host.Conversation(supplier.Address)).IsClosed, Is.False);
        Assert.That(await Texts(supplier), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Words_that_may_be_meant_for_others_stay_with_people()
    {
        var supplier = await Supplier();
        var (first, second) = (await Customer(), await Customer());
        await Asked(first, supplier);
        await Asked(second, supplier);

        await _host.Handle(Some.Message(supplier.Address, "Yes"));
        Assert.That(_host.Broker.All<SupplierAnswer>(), Is.Empty, "whose question it answers nobody knows");

        var question = _host.Broker.All<SupplierQuestion>().First(question => question.ConversationId == first.Id).MessageId;
        var external = $"wamid.{question:N}";
        await _host.Handle(new DeliveryUpdated(
            question, supplier.Id, Some.Workspace, supplier.Partition, DeliveryStatus.Sent, external, null, null, DateTimeOffset.UtcNow));
        var quoting = Some.Message(supplier.Address, "Yes, this one");
        await _host.Handle(quoting with { Content = quoting.Content with { ReplyToExternalId = external } });
        await Eventually.IsTrue(async () => (await Shown(first)).Count == 1);
        Assert.That(await Shown(second), Is.Empty);

        using var said = await _host.Operator().PostAsJsonAsync($"/api/conversations/{supplier.Id}/messages", new { text = "How is business?" });
        Assert.That(said.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        await _host.Handle(Some.Message(supplier.Address, "Very well"));
        Assert.That(_host.Broker.All<SupplierAnswer>().Count(), Is.EqualTo(1), "people talk with him");
    }

    [Test]
    public async Task Words_that_come_late_or_long_after_the_answer_are_no_answer()
    {
        var (supplier, late) = (await Supplier(), await Customer());
        await Asked(late, supplier);
        await _host.Query<Guid>("update enquiries set asked_at = asked_at - interval '25 hours' where conversation_id = $1 returning id", late.Id);
        await _host.Handle(Some.Message(supplier.Address, "My new catalogue"));

        var (other, answered) = (await Supplier(), await Customer());
        await Asked(answered, other);
        await _host.Query<Guid>("update enquiries set answered_at = now() - interval '11 minutes' where conversation_id = $1 returning id", answered.Id);
        await _host.Handle(Some.Message(other.Address, "My new catalogue"));

        Assert.That(_host.Broker.All<SupplierAnswer>(), Is.Empty);
    }

    [Test]
    public async Task Whose_customer_is_forgotten_meanwhile_is_not_asked()
    {
        var (supplier, customer) = (await Supplier(), await Customer());
        await Asked(customer, supplier);
        var question = _host.Broker.All<SupplierQuestion>().First(question => question.ConversationId == customer.Id);
        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        await _host.Handle(question with { MessageId = Guid.NewGuid() });
        await _host.Handle(Some.Message(supplier.Address, "Yes"));

        Assert.That(await Texts(supplier), Has.Count.EqualTo(1));
        Assert.That(_host.Broker.All<SupplierAnswer>(), Is.Empty);
    }

    private async Task<Conversation> Customer()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "How much is the blue vase?"));
        return await _host.Conversation(number);
    }

    private async Task<Conversation> Supplier()
    {
        var conversation = await Customer();
        using var marked = await _host.Operator().PostAsync($"/api/customers/{conversation.CustomerId}/supplier", null);
        Assert.That(marked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return conversation;
    }

    private async Task<Guid> OtherWorkspace()
    {
        var id = Guid.NewGuid();
        await _host.Query<Guid>("insert into workspaces (id, key, name, created_at) values ($1, $2, 'Other', now()) returning id", id, id.ToString("N"));
        return id;
    }

    /// <summary>The customer writes, and the assistant's answer is made; not given yet.</summary>
    private async Task<ReplyGenerated> Answer(Conversation customer, Guid supplierId, Guid? product = null)
    {
        await _host.Handle(Some.Message(customer.Address, "Can you ask the seller?"));
        return Some.Reply(await Request(customer), "The answer comes here.") with
        {
            Enquiry = new SellerEnquiry(supplierId, product ?? Guid.NewGuid(), Title, Question, "en"),
        };
    }

    private Task<ReplyGenerated> Answer(Conversation customer, Conversation supplier, Guid? product = null) => Answer(customer, supplier.CustomerId, product);

    /// <summary>The latest that the assistant was asked.</summary>
    private async Task<ReplyRequested> Request(Conversation customer)
    {
        ReplyRequested? request = null;
        var version = (await _host.Conversation(customer.Address)).Version;
        await Eventually.IsTrue(() => (request = _host.Broker.All<ReplyRequested>().LastOrDefault(one => one.ConversationId == customer.Id && one.Version == version)) is not null);
        return request!;
    }

    private async Task Asked(Conversation customer, Conversation supplier, Guid? product = null)
    {
        var (before, delivered) = ((await Texts(supplier)).Count, Delivered(supplier).Count);
        await _host.Handle(await Answer(customer, supplier, product));
        await Eventually.IsTrue(async () => (await Texts(supplier)).Count > before && Delivered(supplier).Count > delivered);
    }

    /// <summary>What the system wrote to him.</summary>
    private Task<List<string>> Texts(Conversation conversation) =>
        _host.Query<string>("select text from messages where conversation_id = $1 and author = 3 and not private order by sequence", conversation.Id);

    private Task<List<string>> Shown(Conversation customer) => Texts(customer);

    private Task<List<Guid>> Enquiries(Conversation customer) => _host.Query<Guid>("select id from enquiries where conversation_id = $1", customer.Id);

    private List<DeliverMessage> Delivered(Conversation conversation) =>
        [.. _host.Broker.All<DeliverMessage>().Where(delivery => delivery.ConversationId == conversation.Id && delivery.Author == Author.System)];

    private async Task WithPeople(Conversation customer, string reason)
    {
        await Eventually.IsTrue(async () => (await _host.Conversation(customer.Address)).Turn == TurnHolder.Agent);
        var notes = await _host.Query<string>("select text from messages where conversation_id = $1 and private", customer.Id);
        Assert.That(notes.Single(), Does.StartWith($"The seller of “{Title}” could not be asked. ").And.Contains(reason));
        Assert.That(_host.Broker.All<ConversationsChanged>().SelectMany(hint => hint.Changes).Any(change => change.ConversationId == customer.Id && change.HandedOver), "operators are told");
    }

    private async Task<MediaStored> Picture(Conversation supplier)
    {
        var attachment = new Attachment(Guid.NewGuid(), "image", "image/png", "photo.png", Source: "https://provider.example/1");
        var message = Some.Message(supplier.Address, "");
        await _host.Handle(message with { Content = message.Content with { Attachments = [attachment] } });
        await _host.Query<Guid>(
            "insert into media (id, workspace_id, customer_id, sha256, kind, content_type, size, created_at) values ($1, $2, $3, $4, 'image', 'image/png', 9, now()) returning id",
            attachment.Id, Some.Workspace, supplier.CustomerId, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(attachment.Id.ToByteArray())));
        return new MediaStored(message.MessageId, attachment.Id, supplier.Id, Some.Workspace, supplier.Partition, "image", "image/png", 9);
    }

    private async Task<JsonElement> Listed(Guid conversationId) =>
        (await _host.Operator("viewer").GetFromJsonAsync<JsonElement>($"/api/conversations/{conversationId}/enquiries")).GetProperty("items").EnumerateArray().Single();
}
