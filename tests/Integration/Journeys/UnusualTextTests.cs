using System.Net.Http.Headers;
using System.Text;
using Assistify.Load.WhatsApp;
using Assistify.Testing;

namespace Assistify.Integration.Journeys;

[TestFixture]
public sealed class UnusualTextTests
{
    private static readonly string s_emoji = string.Concat(Enumerable.Repeat("🌷", 4000));

    private static readonly TestCaseData[] s_texts =
    [
        new TestCaseData("""{"text":"before\u0000after, when are you open?"}""", "before\uFFFDafter, when are you open?").SetArgDisplayNames("U+0000"),
        new TestCaseData("""{"text":"high \ud83c alone, when are you open?"}""", "high \uFFFD alone, when are you open?").SetArgDisplayNames("high surrogate"),
        new TestCaseData("""{"text":"low \udf37 alone, when are you open?"}""", "low \uFFFD alone, when are you open?").SetArgDisplayNames("low surrogate"),
        new TestCaseData("""{"text":"\u202eright to left\u202c \u200fمرحبا\u200e, when are you open?"}""", "\u202eright to left\u202c \u200fمرحبا\u200e, when are you open?").SetArgDisplayNames("right-to-left marks"),
        new TestCaseData($$"""{"text":"{{s_emoji}}"}""", s_emoji).SetArgDisplayNames("4,000 emoji"),
    ];

    [TestCaseSource(nameof(s_texts))]
    public async Task Unusual_text_on_the_web_is_stored_and_answered(string body, string stored)
    {
        var visitor = await WebCustomer.Start(Shared.System.Http);

        var answer = await visitor.Write(Shared.System.Http, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

        Assert.That(answer.GetProperty("message").GetProperty("text").GetString(), Is.EqualTo(stored));
        Assert.That(answer.GetProperty("reply").GetProperty("text").GetString(), Is.Not.Empty);
        var messages = (await visitor.Messages(Shared.System.Http)).GetProperty("items");
        Assert.That(messages[0].GetProperty("text").GetString(), Is.EqualTo(stored));
    }

    [Test]
    public async Task Unusual_text_on_WhatsApp_is_stored_and_answered()
    {
        using var twilio = Shared.System.Twilio();
        var texts = new (string Sent, string Stored)[]
        {
            ("nought \0 in it, when are you open?", "nought \uFFFD in it, when are you open?"),
            ("\u202eright to left\u202c مرحبا, when are you open?", "\u202eright to left\u202c مرحبا, when are you open?"),
            (s_emoji, s_emoji),
        };
        for (var i = 0; i < texts.Length; i++)
        {
            var phone = Shared.Confidential.Add("a customer's phone", $"+44770090061{i}");
            var webhook = SignedWebhook.Message(twilio.Account, TwilioAccount.NewSid(), phone, texts[i].Sent);

            Assert.That(await twilio.Post(webhook, CancellationToken.None), Is.EqualTo(200));

            await Eventually.IsTrue(async () => (await Shared.System.Outbox.ReadOf(phone, CancellationToken.None)).Count == 1, TimeSpan.FromSeconds(60));
            var stored = new List<string>();
            foreach (var conversation in await Shared.System.Operator.Conversations(CancellationToken.None))
            {
                var messages = await Shared.System.Operator.Messages(conversation.Id, CancellationToken.None);
                stored.AddRange(messages.Where(message => message.ExternalId == webhook.Sid).Select(message => message.Text));
            }

            Assert.That(stored, Is.EqualTo(new[] { texts[i].Stored }));
        }
    }
}
