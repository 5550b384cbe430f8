using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Customers;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Customers;

public class CustomerTests : ChatTests
{
    [Test]
    public async Task Two_customers_who_are_one_person_are_merged_and_old_tokens_still_work()
    {
        _host.AnswerWith("Hello!");
        var (kept, merged) = (await _host.Customer(new { name = "Ada" }), await _host.Customer(new { email = "ada@example.org" }));
        await merged.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "Hi" });

        var view = await Json(await _host.Operator().PostAsJsonAsync($"/api/customers/{kept.CustomerId}/merge", new { customerId = merged.CustomerId }));

        Assert.That(view.GetProperty("identifiers").GetArrayLength(), Is.EqualTo(2));
        Assert.That((view.GetProperty("name").GetString(), view.GetProperty("email").GetString()), Is.EqualTo(("Ada", "ada@example.org")));
        Assert.That((await merged.Client.GetAsync($"/api/conversations/{merged.ConversationId}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _host.Operator().GetAsync($"/api/customers/{merged.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var again = await merged.Client.PostAsJsonAsync("/api/messages/process_message", new { conversationId = merged.ConversationId, text = "Still me" });
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_erased_customer_leaves_no_row_behind()
    {
        _host.AnswerWith("Hello!");
        var customer = await _host.Customer(new { name = "Forget me" });
        await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "Hi" });

        Assert.That((await _host.Operator("admin").DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        foreach (var sql in new[]
        {
            "select count(*) from messages where conversation_id = $2 and $1::uuid is not null",
            "select count(*) from conversations where customer_id = $1 or id = $2",
            "select count(*) from customer_identifiers where customer_id = $1 and $2::uuid is not null",
            "select count(*) from customers where id = $1 and $2::uuid is not null",
        })
        {
            Assert.That(await _host.Query<long>(sql, customer.CustomerId, customer.ConversationId), Is.EqualTo(new[] { 0L }), sql);
        }

        Assert.That((await customer.Client.PostAsJsonAsync("/api/messages/process_message", new { text = "Hi" })).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var told = _host.Broker.All<CustomerErased>().Single(erased => erased.CustomerIds.Contains(customer.CustomerId));
        Assert.That(told.ConversationIds, Is.EqualTo(new[] { customer.ConversationId }));
        Assert.That(told.Addresses, Is.Not.Empty);
    }

    [Test]
    public async Task A_customer_whom_a_provider_demands_to_forget_is_erased_everywhere()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number, "My secret question"));
        var conversation = await _host.Conversation(number);
        await using var bus = new ServiceCollection()
            .AddSingleton(_host.Services.GetRequiredService<CustomerEraser>())
            .AddMassTransitTestHarness(harness => harness.AddConsumer<CustomerErasureDemandedConsumer>())
            .BuildServiceProvider(validateScopes: true);
        var harness = bus.GetRequiredService<ITestHarness>();
        await harness.Start();

        await harness.Bus.Publish(new CustomerErasureDemanded(Guid.NewGuid(), Some.WhatsApp, "whatsapp", number, DateTimeOffset.UtcNow));
        await harness.Bus.Publish(new CustomerErasureDemanded(Some.Workspace, Some.WhatsApp, "whatsapp", number, DateTimeOffset.UtcNow));
        await harness.Bus.Publish(new CustomerErasureDemanded(Some.Workspace, Some.WhatsApp, "whatsapp", number, DateTimeOffset.UtcNow));

        await Eventually.IsTrue(async () => harness.Consumed.Select<CustomerErasureDemanded>().Count() == 3
            && (await _host.Query<long>("select count(*) from conversations where id = $1", conversation.Id))[0] == 0);
        Assert.That(await _host.Query<long>("select count(*) from customers where id = $1", conversation.CustomerId), Is.EqualTo(new[] { 0L }));
        Assert.That(_host.Broker.All<CustomerErased>().Count(erased => erased.CustomerIds.Contains(conversation.CustomerId)), Is.EqualTo(1));
        Assert.That(harness.Consumed.Select<CustomerErasureDemanded>().All(consumed => consumed.Exception is null));
        await harness.Stop();
    }

    [Test]
    public async Task Nobody_is_half_erased_while_the_other_services_cannot_be_told()
    {
        var customer = await _host.Customer(new { name = "Still here" });
        _host.Broker.IsAway = true;
        try
        {
            Assert.That(
                (await _host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }
        finally
        {
            _host.Broker.IsAway = false;
        }

        Assert.That((await _host.Operator().GetAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _host.Operator("owner").DeleteAsync($"/api/customers/{customer.CustomerId}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Customers_are_listed_and_found()
    {
        var customer = await _host.Customer(new { name = "Zebulon Quux" });

        var page = await Json(await _host.Operator("viewer").GetAsync("/api/customers/?q=bulon%20q&limit=5"));

        Assert.That(page.GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid(), Is.EqualTo(customer.CustomerId));
    }

    [Test]
    public async Task Conversations_are_listed_by_their_ids()
    {
        var (one, other) = (Some.Number(), Some.Number());
        await _host.Handle(Some.Message(one), Some.Message(other), Some.Message(Some.Number()));
        var ids = new[] { (await _host.Conversation(one)).Id, (await _host.Conversation(other)).Id };

        var page = await Json(await _host.Operator("viewer").GetAsync($"/api/conversations/list?ids={string.Join(',', ids)},{Guid.NewGuid()}"));

        Assert.That(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()), Is.EquivalentTo(ids));
        Assert.That((await _host.Operator().GetAsync("/api/conversations/list?ids=x")).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
