using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assistify.ChatService.Operators.Audit;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Operators;

public sealed class UsersAndKeysTests
{
    private const string Password = "a long enough one";
    private OperatorsHost _chat = null!;
    private HttpClient _owner = null!;

    [SetUp]
    public async Task Start()
    {
        _chat = await OperatorsHost.Start();
        _owner = await _chat.SignedIn();
    }

    [TearDown]
    public async Task Stop()
    {
        _owner.Dispose();
        await _chat.DisposeAsync();
    }

    [Test]
    public async Task What_another_service_saw_is_in_the_audit_log_once()
    {
        var log = _chat.Services.GetRequiredService<AuditLog>();
        var entry = new ActionAudited(
            Guid.NewGuid(), Identifiers.DefaultWorkspace, Guid.NewGuid(), null, "connection.created", "c1", "provider: Twilio", _chat.Time.GetUtcNow());

        await log.Add(entry, default);
        await log.Add(entry, default);

        var items = (await _owner.GetFromJsonAsync<JsonObject>("/api/audit_log"))!["items"]!.AsArray();
        Assert.That(
            items.Where(item => item!["action"]!.GetValue<string>() == "connection.created").Select(item => item!["detail"]!.GetValue<string>()),
            Is.EqualTo(new[] { "provider: Twilio" }));
    }

