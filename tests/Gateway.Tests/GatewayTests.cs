using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.Gateway.Tests;

public sealed class GatewayTests
{
    private readonly TokenKey _key = TokenKey.Create();
    private TestRedis _redis = null!;
    private FakeService _chat = null!;
    private FakeService _channels = null!;
    private GatewayUnderTest _gateway = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _redis = TestRedis.Start();
        _chat = await FakeService.Start("chat", _key);
        _channels = await FakeService.Start("channels", _key);
        _gateway = GatewayUnderTest.Start([_chat, _channels], _redis, settings: ("ASSISTIFY_ALLOWED_ORIGINS", "https://shop.example.com"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _gateway.DisposeAsync();
        await _chat.DisposeAsync();
        await _channels.DisposeAsync();
        _redis.Dispose();
        _key.Dispose();
    }

    [TestCase("POST", "/api/webhooks/whatsapp", "channels")]
    [TestCase("POST", "/api/webhooks/whatsapp/status/", "channels")]
    [TestCase("POST", "/api/chat/sessions", "chat")]
    [TestCase("POST", "/api/auth/refresh", "chat")]
    [TestCase("GET", "/api/media/1?signature=x", "chat")]
    [TestCase("GET", "/api/listings/1", "chat")]
    public async Task Anonymous_paths_reach_their_service_without_a_token(string method, string path, string service)
    {
        var (status, seen) = await Send(new HttpMethod(method), path);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(seen!.Service, Is.EqualTo(service));
    }

    [TestCase("/api/conversations/list")]
    [TestCase("/api/users")]
    [TestCase("/api/users/")]
    [TestCase("/api/chat/other")]
    [TestCase("/api/connections")]
    [TestCase("/api/connections/0199a0c0-0000-7000-8000-000000000001/test")]
    [TestCase("/api/deliveries/problems")]
    [TestCase("/api/settings")]
    [TestCase("/api/feature_flags/x")]
    [TestCase("/api/analytics/intent_stats")]
    [TestCase("/hubs/conversations")]
    public async Task Other_paths_need_a_token_already_here(string path)
    {
        using var response = await _gateway.Client.GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That((await response.Content.ReadFromJsonAsync<Dictionary<string, object>>())!, Contains.Key("traceId"));
        Assert.That((await Send(HttpMethod.Get, path, Operator())).Status, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("/internal/api_keys/exchange")]
    [TestCase("/internal")]
    [TestCase("/internal/media/0199a0c0-0000-7000-8000-000000000001/0199a0c0-0000-7000-8000-000000000001")]
    [TestCase("/api/internal")]
    [TestCase("/api")]
    [TestCase("/sandbox")]
    [TestCase("/nothing")]
    public async Task Nothing_else_is_routed(string path)
    {
        using var response = await _gateway.Client.PostAsync(path, null);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task A_forged_token_is_refused()
    {
        using var stranger = TokenKey.Create();
        var forged = new TokenIssuer(() => stranger, TimeProvider.System).IssueOperator(Guid.NewGuid(), Guid.NewGuid(), Roles.Owner, null, Guid.Empty).Token;

        Assert.That((await Send(HttpMethod.Get, "/api/users", forged)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await Send(HttpMethod.Get, "/api/users", "rubbish")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task An_API_key_is_exchanged_once_and_services_see_a_token()
    {
        var before = _chat.Exchanges;
        var (status, seen) = await Send(HttpMethod.Get, "/api/users", "ask_good");
        await Send(HttpMethod.Get, "/api/users", "ask_good");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(seen!.Headers["Authorization"], Does.StartWith("Bearer ey"));
        Assert.That(_chat.Exchanges - before, Is.EqualTo(1));
        Assert.That((await Send(HttpMethod.Get, "/api/users", "ask_bad")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_strange_host_is_refused_before_anything_else()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/users") { Headers = { Host = "evil.example.com" } };
        request.Headers.Add("Origin", "https://shop.example.com");
        request.Headers.Add("Access-Control-Request-Method", "GET");

        using var response = await _gateway.Client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(response.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    [Test]
    public async Task An_allowed_origin_may_ask_first_without_a_token()
    {
        using var preflight = await Preflight("https://shop.example.com");
        using var strange = await Preflight("https://evil.example.com");

        Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(preflight.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "https://shop.example.com" }));
        Assert.That(preflight.Headers.Contains("Access-Control-Allow-Credentials"), Is.False);
        Assert.That(strange.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    [Test]
    public async Task What_a_workspace_allows_counts_within_seconds_and_as_long_as_nothing_else_is_heard()
    {
        const string Origin = "https://vases.example.com";
        async Task<bool> IsAllowed()
        {
            using var preflight = await Preflight(Origin);
            return preflight.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == Origin;
        }

        Assert.That(await IsAllowed(), Is.False);
        _chat.Origins = [Origin];
        await Eventually.IsTrue(IsAllowed);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/users") { Headers = { { "Origin", Origin } } };
        using var response = await _gateway.Client.SendAsync(request);
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin").Single(), Is.EqualTo(Origin));

        _chat.Origins = null;
        await Eventually.IsTrue(() => _gateway.Log.Lines.Any(line => line.Contains("ChatService does not say which origins", StringComparison.Ordinal)));
        Assert.That(await IsAllowed(), "what was heard last");

        _chat.Origins = [];
        await Eventually.IsTrue(async () => !await IsAllowed());
    }

    [Test]
    public async Task Errors_can_be_read_by_an_allowed_origin()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/users") { Headers = { { "Origin", "https://shop.example.com" } } };

        using var response = await _gateway.Client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin").Single(), Is.EqualTo("https://shop.example.com"));
    }

    [Test]
    public async Task Services_hear_of_the_caller_from_the_gateway_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/telegram");
        foreach (var name in new[] { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "X-Forwarded-Prefix" })
            request.Headers.TryAddWithoutValidation(name, "6.6.6.6");

        using var response = await _gateway.Client.SendAsync(request);
        var seen = await response.Content.ReadFromJsonAsync<Seen>();

        Assert.That(seen!.Headers["X-Forwarded-For"], Is.EqualTo("127.0.0.1").Or.EqualTo("::1"));
        Assert.That(seen.Headers["X-Forwarded-Proto"], Is.EqualTo("http"));
        Assert.That(seen.Headers["X-Forwarded-Host"], Is.EqualTo(_gateway.Address.Authority));
        Assert.That(seen.Headers.Values, Has.None.Contains("6.6.6.6"));
    }

    [TestCase("/api/webhooks/facebook", 4, true)]
    [TestCase("/api/webhooks/facebook", 5, false)]
    [TestCase("/api/media", 25, true)]
    [TestCase("/api/media", 27, false)]
    [TestCase("/api/conversations/create_conversation", 1, true)]
    [TestCase("/api/conversations/create_conversation", 2, false)]
    public async Task Bodies_are_limited(string path, int mebibytes, bool passes)
    {
        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[mebibytes * 1024 * 1024]) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Operator());
            request.Headers.TransferEncodingChunked = chunked;

            using var response = await _gateway.Client.SendAsync(request);

            Assert.That(response.StatusCode, Is.EqualTo(passes ? HttpStatusCode.OK : HttpStatusCode.RequestEntityTooLarge), $"chunked: {chunked}");
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(passes ? "application/json" : "application/problem+json"));
        }
    }

    [Test]
    public async Task An_event_stream_passes_piece_by_piece()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages/process_message");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Operator());
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        using var response = await _gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token));
        Assert.That(await reader.ReadLineAsync(deadline.Token), Is.EqualTo("event: reply.delta"));

        _chat.GoOn.SetResult();
        Assert.That(await reader.ReadToEndAsync(deadline.Token), Does.Contain("reply.completed"));
    }

    [Test]
    public async Task A_WebSocket_passes_with_its_token_in_the_query()
    {
        using var socket = new ClientWebSocket();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await socket.ConnectAsync(new Uri($"ws://{_gateway.Address.Authority}/hubs/echo?access_token={Operator()}"), deadline.Token);

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, deadline.Token);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token);

