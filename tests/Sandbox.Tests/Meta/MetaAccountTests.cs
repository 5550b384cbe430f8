using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Meta;

/// <summary>What concerns the account and the app rather than a message: tokens, ids, and what a person demands.</summary>
internal sealed class MetaAccountTests : EachWithSandbox
{
    private const string Person = "6712345678901234";

    [Test]
    public async Task Instagrams_token_is_exchanged_for_one_that_sends_and_cannot_be_exchanged_on_its_first_day()
    {
        var (status, body, _) = await Refresh(Credentials.InstagramToken);
        var token = body.GetProperty("access_token").GetString()!;

        Assert.That((status, body.GetProperty("token_type").GetString(), body.GetProperty("expires_in").GetInt64()), Is.EqualTo((200, "bearer", 60L * 86400)));
        var sent = await _sandbox.Call($"/v25.0/{Credentials.AccountId}/messages", new { recipient = new { id = "1254459154682919" }, message = new { text = "hola" } }, token);
        Assert.That(sent.Status, Is.EqualTo(200));
        var (_, about, _) = await _sandbox.Call($"/v25.0/debug_token?input_token={token}", null, token);
        Assert.That(about.GetProperty("data").GetProperty("is_valid").GetBoolean());
        Assert.That(DateTimeOffset.FromUnixTimeSeconds(about.GetProperty("data").GetProperty("expires_at").GetInt64()), Is.EqualTo(DateTimeOffset.UtcNow.AddDays(60)).Within(TimeSpan.FromHours(1)));
        Assert.That(Error(await Refresh(token)), Is.EqualTo((400, 100)));
        Assert.That((await Refresh(Credentials.InstagramToken)).Status, Is.EqualTo(200), "the old one is good until it ends");

        using var exchanges = await _sandbox.Program.GetAsync("/sandbox/api/instagram/exchanges?limit=100");
        Assert.That(await exchanges.Content.ReadAsStringAsync(), Does.Not.Contain(token), "never shown");
    }

    [Test]
    public async Task Only_a_known_token_is_exchanged_and_only_for_its_purpose()
    {
        Assert.That(Error(await Refresh("IGAA-unknown")), Is.EqualTo((401, 190)));
        Assert.That(Error(await Refresh(Credentials.InstagramToken, "fb_exchange_token")), Is.EqualTo((400, 100)));
    }

    [Test]
    public async Task A_person_of_the_app_is_matched_to_the_page_he_wrote_to()
    {
        await _sandbox.Inbound("facebook", new { from = Person, text = "hello" });
        var user = (await Demand(Person)).GetProperty("user_id").GetString();

        var matched = await Ids(user!, Credentials.PageId);
        var elsewhere = await Ids(user!, "999");
        var unknown = await Ids("10999999999999", Credentials.PageId);

        Assert.That(user, Is.Not.EqualTo(Person), "the app knows him by another number");
        var match = matched.Body.GetProperty("data").EnumerateArray().Single();
        Assert.That((match.GetProperty("id").GetString(), match.GetProperty("page").GetProperty("id").GetString()), Is.EqualTo((Person, Credentials.PageId)));
        Assert.That(elsewhere.Body.GetProperty("data").GetArrayLength(), Is.Zero);
        Assert.That(Error(unknown), Is.EqualTo((400, 100)));
    }

    [Test]
    public async Task A_demand_to_delete_is_signed_and_what_the_person_is_told_is_handed_on()
    {
        _sandbox.AnswerBody = _ => """{"url":"https://desk.example.com/deleted/1","confirmation_code":"c-1"}""";

        using var response = await _sandbox.Program.PostAsJsonAsync("/sandbox/api/instagram/data_deletion", new { from = "1254459154682919" });
        var told = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.That((told.GetProperty("status").GetInt32(), told.GetProperty("url").GetString(), told.GetProperty("confirmationCode").GetString()), Is.EqualTo((200, "https://desk.example.com/deleted/1", "c-1")));
        Assert.That(Read(await _sandbox.TheWebhook()).GetProperty("user_id").GetString(), Is.EqualTo("1254459154682919"));
        using var nobody = await _sandbox.Program.PostAsJsonAsync("/sandbox/api/facebook/data_deletion", new { from = "Zoë" });
        Assert.That(nobody.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    /// <returns>What was demanded.</returns>
    private async Task<JsonElement> Demand(string from)
    {
        using var response = await _sandbox.Program.PostAsJsonAsync("/sandbox/api/facebook/data_deletion", new { from });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return Read(_sandbox.Webhooks.Single(webhook => webhook.PathAndQuery == "/api/webhooks/meta/data_deletion"));
    }

    private static JsonElement Read(Webhook webhook)
    {
        Assert.That(webhook.PathAndQuery, Is.EqualTo("/api/webhooks/meta/data_deletion"));
        var (signature, payload) = webhook.Form["signed_request"].Split('.') is [var first, var second] ? (first, second) : ("", "");
        Assert.That(
            signature, Is.EqualTo(Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Credentials.AppSecret), Encoding.UTF8.GetBytes(payload)))));
        var demand = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(payload));
        Assert.That(demand.GetProperty("algorithm").GetString(), Is.EqualTo("HMAC-SHA256"));
        return demand;
    }

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Refresh(string token, string grant = "ig_refresh_token") =>
        _sandbox.Call($"/refresh_access_token?grant_type={grant}&access_token={token}", null);

    private Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Ids(string user, string page) =>
        _sandbox.Call($"/v23.0/{user}/ids_for_pages?page={page}", null, Credentials.MessengerToken);

    private static (int, int) Error((int Status, JsonElement Body, HttpResponseMessage) answer) =>
        (answer.Status, answer.Body.GetProperty("error").GetProperty("code").GetInt32());
}
