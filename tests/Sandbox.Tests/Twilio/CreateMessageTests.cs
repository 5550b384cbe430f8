using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NUnit.Framework;
using static Assistify.Sandbox.Tests.SandboxUnderTest;

namespace Assistify.Sandbox.Tests.Twilio;

internal sealed class CreateMessageTests : EachWithSandbox
{
    [Test]
    public async Task An_accepted_message_is_answered_as_Twilio_does()
    {
        // The provider tells whole seconds.
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        using var response = await _sandbox.SendText("Zoë & 👟");
        var message = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(message.GetProperty("sid").GetString(), Does.Match("^SM[0-9a-f]{32}$"));
        Assert.That(message.GetProperty("status").GetString(), Is.EqualTo("queued"));
        Assert.That(message.GetProperty("body").GetString(), Is.EqualTo("Zoë & 👟"));
        Assert.That(message.GetProperty("num_segments").GetString(), Is.EqualTo("1"));
        Assert.That(message.GetProperty("num_media").GetString(), Is.EqualTo("0"));
        Assert.That(message.GetProperty("direction").GetString(), Is.EqualTo("outbound-api"));
        Assert.That(message.GetProperty("error_code").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(message.GetProperty("date_sent").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            DateTimeOffset.ParseExact(message.GetProperty("date_created").GetString()!, "ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Is.InRange(before, DateTimeOffset.UtcNow));
    }

    [TestCase("", From, "hi", 21604)]
    [TestCase(Customer, "", "hi", 21603)]
    [TestCase(Customer, From, "", 21619)]
    [TestCase(Customer, "whatsapp:+441632960999", "hi", 63007)]
    [TestCase(Customer, "+441632960999", "hi", 21606)]
    [TestCase("+447700900123", From, "hi", 21910)]
    [TestCase("whatsapp:hello", From, "hi", 21211)]
    public async Task A_wrong_message_is_refused_with_Twilios_code(string to, string from, string body, int code)
    {
        using var response = await _sandbox.Send(("To", to), ("From", from), ("Body", body));

        await IsError(response, HttpStatusCode.BadRequest, code);
        Assert.That(await _sandbox.Outbox(), Is.Empty);
    }

    [Test]
    public async Task A_body_of_1600_characters_passes_and_one_more_does_not()
    {
        using var longest = await _sandbox.SendText(new string('x', 1600));
        using var longer = await _sandbox.SendText(new string('x', 1601));

        Assert.That(longest.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await IsError(longer, HttpStatusCode.BadRequest, 21617);
    }

    [Test]
    public async Task WhatsApp_takes_one_media_address()
    {
        using var one = await _sandbox.Send(("To", Customer), ("From", From), ("MediaUrl", "https://shop.example/vase.png"));
        using var two = await _sandbox.Send(("To", Customer), ("From", From), ("MediaUrl", "https://shop.example/1.png"), ("MediaUrl", "https://shop.example/2.png"));

        Assert.That((await one.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sid").GetString(), Does.StartWith("MM"));
        await IsError(two, HttpStatusCode.BadRequest, 21623);
    }

    [Test]
    public async Task Wrong_credentials_are_refused()
    {
        using var without = await _sandbox.Program.PostAsync(Messages, null);
        await IsError(without, HttpStatusCode.Unauthorized, 20003);

        using var request = new HttpRequestMessage(HttpMethod.Get, Messages);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "!!! not base64");
        using var wrong = await _sandbox.Program.SendAsync(request);
        await IsError(wrong, HttpStatusCode.Unauthorized, 20003);
    }

    [Test]
    public async Task Another_accounts_messages_are_not_found()
    {
        using var response = await _sandbox.Twilio.GetAsync("/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json");

        await IsError(response, HttpStatusCode.NotFound, 20404);
    }

    [Test]
    public async Task A_body_that_is_no_form_lacks_everything()
    {
        using var response = await _sandbox.Twilio.PostAsJsonAsync(Messages, new { To = Customer });

        await IsError(response, HttpStatusCode.BadRequest, 21604);
    }

    [Test]
    public async Task The_list_filters_and_pages_newest_first()
    {
        for (var i = 1; i <= 5; i++) (await _sandbox.SendText($"to one {i}")).Dispose();
        (await _sandbox.SendText("to another", "whatsapp:+447700900456")).Dispose();
        await _sandbox.Inbound(new { from = "+447700900123", text = "from one" });

        var bodies = new List<string>();
        var pages = 0;
        var since = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        for (var next = $"{Messages}?To={Uri.EscapeDataString(Customer)}&DateSent>={since}&PageSize=2"; next is not null; pages++)
        {
            var page = await _sandbox.Twilio.GetFromJsonAsync<JsonElement>(next);
            bodies.AddRange(page.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()!));
            next = page.GetProperty("next_page_uri").GetString();
        }

        Assert.That(bodies, Is.EqualTo(new[] { "to one 5", "to one 4", "to one 3", "to one 2", "to one 1" }));
        Assert.That(pages, Is.EqualTo(3));

        var inbound = await _sandbox.Twilio.GetFromJsonAsync<JsonElement>($"{Messages}?To={Uri.EscapeDataString(From)}");
        Assert.That(inbound.GetProperty("messages").EnumerateArray().Select(m => (m.GetProperty("body").GetString(), m.GetProperty("direction").GetString())),
            Is.EqualTo(new[] { ("from one", "inbound") }));
        var earlier = await _sandbox.Twilio.GetFromJsonAsync<JsonElement>($"{Messages}?DateSent<={DateTimeOffset.UtcNow.AddDays(-1):yyyy-MM-dd}");
        Assert.That(earlier.GetProperty("messages").GetArrayLength(), Is.Zero);
        using var bad = await _sandbox.Twilio.GetAsync($"{Messages}?DateSent=yesterday");
        Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task One_message_can_be_fetched()
    {
        using var response = await _sandbox.SendText("hello");
        var sid = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sid").GetString();
        var path = $"/2010-04-01/Accounts/{AccountSid}/Messages/{sid}.json";

        await Eventually(async () => (await _sandbox.Twilio.GetFromJsonAsync<JsonElement>(path)).GetProperty("status").GetString() == "delivered");
        Assert.That((await _sandbox.Twilio.GetFromJsonAsync<JsonElement>(path)).GetProperty("date_sent").GetString(), Does.EndWith("+0000"));
        using var unknown = await _sandbox.Twilio.GetAsync($"/2010-04-01/Accounts/{AccountSid}/Messages/SM00000000000000000000000000000000.json");
        await IsError(unknown, HttpStatusCode.NotFound, 20404);
    }

    private static async Task IsError(HttpResponseMessage response, HttpStatusCode status, int code)
    {
        Assert.That(response.StatusCode, Is.EqualTo(status));
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(error.GetProperty("code").GetInt32(), Is.EqualTo(code));
        Assert.That(error.GetProperty("status").GetInt32(), Is.EqualTo((int)status));
        Assert.That(error.GetProperty("message").GetString(), Is.Not.Empty);
        Assert.That(error.GetProperty("more_info").GetString(), Is.EqualTo($"https://www.twilio.com/docs/errors/{code}"));
    }
}
