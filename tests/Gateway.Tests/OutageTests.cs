using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.Gateway.Tests;

public sealed class OutageTests
{
    // What hangs hangs for minutes; what is only slow is the machine.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly TokenKey _key = TokenKey.Create();
    private TestRedis _redis = null!;
    private FakeService _chat = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _redis = TestRedis.Start();
        _chat = await FakeService.Start("chat", _key);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _chat.DisposeAsync();
        _redis.Dispose();
        _key.Dispose();
    }

    [Test]
    public async Task A_service_that_is_down_is_503_at_once()
    {
        await using var gateway = GatewayUnderTest.Start([_chat], _redis, settings: ("services:channels:http:0", "http://127.0.0.1:9"));
        var watch = Stopwatch.StartNew();

        using var response = await gateway.Client.PostAsync("/api/webhooks/whatsapp", new StringContent("body"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.RetryAfter, Is.Not.Null);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(watch.Elapsed, Is.LessThan(s_longest));
        Assert.That((await gateway.Client.GetAsync("/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((await gateway.Client.GetAsync("/health")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_service_that_takes_no_connections_is_503_before_its_callers_give_up()
    {
        // A full backlog: the kernel drops further connection attempts without an answer.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(0);
        var fillers = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var filler in fillers) _ = filler.ConnectAsync(deaf.LocalEndPoint!).ContinueWith(static done => done.Exception, TaskScheduler.Default);
        await using var gateway = GatewayUnderTest.Start([_chat], _redis, settings: ("services:channels:http:0", $"http://{deaf.LocalEndPoint}"));
        var watch = Stopwatch.StartNew();

        using var response = await gateway.Client.PostAsync("/api/webhooks/whatsapp", new StringContent("body"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(watch.Elapsed, Is.LessThan(s_longest));
        fillers.ForEach(filler => filler.Dispose());
    }

    [Test]
    public async Task A_dead_replica_costs_nobody_an_answer()
    {
        await using var gateway = GatewayUnderTest.Start(
            [_chat], _redis, settings: [("services:channels:http:0", "http://127.0.0.1:9"), ("services:channels:http:1", _chat.Address)]);

        for (var i = 0; i < 30; i++)
        {
            using var response = await gateway.Client.PostAsync("/api/webhooks/whatsapp", new StringContent("body"));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await response.Content.ReadFromJsonAsync<Seen>())!.BodyLength, Is.EqualTo(4));
        }
    }

    [Test]
    public async Task A_token_that_cannot_be_checked_is_503_and_not_401()
    {
        await using var gateway = GatewayUnderTest.Start([_chat], _redis, settings: ("services:chat:http:0", "http://127.0.0.1:9"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/analytics/intent_stats");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", _chat.Issuer.IssueOperator(Guid.NewGuid(), Guid.NewGuid(), Roles.Agent, null, Guid.Empty).Token);

        using var response = await gateway.Client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task Pages_are_strict_and_their_hashed_files_live_long()
    {
        var root = Directory.CreateTempSubdirectory();
        Directory.CreateDirectory(Path.Combine(root.FullName, "assets"));
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "index.html"), "<p>shop</p>");
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "assets", "app-1a2b.js"), "1");
        await using var gateway = GatewayUnderTest.Start([_chat], _redis, "Production", ("Gateway:WebRoot", root.FullName));

        using var page = await gateway.Client.GetAsync("/");
        using var script = await gateway.Client.GetAsync("/assets/app-1a2b.js");
        using var comprehensive = await gateway.Client.GetAsync("/health/comprehensive");
        root.Delete(recursive: true);

        Assert.That(await page.Content.ReadAsStringAsync(), Is.EqualTo("<p>shop</p>"));
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'; script-src 'self'"));
        Assert.That(page.Headers.GetValues("Strict-Transport-Security"), Is.Not.Empty);
        Assert.That(page.Headers.CacheControl!.NoCache, Is.True);
        Assert.That(script.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
        Assert.That(comprehensive.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Console_is_one_page_at_every_address_of_its_own_and_the_widget_may_be_embedded()
    {
        var root = Directory.CreateTempSubdirectory();
        Directory.CreateDirectory(Path.Combine(root.FullName, "assets"));
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "index.html"), "<p>console</p>");
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "assets", "app-1a2b.js"), "1");
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "widget.js"), "2");
        await using var gateway = GatewayUnderTest.Start(
            [_chat], _redis, "Production", ("Gateway:ConsoleRoot", root.FullName), ("Gateway:WidgetRoot", root.FullName));

        using var page = await gateway.Client.GetAsync("/console");
        using var conversation = await gateway.Client.GetAsync($"/console/inbox/{Guid.NewGuid()}");
        using var script = await gateway.Client.GetAsync("/console/assets/app-1a2b.js");
        using var missing = await gateway.Client.GetAsync("/console/assets/gone.js");
        using var widget = await gateway.Client.GetAsync("/widget.js");
        using var strange = await gateway.Client.GetAsync("/assets/app-1a2b.js");
        root.Delete(recursive: true);

        Assert.That(await page.Content.ReadAsStringAsync(), Is.EqualTo("<p>console</p>"));
        Assert.That(await conversation.Content.ReadAsStringAsync(), Is.EqualTo("<p>console</p>"));
        Assert.That(conversation.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'; script-src 'self'"));
        Assert.That(conversation.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'"));
        Assert.That(conversation.Headers.GetValues("X-Frame-Options").Single(), Is.EqualTo("DENY"));
        Assert.That(conversation.Headers.CacheControl!.NoCache, Is.True);
        Assert.That(script.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(widget.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/javascript"));
        Assert.That(widget.Headers.GetValues("Cross-Origin-Resource-Policy").Single(), Is.EqualTo("cross-origin"));
        Assert.That(widget.Headers.CacheControl!.NoCache, Is.True);
        Assert.That(strange.StatusCode, Is.Not.EqualTo(HttpStatusCode.OK), "the widget's folder is not a page");
    }

    [Test]
    public async Task Only_in_development_the_sandbox_may_show_the_console_beside_its_phones()
    {
        var root = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "index.html"), "<p>page</p>");
        await using var gateway = GatewayUnderTest.Start([_chat], _redis, "Development", ("Gateway:ConsoleRoot", root.FullName), ("Gateway:WebRoot", root.FullName));

        using var console = await gateway.Client.GetAsync("/console/inbox");
        using var chat = await gateway.Client.GetAsync("/");
        root.Delete(recursive: true);

        Assert.That(console.Headers.GetValues("Content-Security-Policy").Single(), Does.EndWith("; frame-ancestors 'self'"));
        Assert.That(console.Headers.GetValues("X-Frame-Options").Single(), Is.EqualTo("SAMEORIGIN"));
        Assert.That(chat.Headers.GetValues("Content-Security-Policy").Single(), Does.EndWith("; frame-ancestors 'none'"));
        Assert.That(chat.Headers.GetValues("X-Frame-Options").Single(), Is.EqualTo("DENY"));
    }
}