    // Who may do what.
    [TestCase("GET", "/api/auth/me", "viewer")]
    [TestCase("GET", "/api/users", "agent")]
    [TestCase("GET", "/api/users/0199a0c0-0000-7000-8000-000000000001", "agent")]
    [TestCase("POST", "/api/users", "admin")]
    [TestCase("PATCH", "/api/users/0199a0c0-0000-7000-8000-000000000001", "admin")]
    [TestCase("PUT", "/api/users/0199a0c0-0000-7000-8000-000000000001", "admin")]
    [TestCase("POST", "/api/users/0199a0c0-0000-7000-8000-000000000001/disable", "admin")]
    [TestCase("POST", "/api/users/0199a0c0-0000-7000-8000-000000000001/enable", "admin")]
    [TestCase("DELETE", "/api/users/0199a0c0-0000-7000-8000-000000000001", "admin")]
    [TestCase("GET", "/api/api_keys", "admin")]
    [TestCase("POST", "/api/api_keys", "admin")]
    [TestCase("DELETE", "/api/api_keys/0199a0c0-0000-7000-8000-000000000001", "admin")]
    [TestCase("GET", "/api/audit_log", "admin")]
    public async Task Every_endpoint_checks_the_role(string method, string path, string least)
    {
        string[] roles = ["customer", "viewer", "agent", "admin", "owner"];
        foreach (var role in roles)
        {
            var token = role == "customer"
                ? _chat.Tokens.IssueCustomer(Guid.NewGuid(), Guid.NewGuid(), Identifiers.DefaultWorkspace, "web")
                : _chat.Tokens.IssueOperator(Guid.NewGuid(), Identifiers.DefaultWorkspace, role, null, Guid.Empty);
            using var client = _chat.WithToken(token.Token);

            var status = await Status(client, method, path);

            if (Array.IndexOf(roles, role) < Array.IndexOf(roles, least)) Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden), role);
            else Assert.That(status, Is.Not.EqualTo(HttpStatusCode.Forbidden).And.LessThan(HttpStatusCode.InternalServerError), role);
        }

        using var anonymous = _chat.Browser();
        Assert.That(await Status(anonymous, method, path), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task An_admin_manages_everybody_below_owner()
    {
        await Create(_owner, "admin@shop.example", "admin");
        using var admin = await _chat.SignedIn("admin@shop.example", Password);
        var owner = (await _owner.GetFromJsonAsync<JsonObject>("/api/auth/me"))!["id"]!.GetValue<Guid>();

        var agent = await Create(admin, "agent@shop.example", "agent");
        Assert.That((await TryCreate(admin, "second@shop.example", "owner")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await admin.PatchAsJsonAsync($"/api/users/{agent}", new { role = "owner" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await admin.PatchAsJsonAsync($"/api/users/{owner}", new { name = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await admin.DeleteAsync($"/api/users/{owner}")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await admin.DeleteAsync($"/api/users/{agent}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task The_last_owner_stays()
    {
        var owner = (await _owner.GetFromJsonAsync<JsonObject>("/api/auth/me"))!["id"]!.GetValue<Guid>();

        Assert.That((await _owner.PostAsync($"/api/users/{owner}/disable", null)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await _owner.PatchAsJsonAsync($"/api/users/{owner}", new { role = "viewer" })).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await _owner.DeleteAsync($"/api/users/{owner}")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));

        await Create(_owner, "second@shop.example", "owner");
        Assert.That((await _owner.DeleteAsync($"/api/users/{owner}")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Disabling_somebody_ends_his_logins()
    {
        var agent = await Create(_owner, "agent@shop.example", "agent");
        using var browser = _chat.Browser();
        using var login = await OperatorsHost.Login(browser, "agent@shop.example", Password);

        using var disabled = await _owner.PostAsync($"/api/users/{agent}/disable", null);

        Assert.That((await disabled.Content.ReadFromJsonAsync<JsonObject>())!["disabled"]!.GetValue<bool>(), Is.True);
        Assert.That((await OperatorsHost.Refresh(browser, OperatorsHost.Cookie(login))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await OperatorsHost.Login(browser, "agent@shop.example", Password)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));

        await _owner.PostAsync($"/api/users/{agent}/enable", null);
        Assert.That((await OperatorsHost.Refresh(browser, OperatorsHost.Cookie(login))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await OperatorsHost.Login(browser, "agent@shop.example", Password)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Another_workspaces_ids_are_404()
    {
        var agent = await Create(_owner, "agent@shop.example", "agent");
        using var stranger = _chat.WithToken(_chat.Tokens.IssueOperator(Guid.NewGuid(), Guid.NewGuid(), "owner", null, Guid.Empty).Token);

        Assert.That((await stranger.GetAsync($"/api/users/{agent}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.PostAsync($"/api/users/{agent}/disable", null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.DeleteAsync($"/api/users/{agent}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await stranger.GetFromJsonAsync<JsonObject>("/api/users"))!["items"]!.AsArray(), Is.Empty);
        Assert.That((await stranger.GetFromJsonAsync<JsonObject>("/api/audit_log"))!["items"]!.AsArray(), Is.Empty);
    }

    [TestCase("no-at", "Ana", "agent", Password)]
    [TestCase("a@b.example", "", "agent", Password)]
    [TestCase("a@b.example", "Ana\0", "agent", Password)]
    [TestCase("a@b.example", "Ana", "king", Password)]
    [TestCase("a@b.example", "Ana", "agent", "short")]
    public async Task Bad_input_is_400_and_stores_nothing(string email, string name, string role, string password)
    {
        using var response = await _owner.PostAsJsonAsync("/api/users", new { email, name, role, password });

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await response.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsObject(), Has.Count.EqualTo(1));
        Assert.That((await _owner.GetFromJsonAsync<JsonObject>("/api/users"))!["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_email_belongs_to_one_person()
    {
        await Create(_owner, "agent@shop.example", "agent");

        Assert.That((await TryCreate(_owner, "AGENT@shop.example", "viewer")).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task An_API_key_is_shown_once_and_speaks_for_its_creator()
    {
        using var created = await _owner.PostAsJsonAsync("/api/api_keys", new { name = "import", role = "agent" });
        var key = (await created.Content.ReadFromJsonAsync<JsonObject>())!;
        var secret = key["key"]!.GetValue<string>();

        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(secret, Does.StartWith(key["prefix"]!.GetValue<string>()).And.StartWith("ask_"));
        Assert.That(await _owner.GetStringAsync("/api/api_keys"), Does.Contain(key["prefix"]!.GetValue<string>()).And.Not.Contain(secret));

        var exchanged = await Exchange(secret);
        using var program = _chat.WithToken((await exchanged.Content.ReadFromJsonAsync<JsonObject>())!["accessToken"]!.GetValue<string>());
        Assert.That((await program.GetAsync("/api/users")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await program.GetAsync("/api/audit_log")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        await _owner.DeleteAsync($"/api/api_keys/{key["id"]}");
        Assert.That((await Exchange(secret)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Exchange("ask_nothing")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task An_API_key_ends_on_its_day_and_is_no_higher_than_its_creator()
    {
        await Create(_owner, "admin@shop.example", "admin");
        using var admin = await _chat.SignedIn("admin@shop.example", Password);
        Assert.That((await admin.PostAsJsonAsync("/api/api_keys", new { name = "x", role = "owner" })).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var created = await admin.PostAsJsonAsync(
            "/api/api_keys", new { name = "x", role = "admin", expiresAt = _chat.Time.GetUtcNow().AddDays(1) });
        var secret = (await created.Content.ReadFromJsonAsync<JsonObject>())!["key"]!.GetValue<string>();
        Assert.That((await Exchange(secret)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        _chat.Time.Advance(TimeSpan.FromDays(1));

        Assert.That((await Exchange(secret)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_audit_log_tells_who_did_what_by_ids_only()
    {
        _chat.Time.Advance(TimeSpan.FromMilliseconds(10)); // after the owner's own login
        var agent = await Create(_owner, "agent@shop.example", "agent");
        await _owner.PostAsync($"/api/users/{agent}/disable", null);

        var first = await _owner.GetFromJsonAsync<JsonObject>("/api/audit_log?limit=2");
        var second = await _owner.GetFromJsonAsync<JsonObject>($"/api/audit_log?limit=2&cursor={first!["next"]}");

        var actions = first["items"]!.AsArray().Concat(second!["items"]!.AsArray()).Select(entry => entry!["action"]!.GetValue<string>());
        Assert.That(actions, Is.EqualTo(new[] { "user.disabled", "user.created", "login.succeeded" }));
        Assert.That(first["items"]![0]!["subjectId"]!.GetValue<string>(), Is.EqualTo($"{agent}"));
        Assert.That(first.ToJsonString() + second.ToJsonString(), Does.Not.Contain("@"));
    }

    private Task<HttpResponseMessage> Exchange(string key) => _chat.Browser().PostAsJsonAsync("/internal/api_keys/exchange", new { key });

    private static Task<HttpResponseMessage> TryCreate(HttpClient client, string email, string role) =>
        client.PostAsJsonAsync("/api/users", new { email, name = "Ana", role, password = Password });

    private async Task<Guid> Create(HttpClient client, string email, string role)
    {
        using var response = await TryCreate(client, email, role);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        _chat.Time.Advance(TimeSpan.FromMilliseconds(10));
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<Guid>();
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH") request.Content = JsonContent.Create(new { });
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
