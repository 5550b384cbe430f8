using System.Net.Http.Json;
using System.Text.Json;
using Assistify.Load.Reading;
using Assistify.Load.WhatsApp;
using Assistify.Testing;

namespace Assistify.Integration.Journeys;

[TestFixture]
public sealed class WhatsAppTests
{
    private static HttpClient Http => Shared.System.Http;

    [Test]
    public async Task Message_from_the_sandboxs_phone_is_answered_on_it_and_seen_by_operators()
    {
        var phone = Shared.Confidential.Add("a customer's phone", "+447700900711");
        var text = Shared.Confidential.Add("a customer's text", "Do you ship to Cyprus, zanzibarwombat?");

        using var sent = await Http.PostAsJsonAsync("/sandbox/api/whatsapp/inbound", new { from = phone, text, profileName = "Grace" });

        Assert.That((await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32(), Is.EqualTo(200));
        var answer = (await Answers(phone, 1))[0];
        Assert.That(answer.Body, Does.Contain("Cyprus"));
        var stored = await ConversationOf(answer.Sid);
        Assert.That(stored.Select(message => message.Author.Type), Is.EqualTo(new[] { "customer", "assistant" }));
        Assert.That(stored.Select(message => message.Sequence), Is.EqualTo(new[] { 1, 2 }));
        // The provider's callbacks come back through the gateway.
        await Eventually.IsTrue(async () => (await ConversationOf(answer.Sid))[1].Delivery?.Status == "delivered");
    }

    [Test]
    public async Task Webhook_sent_three_times_is_one_message_with_one_answer()
    {
        using var twilio = Shared.System.Twilio();
        var phone = Shared.Confidential.Add("a customer's phone", "+447700900712");
        var webhook = SignedWebhook.Message(twilio.Account, TwilioAccount.NewSid(), phone, "When are you open?");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => twilio.Post(webhook, CancellationToken.None)));
        var answers = await Answers(phone, 1);
        Assert.That(await twilio.Post(webhook, CancellationToken.None), Is.EqualTo(200));

        Assert.That(statuses, Is.All.EqualTo(200));
        var stored = await ConversationOf(answers[0].Sid);
        Assert.That(stored.Count(message => message.ExternalId == webhook.Sid), Is.EqualTo(1));
        Assert.That(stored, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Three_messages_in_a_row_get_one_answer()
    {
        using var twilio = Shared.System.Twilio();
        var phone = Shared.Confidential.Add("a customer's phone", "+447700900713");
        foreach (var text in new[] { "Hello", "I have a question", "When are you open on Sunday?" })
        {
            var webhook = SignedWebhook.Message(twilio.Account, TwilioAccount.NewSid(), phone, text);
            Assert.That(await twilio.Post(webhook, CancellationToken.None), Is.EqualTo(200));
        }

        var answers = await Answers(phone, 1);
        var stored = await ConversationOf(answers[0].Sid);

        Assert.That(stored.Count(message => message.Direction == "inbound"), Is.EqualTo(3));
        Assert.That(stored[^1].IsAnswer);
        Assert.That(stored.Zip(stored.Skip(1)).Any(pair => pair.First.IsAnswer && pair.Second.IsAnswer), Is.False);
    }

    [Test]
    public async Task Refused_and_lost_sends_end_with_each_answer_in_the_outbox_once()
    {
        using var faults = await Http.PutAsJsonAsync(
            "/sandbox/api/whatsapp/faults", new { seed = 7, sendStatus429 = 0.4, timeoutAfterAccept = 0.4, retryAfterSeconds = 1, statusDuplicate = 0.3, statusReorder = 0.3 });
        faults.EnsureSuccessStatusCode();
        using var twilio = Shared.System.Twilio();
        var phones = Enumerable.Range(0, 6).Select(i => Shared.Confidential.Add("a customer's phone", $"+4477009008{i:D2}")).ToList();
        try
        {
            foreach (var phone in phones)
            {
                var webhook = SignedWebhook.Message(twilio.Account, TwilioAccount.NewSid(), phone, "How do I return something?");
                Assert.That(await twilio.Post(webhook, CancellationToken.None), Is.EqualTo(200));
            }

            foreach (var phone in phones)
            {
                var answers = await Answers(phone, 1, TimeSpan.FromSeconds(90));
                await Eventually.IsTrue(
                    async () => (await ConversationOf(answers[0].Sid, TimeSpan.FromSeconds(90)))[^1].Delivery?.Status is "sent" or "delivered" or "read", TimeSpan.FromSeconds(90));
            }
        }
        finally
        {
            using var none = await Http.PutAsJsonAsync("/sandbox/api/whatsapp/faults", new { });
        }

        foreach (var phone in phones)
            Assert.That(await Shared.System.Outbox.ReadOf(phone, CancellationToken.None), Has.Count.EqualTo(1), "an answer was sent twice");
    }

    private static async Task<List<OutboxItem>> Answers(string phone, int count, TimeSpan? within = null)
    {
        List<OutboxItem> found = [];
        await Eventually.IsTrue(async () => (found = await Shared.System.Outbox.ReadOf(phone, CancellationToken.None)).Count >= count, within ?? TimeSpan.FromSeconds(60));
        return found;
    }

    /// <summary>The messages of the conversation whose answer has this id at the provider.</summary>
    private static async Task<List<StoredMessage>> ConversationOf(string sid, TimeSpan? within = null)
    {
        List<StoredMessage> found = [];
        await Eventually.IsTrue(async () =>
        {
            foreach (var conversation in (await Shared.System.Operator.Conversations(CancellationToken.None)).Where(c => c.Channel == "whatsapp"))
            {
                found = await Shared.System.Operator.Messages(conversation.Id, CancellationToken.None);
                if (found.Exists(message => message.ExternalId == sid)) return true;
            }

            return false;
        }, within);
        return found;
    }
}