        Assert.That(Encoding.UTF8.GetString(buffer, 0, received.Count), Is.EqualTo("hello"));
    }

    [Test]
    public void A_WebSocket_of_a_strange_page_is_refused()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example.com");

        Assert.That(
            () => socket.ConnectAsync(new Uri($"ws://{_gateway.Address.Authority}/hubs/echo?access_token={Operator()}"), CancellationToken.None),
            Throws.TypeOf<WebSocketException>().With.Message.Contains("403"));
    }

    [Test]
    public async Task A_token_in_the_query_counts_on_hubs_only() =>
        Assert.That((await Send(HttpMethod.Get, $"/api/users?access_token={Operator()}")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));

    [Test]
    public async Task Metrics_are_for_this_machine_only()
    {
        using var direct = await _gateway.Client.GetAsync("/metrics");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Forwarded", "for=1.2.3.4" } } };
        using var forwarded = await _gateway.Client.SendAsync(request);

        Assert.That(direct.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(forwarded.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Every_answer_tells_browsers_to_be_strict()
    {
        using var response = await _gateway.Client.PostAsync("/api/webhooks/telegram", null);

        Assert.That(response.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'"));
        Assert.That(response.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"));
        Assert.That(response.Headers.Contains("Strict-Transport-Security"), Is.False);
    }

    [Test]
    public async Task Health_speaks_of_the_whole_system()
    {
        var health = await _gateway.Client.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("/health/comprehensive");

        Assert.That(health!["status"]!.GetValue<string>(), Is.EqualTo("healthy"));
        Assert.That(health["dependencies"]!.AsArray().Select(part => part!["name"]!.GetValue<string>()), Is.EquivalentTo(new[] { "chat", "channels", "ai", "analytics", "cache" }));
        Assert.That((await _gateway.Client.GetAsync("/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _gateway.Client.GetAsync("/health")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Nothing_of_a_request_is_logged()
    {
        var token = Operator();
        await Send(HttpMethod.Get, $"/api/conversations/list?q=secret-question&access_token={token}", token);

        Assert.That(_gateway.Log.Lines, Has.None.Contains("secret-question").And.None.Contains(token));
    }

    private string Operator() => _chat.Issuer.IssueOperator(Guid.NewGuid(), Guid.NewGuid(), Roles.Agent, null, Guid.Empty).Token;

    private async Task<(HttpStatusCode Status, Seen? Seen)> Send(HttpMethod method, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _gateway.Client.SendAsync(request);
        return (response.StatusCode, response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<Seen>() : null);
    }

    private Task<HttpResponseMessage> Preflight(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/api/users");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        return _gateway.Client.SendAsync(request);
    }
}
