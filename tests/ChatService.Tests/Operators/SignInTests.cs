using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Operators;

public sealed class SignInTests
{
    private OperatorsHost _chat = null!;
    private HttpClient _browser = null!;

    [SetUp]
    public async Task Start()
    {
        _chat = await OperatorsHost.Start();
        _browser = _chat.Browser();
    }

    [TearDown]
    public async Task Stop()
    {
        _browser.Dispose();
        await _chat.DisposeAsync();
    }

    [Test]
    public async Task The_owner_of_the_first_start_signs_in()
    {
        using var response = await OperatorsHost.Login(_browser, "  OWNER@shop.example ");
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(body!["user"]!["role"]!.GetValue<string>(), Is.EqualTo("owner"));
        Assert.That(body["user"]!.AsObject().Select(field => field.Key), Has.None.Contains("assword"));
        Assert.That(body["expiresAt"]!.GetValue<DateTimeOffset>(), Is.EqualTo(_chat.Time.GetUtcNow().AddMinutes(10)).Within(TimeSpan.FromSeconds(1)));
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.That(cookie, Does.StartWith("assistify_test=").And.Contain("httponly").And.Contain("samesite=strict").And.Contain("path=/api/auth"));
        Assert.That(cookie, Does.Not.Contain("secure;").And.Not.EndWith("secure"));

        using var client = _chat.WithToken(body["accessToken"]!.GetValue<string>());
        var me = await client.GetFromJsonAsync<JsonObject>("/api/auth/me");
        Assert.That(me!["email"]!.GetValue<string>(), Is.EqualTo(OperatorsHost.OwnerEmail));
    }

    [Test]
    public async Task Outside_Development_the_cookie_is_secure()
    {
        await using var production = await OperatorsHost.Start(environment: "Production");
        using var browser = production.Browser();

        using var response = await OperatorsHost.Login(browser);

        Assert.That(response.Headers.GetValues("Set-Cookie").Single(), Does.Contain("secure"));
    }

