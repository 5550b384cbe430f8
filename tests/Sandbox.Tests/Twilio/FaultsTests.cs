using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.Sandbox.Twilio;
using NUnit.Framework;
using static Assistify.Sandbox.Tests.SandboxUnderTest;

namespace Assistify.Sandbox.Tests.Twilio;

internal sealed class FaultsTests : EachWithSandbox
{
    private const string Callback = "https://desk.example.com/api/webhooks/whatsapp/status?d=8d1c";

    [Test]
    public async Task Too_many_requests_says_when_to_come_back_and_accepts_nothing()
    {
        await _sandbox.SetFaults(new { sendStatus429 = 1.0, retryAfterSeconds = 3 });

        using var response = await _sandbox.SendText("hello");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"code":20429,"message":"Too Many Requests","status":429,"more_info":"https://www.twilio.com/docs/errors/20429"}"""));
        Assert.That(await _sandbox.Outbox(), Is.Empty);
    }

    [Test]
    public async Task A_lost_answer_leaves_an_accepted_message()
    {
        await _sandbox.SetFaults(new { timeoutAfterAccept = 1.0 });

        Assert.That(async () => await _sandbox.SendText("hello"), Throws.InstanceOf<HttpRequestException>());
        Assert.That((await _sandbox.Outbox()).Single().GetProperty("body").GetString(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task An_expired_token_is_refused_until_the_fault_is_gone()
    {
        await _sandbox.SetFaults(new { tokenExpired = true });
        using var refused = await _sandbox.SendText("hello");
        await _sandbox.SetFaults(new { });
        using var accepted = await _sandbox.SendText("hello");

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task The_outbox_holds_exactly_what_was_accepted_in_order([Values(1, 2, 3)] int seed)
    {
        await _sandbox.SetFaults(new { seed, sendStatus429 = 0.2, send5xx = 0.2, timeoutAfterAccept = 0.2 });
        var expected = new List<string>();
        for (var i = 0; i < 300; i++)
        {
            // A wrong one now and then, which is never accepted either.
            var text = i % 7 == 0 ? new string('x', 1601) : $"message {i}";
            try
            {
                using var response = await _sandbox.SendText(text);
                if (response.StatusCode == HttpStatusCode.Created) expected.Add(text);
            }
            catch (HttpRequestException)
            {
                expected.Add(text); // the answer was lost after the message was accepted
            }
        }

        var outbox = await _sandbox.Outbox();
        Assert.That(outbox.Select(item => item.GetProperty("body").GetString()), Is.EqualTo(expected));
        Assert.That(outbox.Select(item => item.GetProperty("ordinal").GetInt64()), Is.EqualTo(Enumerable.Range(1, expected.Count)));
        Assert.That(expected, Has.Count.InRange(100, 250));
    }

    [Test]
    public async Task Many_senders_at_once_lose_nothing_and_double_nothing()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => (await _sandbox.SendText($"message {i}", $"whatsapp:+4477009{i:00000}")).Dispose());

        var outbox = await _sandbox.Outbox();
        Assert.That(outbox.Select(item => item.GetProperty("body").GetString()).Order(), Is.EqualTo(Enumerable.Range(0, 500).Select(i => $"message {i}").Order()));
        Assert.That(outbox.Select(item => item.GetProperty("sid").GetString()).Distinct().Count(), Is.EqualTo(500));
    }

    [Test]
    public async Task The_outbox_pages_filters_and_is_emptied()
    {
        for (var i = 0; i < 5; i++) (await _sandbox.SendText($"{i}", i < 3 ? Customer : "whatsapp:+447700900456")).Dispose();

        var first = await _sandbox.Program.GetFromJsonAsync<JsonElement>("/sandbox/api/whatsapp/outbox?limit=2");
        var rest = await _sandbox.Program.GetFromJsonAsync<JsonElement>($"/sandbox/api/whatsapp/outbox?after={first.GetProperty("next").GetInt64()}");
        Assert.That(Bodies(first), Is.EqualTo(new[] { "0", "1" }));
        Assert.That(Bodies(rest), Is.EqualTo(new[] { "2", "3", "4" }));
        Assert.That((await _sandbox.Outbox("&to=+447700900456")).Select(i => i.GetProperty("body").GetString()), Is.EqualTo(new[] { "3", "4" }));

        using var reset = await _sandbox.Program.DeleteAsync("/sandbox/api/whatsapp/outbox");
        Assert.That(await _sandbox.Outbox(), Is.Empty);
        (await _sandbox.SendText("5")).Dispose();
        Assert.That((await _sandbox.Outbox("&after=5")).Single().GetProperty("ordinal").GetInt64(), Is.EqualTo(6));

        static string?[] Bodies(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("body").GetString()).ToArray();
    }

    [Test]
    public async Task A_duplicated_webhook_is_the_same_message()
    {
        await _sandbox.SetFaults(new { duplicateInbound = 1.0 });

        await _sandbox.Inbound(new { from = "+447700900123", text = "hello" });

        Assert.That(_sandbox.Webhooks.Select(w => w.Form["MessageSid"]).ToArray(), Has.Length.EqualTo(2).And.All.EqualTo(_sandbox.Webhooks.First().Form["MessageSid"]));
    }

    [Test]
    public async Task Callbacks_tell_sent_and_delivered_signed_with_their_whole_address()
    {
        (await _sandbox.Send(("To", Customer), ("From", From), ("Body", "hello"), ("StatusCallback", Callback))).Dispose();

        var webhooks = await _sandbox.Received(2);
        Assert.That(webhooks.Select(w => w.Form["MessageStatus"]), Is.EqualTo(new[] { "sent", "delivered" }));
        Assert.That(webhooks.Select(w => w.PathAndQuery), Is.All.EqualTo("/api/webhooks/whatsapp/status?d=8d1c"));
        Assert.That(webhooks.Select(w => w.Signature), Is.EqualTo(webhooks.Select(w => TwilioSignature.Sign(AuthToken, Callback, w.Form))));
        Assert.That(webhooks[1].Form["EventType"], Is.EqualTo("DELIVERED"));
    }

    [Test]
    public async Task Callbacks_can_come_in_the_wrong_order_and_twice_but_the_status_only_moves_forward()
    {
        await _sandbox.SetFaults(new { statusReorder = 1.0, statusDuplicate = 1.0 });

        (await _sandbox.Send(("To", Customer), ("From", From), ("Body", "hello"), ("StatusCallback", Callback))).Dispose();

        var webhooks = await _sandbox.Received(3);
        Assert.That(webhooks.Take(2).Select(w => w.Form["MessageStatus"]), Is.EqualTo(new[] { "delivered", "sent" }));
        Assert.That((await _sandbox.Outbox()).Single().GetProperty("status").GetString(), Is.EqualTo("delivered"));
    }

    [Test]
    public async Task Outside_the_window_a_message_fails_with_63016()
    {
        await _sandbox.SetFaults(new { enforceWindow = true });

        (await _sandbox.Send(("To", Customer), ("From", From), ("Body", "hello"), ("StatusCallback", Callback))).Dispose();

        var webhook = (await _sandbox.Received(1)).Single();
        Assert.That(webhook.Form["MessageStatus"], Is.EqualTo("failed"));
        Assert.That(webhook.Form["ErrorCode"], Is.EqualTo("63016"));
    }

    [Test]
    public async Task Impossible_faults_are_refused()
    {
        using var response = await _sandbox.Program.PutAsJsonAsync("/sandbox/api/whatsapp/faults", new { send5xx = 2, statusSteps = new[] { "eaten" } });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("send5xx").And.Contain("statusSteps"));
        Assert.That((await _sandbox.Program.GetFromJsonAsync<JsonElement>("/sandbox/api/whatsapp/faults")).GetProperty("send5xx").GetDouble(), Is.Zero);
    }
}
