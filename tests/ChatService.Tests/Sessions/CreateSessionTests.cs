using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistify.ChatService.Sessions;
using Assistify.ChatService.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Sessions;

public class CreateSessionTests : ChatTests
{
    [Test]
    public async Task A_visitor_resumes_with_his_own_token_and_nobody_elses_id()
    {
        var first = await _host.Customer(new { workspaceKey = "demo", name = "Ada" });

        var resumed = await Json(await first.Client.PostAsJsonAsync("/api/chat/sessions", new { visitorId = first.VisitorId }));
        var stranger = await _host.Customer(new { visitorId = first.VisitorId });

        Assert.That(resumed.GetProperty("customerId").GetGuid(), Is.EqualTo(first.CustomerId));
        Assert.That(resumed.GetProperty("conversationId").GetGuid(), Is.EqualTo(first.ConversationId));
        Assert.That(resumed.GetProperty("expiresAt").GetDateTimeOffset(), Is.GreaterThan(DateTimeOffset.UtcNow.AddDays(29.9)));
        Assert.That((stranger.CustomerId, stranger.VisitorId), Is.Not.EqualTo((first.CustomerId, first.VisitorId)));
    }

    [Test]
    public async Task A_wrong_key_an_unknown_origin_and_a_wrong_hash_open_nothing()
    {
        var client = _host.CreateClient();

        Assert.That((await client.PostAsJsonAsync("/api/chat/sessions", new { workspaceKey = "nobody" })).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await client.PostAsJsonAsync("/api/chat/sessions", Identify("u1", secret: new byte[32]))).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await client.PostAsJsonAsync("/api/chat/sessions", Identify("u1", expires: -10))).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_shops_own_user_is_the_same_customer_everywhere()
    {
        var phone = await _host.Customer(Identify("user-1"));
        var laptop = await _host.Customer(Identify("user-1"));
        var other = await _host.Customer(Identify("user-2"));

        Assert.That(laptop.CustomerId, Is.EqualTo(phone.CustomerId));
        Assert.That(laptop.ConversationId, Is.EqualTo(phone.ConversationId));
        Assert.That(other.CustomerId, Is.Not.EqualTo(phone.CustomerId));
    }

    [Test]
    public async Task A_token_that_another_user_left_in_the_browser_does_not_make_two_users_one()
    {
        var first = await _host.Customer(Identify("left-behind"));

        var second = await Json(await first.Client.PostAsJsonAsync("/api/chat/sessions", Identify("newcomer")));

        Assert.That(second.GetProperty("customerId").GetGuid(), Is.Not.EqualTo(first.CustomerId));
    }

    [Test]
    public async Task Two_tabs_at_once_are_one_customer_with_one_conversation()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _host.Customer(Identify("tabs"))));

        Assert.That(sessions.Select(s => s.ConversationId).Distinct().Count(), Is.EqualTo(1));
    }

    private object Identify(string userId, int expires = 600, byte[]? secret = null)
    {
        _ = _host.Server;
        var at = DateTimeOffset.UtcNow.AddSeconds(expires).ToUnixTimeSeconds();
        secret ??= IdentifySecret.Of(
            _host.Services.GetRequiredService<IOptions<ChatOptions>>().Value,
            new WorkspaceFacts(Some.Workspace, "demo", [], false, 1, null));
        var hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{userId}.{at}")));
        return new { identify = new { userId, hash = Convert.ToHexStringLower(hash), expires = at } };
    }

    private static Task<JsonElement> Json(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();
}
