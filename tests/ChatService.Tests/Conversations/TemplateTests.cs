using System.Net;
using System.Net.Http.Json;
using Assistify.ChatService.Tests.Support;
using Assistify.Contracts;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Conversations;

/// <summary>What a provider approved goes out also when the customer wrote too long ago.</summary>
public class TemplateTests : ChatTests
{
    [Test]
    public async Task A_template_is_delivered_without_a_window_and_shown_as_it_reads()
    {
        var id = await WhatsApp();

        var answer = await Send(id, new { template = new { name = "order_update", language = "en_US", values = new[] { "1001", "Friday" } } });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await answer.Content.ReadAsStringAsync());
        var delivery = await Delivered();
        Assert.That((delivery.Template!.Name, delivery.Template.Language, string.Join('|', delivery.Template.Values)), Is.EqualTo(("order_update", "en_US", "1001|Friday")));
        Assert.That((delivery.WindowExpiresAt, delivery.Text, delivery.Author), Is.EqualTo(((DateTimeOffset?)null, "order_update: 1001, Friday", Author.Agent)));
    }

    [Test]
    public async Task Its_text_is_what_people_see()
    {
        await Send(await WhatsApp(), new { text = "Your order comes on Friday", template = new { name = "HX0123456789abcdef0123456789abcdef" } });

        Assert.That((await Delivered()).Text, Is.EqualTo("Your order comes on Friday"));
    }

    [Test]
    public async Task A_free_text_keeps_its_window()
    {
        await Send(await WhatsApp(), new { text = "Hello" });

        var delivery = await Delivered();
        Assert.That((delivery.Template, delivery.WindowExpiresAt is not null), Is.EqualTo(((MessageTemplate?)null, true)));
    }

    [Test]
    public async Task What_is_wrong_with_a_template_is_said()
    {
        var id = await WhatsApp();
        foreach (var wrong in new object[]
        {
            new { template = new { } },
            new { template = new { name = " " } },
            new { template = new { name = "x", values = new[] { "" } } },
            new { template = new { name = "x", values = Enumerable.Repeat("v", 51) } },
            new { template = new { name = new string('x', 513) } },
            new { template = new { name = "x", language = new string('e', 16) } },
            new { text = "note", @private = true, template = new { name = "x" } },
        })
        {
            Assert.That((await Send(id, wrong)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), wrong.ToString());
        }

        var web = await _host.Customer();
        Assert.That((await Send(web.ConversationId, new { template = new { name = "x" } })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "web chat has none");
        Assert.That(_host.Broker.All<DeliverMessage>(), Is.Empty);
    }

    // Published after the answer that it was stored.
    private async Task<DeliverMessage> Delivered()
    {
        await Eventually.IsTrue(() => _host.Broker.All<DeliverMessage>().Any());
        return _host.Broker.All<DeliverMessage>().Single();
    }

    private async Task<Guid> WhatsApp()
    {
        var number = Some.Number();
        await _host.Handle(Some.Message(number));
        return (await _host.Conversation(number)).Id;
    }

    private Task<HttpResponseMessage> Send(Guid conversationId, object message) =>
        _host.Operator().PostAsJsonAsync($"/api/conversations/{conversationId}/messages", message);
}