    [Test]
    public async Task A_wrong_password_and_an_unknown_email_look_the_same()
    {
        using var wrong = await OperatorsHost.Login(_browser, password: "wrong wrong wrong");
        using var unknown = await OperatorsHost.Login(_browser, email: "nobody@shop.example");

        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await Detail(wrong), Is.EqualTo(await Detail(unknown)));
    }

    [TestCase(OperatorsHost.OwnerEmail)]
    [TestCase("nobody@shop.example")]
    public async Task Wrong_passwords_lock_for_growing_times_known_or_not(string email)
    {
        for (var i = 0; i < 5; i++) Assert.That(await Attempt(email, "wrong wrong wrong"), Is.EqualTo(HttpStatusCode.Unauthorized));

        using var locked = await OperatorsHost.Login(_browser, email, OperatorsHost.OwnerPassword, "10.0.0.1");
        Assert.That(locked.StatusCode, Is.EqualTo((HttpStatusCode)423));
        Assert.That(locked.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(30)));

        _chat.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.That(await Attempt(email, "wrong wrong wrong"), Is.EqualTo(HttpStatusCode.Unauthorized));
        using var again = await OperatorsHost.Login(_browser, email, OperatorsHost.OwnerPassword, "10.0.0.1");
        Assert.That(again.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public async Task Somebody_elses_attempts_from_elsewhere_do_not_lock_the_owner_out()
    {
        for (var i = 0; i < 6; i++) await Attempt(OperatorsHost.OwnerEmail, "wrong wrong wrong");

        using var response = await OperatorsHost.Login(_browser, from: "10.0.0.2");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_right_password_clears_the_count()
    {
        for (var i = 0; i < 4; i++) await Attempt(OperatorsHost.OwnerEmail, "wrong wrong wrong");
        Assert.That(await Attempt(OperatorsHost.OwnerEmail, OperatorsHost.OwnerPassword), Is.EqualTo(HttpStatusCode.OK));

        for (var i = 0; i < 4; i++) Assert.That(await Attempt(OperatorsHost.OwnerEmail, "wrong wrong wrong"), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await Attempt(OperatorsHost.OwnerEmail, OperatorsHost.OwnerPassword), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Many_attempts_at_once_gain_nothing()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Attempt(OperatorsHost.OwnerEmail, "wrong wrong wrong")));

        Assert.That(answers.Count(status => status == HttpStatusCode.Unauthorized), Is.EqualTo(5));
        Assert.That(answers.Count(status => status == (HttpStatusCode)423), Is.EqualTo(15));
    }

    [Test]
    public async Task Refreshing_replaces_the_token_and_two_tabs_get_the_same_successor()
    {
        using var login = await OperatorsHost.Login(_browser);
        var first = OperatorsHost.Cookie(login);

        var tabs = await Task.WhenAll(OperatorsHost.Refresh(_browser, first), OperatorsHost.Refresh(_browser, first));
        _chat.Time.Advance(TimeSpan.FromSeconds(9));
        using var late = await OperatorsHost.Refresh(_browser, first);

        Assert.That(tabs.Select(tab => tab.StatusCode), Has.All.EqualTo(HttpStatusCode.OK));
        Assert.That(tabs.Append(late).Select(OperatorsHost.Cookie).Distinct().Count(), Is.EqualTo(1));
        Assert.That(OperatorsHost.Cookie(late), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Later_reuse_ends_the_whole_login_and_no_other()
    {
        using var login = await OperatorsHost.Login(_browser);
        using var elsewhere = await OperatorsHost.Login(_browser);
        var stolen = OperatorsHost.Cookie(login);
        using var refreshed = await OperatorsHost.Refresh(_browser, stolen);
        var current = OperatorsHost.Cookie(refreshed);
        _chat.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.That((await OperatorsHost.Refresh(_browser, stolen)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await OperatorsHost.Refresh(_browser, current)).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await OperatorsHost.Refresh(_browser, OperatorsHost.Cookie(elsewhere))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_unused_login_ends()
    {
        using var login = await OperatorsHost.Login(_browser);
        _chat.Time.Advance(TimeSpan.FromDays(14));

        Assert.That((await OperatorsHost.Refresh(_browser, OperatorsHost.Cookie(login))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Signing_out_everywhere_ends_every_login_and_no_key_can_do_it()
    {
        using var here = await OperatorsHost.Login(_browser);
        using var elsewhere = await OperatorsHost.Login(_browser);
        using var owner = await _chat.SignedIn();
        var me = await owner.GetFromJsonAsync<JsonObject>("/api/auth/me");
        using var program = _chat.WithToken(_chat.Tokens.IssueOperator(
            me!["id"]!.GetValue<Guid>(), me["workspaceId"]!.GetValue<Guid>(), "owner", "key", Guid.NewGuid()).Token);
        Assert.That((await program.PostAsync("/api/auth/logout_everywhere", null)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        Assert.That((await owner.PostAsync("/api/auth/logout_everywhere", null)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));

        foreach (var login in new[] { here, elsewhere })
        {
            using var refreshed = await OperatorsHost.Refresh(_browser, OperatorsHost.Cookie(login));
            Assert.That(refreshed.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }
    }

    [Test]
    public async Task Signing_out_ends_the_login()
    {
        using var login = await OperatorsHost.Login(_browser);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/logout") { Headers = { { "Cookie", OperatorsHost.Cookie(login) } } };

        using var logout = await _browser.SendAsync(request);

        Assert.That(logout.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await OperatorsHost.Refresh(_browser, OperatorsHost.Cookie(login))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("http://evil.example", HttpStatusCode.Forbidden)]
    [TestCase("null", HttpStatusCode.Forbidden)]
    [TestCase("http://shop.example:8080", HttpStatusCode.OK)]
    public async Task Refreshing_is_for_our_own_pages(string origin, HttpStatusCode expected)
    {
        using var login = await OperatorsHost.Login(_browser);

        Assert.That((await OperatorsHost.Refresh(_browser, OperatorsHost.Cookie(login), origin)).StatusCode, Is.EqualTo(expected));
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("{\"email\": 1}")]
    [TestCase("{\"email\": \"a@b\", \"password\": \"\\u0000\"")]
    [TestCase("{\"email\": \"a\\u0000@b\", \"password\": \"xxxxxxxxxxxx\"}")]
    [TestCase("not json")]
    public async Task Bad_input_is_400(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await _browser.PostAsync("/api/auth/login", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task Two_instances_share_one_key_and_one_owner()
    {
        var database = await TestPostgres.NewDatabaseAsync();
        var instances = await Task.WhenAll(OperatorsHost.Start(database), OperatorsHost.Start(database));
        await using var one = instances[0];
        await using var two = instances[1];
        using var client = await one.SignedIn();
        using var other = two.WithToken(client.DefaultRequestHeaders.Authorization!.Parameter!);

        Assert.That((await other.GetAsync("/api/auth/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var users = await client.GetFromJsonAsync<JsonObject>("/api/users");
        Assert.That(users!["items"]!.AsArray(), Has.Count.EqualTo(1));
        var published = await client.GetFromJsonAsync<PublicTokenKeys>("/.well-known/jwks.json");
        Assert.That(published!.Keys, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_owner_who_never_signed_in_has_the_password_of_the_latest_start_and_afterwards_his_own()
    {
        var database = await TestPostgres.NewDatabaseAsync();
        await (await OperatorsHost.Start(database, ownerPassword: "printed at a broken start")).DisposeAsync();

        await using (var next = await OperatorsHost.Start(database))
        {
            using var client = await next.SignedIn();
            Assert.That((await client.GetAsync("/api/auth/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        await using var last = await OperatorsHost.Start(database, ownerPassword: "printed after he signed in");
        using var still = await last.SignedIn();
        Assert.That((await still.GetAsync("/api/auth/me")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Another_service_believes_the_tokens_by_the_published_keys()
    {
        using var keys = new RemoteTokenKeys(
            new ConfigurationBuilder().AddInMemoryCollection([new("services:chat:http:0", $"{_chat.Address}")]).Build(), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<RemoteTokenKeys>.Instance);
        var token = _chat.Tokens.IssueCustomer(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "web").Token;

        Assert.That((await new TokenValidator(keys, _chat.Time).Validate(token, default))!.IsCustomer, Is.True);
    }

    private async Task<HttpStatusCode> Attempt(string email, string password)
    {
        using var response = await OperatorsHost.Login(_browser, email, password, "10.0.0.1");
        return response.StatusCode;
    }

    private static async Task<string> Detail(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!.GetValue<string>();
}
