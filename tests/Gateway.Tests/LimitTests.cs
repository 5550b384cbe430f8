using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using NUnit.Framework;

namespace Assistify.Gateway.Tests;

public sealed class LimitTests
{
    private readonly TokenKey _key = TokenKey.Create();
    private TestRedis _redis = null!;
    private FakeService _chat = null!;

    [SetUp]
    public async Task Start()
    {
        _redis = TestRedis.Start();
        _chat = await FakeService.Start("chat", _key);
    }

    [TearDown]
    public async Task Stop()
    {
        await _chat.DisposeAsync();
        _redis.Dispose();
    }

    [OneTimeTearDown]
    public void DisposeKey() => _key.Dispose();

    [Test]
    public async Task A_web_customer_has_5_requests_a_second()
    {
        await using var gateway = GatewayUnderTest.Start([_chat], _redis);
        var token = _chat.Issuer.IssueCustomer(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "web").Token;

        var watch = Stopwatch.StartNew();
        var answers = await Burst(60, token, gateway);

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Is.InRange(5, Most(5, watch.Elapsed)), string.Join(" ", answers.Select(answer => (int)answer.StatusCode)));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(refused.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task An_operators_limit_is_one_for_all_his_tokens_and_for_two_gateways()
    {
        await using var one = GatewayUnderTest.Start([_chat], _redis, settings: ("Limits:OperatorPerSecond", "20"));
        await using var two = GatewayUnderTest.Start([_chat], _redis, settings: ("Limits:OperatorPerSecond", "20"));
        var id = Guid.NewGuid();
        var (first, second) = (Token(id), Token(id));

        var watch = Stopwatch.StartNew();
        var answers = (await Task.WhenAll(Burst(60, first, one), Burst(60, second, two))).SelectMany(answer => answer).ToList();

        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Is.InRange(15, Most(20, watch.Elapsed)));
    }

    [Test]
    public async Task Somebody_else_is_not_affected()
    {
        await using var gateway = GatewayUnderTest.Start([_chat], _redis);
        var customer = _chat.Issuer.IssueCustomer(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "web").Token;
        var victim = Guid.NewGuid();
        using var stranger = TokenKey.Create();
        var forged = new TokenIssuer(() => stranger, TimeProvider.System).IssueOperator(victim, Guid.NewGuid(), Roles.Owner, null, Guid.Empty).Token;
        await Burst(20, customer, gateway);

        var refused = await Burst(60, forged, gateway);

        Assert.That(refused.Select(answer => answer.StatusCode), Has.All.EqualTo(HttpStatusCode.Unauthorized).Or.EqualTo(HttpStatusCode.TooManyRequests));
        // The address's bad tokens of this second hold up whoever comes from it; somebody else finds out when that is over.
        var visitor = Token(Guid.NewGuid());
        await Eventually.IsTrue(async () => (await Burst(1, visitor, gateway))[0].StatusCode == HttpStatusCode.OK);
        var answers = await Burst(40, Token(victim), gateway);
        Assert.That(answers.Select(answer => answer.StatusCode), Has.All.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Too_many_requests_are_refused_before_the_token_is_looked_at()
    {
        await using var gateway = GatewayUnderTest.Start([_chat], _redis, settings: ("Limits:OperatorPerSecond", "5"));

        var watch = Stopwatch.StartNew();
        var answers = await Burst(60, "not-a-token", gateway);

        Assert.That(answers.Select(answer => answer.StatusCode), Contains.Item(HttpStatusCode.TooManyRequests));
        Assert.That(answers.Select(answer => answer.StatusCode), Contains.Item(HttpStatusCode.Unauthorized));
        Assert.That(answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized), Is.AtMost(Most(5, watch.Elapsed)));
    }

    [TestCase("/api/auth/login", "Limits:LoginsPerMinutePerAddress")]
    [TestCase("/api/chat/sessions", "Limits:SessionsPerMinutePerAddress")]
    public async Task Sign_ins_and_sessions_are_limited_by_address_over_all_gateways(string path, string key)
    {
        await using var one = GatewayUnderTest.Start([_chat], _redis, settings: (key, "4"));
        await using var two = GatewayUnderTest.Start([_chat], _redis, settings: (key, "4"));

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            using var response = await (i % 2 == 0 ? one : two).Client.PostAsync(path, null);
            statuses.Add(response.StatusCode);
            if (i == 5) Assert.That(response.Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)));
        }

        Assert.That(statuses.Count(status => status == HttpStatusCode.OK), Is.EqualTo(4));
        Assert.That(statuses[^1], Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Webhooks_are_not_limited()
    {
        await using var gateway = GatewayUnderTest.Start([_chat], _redis, settings: ("Limits:OperatorPerSecond", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => gateway.Client.PostAsync("/api/webhooks/whatsapp", null)));

        Assert.That(answers.Select(answer => answer.StatusCode), Has.All.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Without_Redis_everything_passes_and_is_said_once()
    {
        await using var gateway = GatewayUnderTest.Start([_chat], _redis, settings: ("Limits:OperatorPerSecond", "2"));
        var token = Token(Guid.NewGuid());
        await Burst(2, token, gateway);
        _redis.Stop();

        var answers = await Burst(50, token, gateway);

        Assert.That(answers.Select(answer => answer.StatusCode), Has.All.EqualTo(HttpStatusCode.OK));
        Assert.That(gateway.Log.Lines.Count(line => line.StartsWith("Warning Redis is away", StringComparison.Ordinal)), Is.EqualTo(1));

        _redis.StartAgain();
        Assert.That(
            () => Burst(20, token, gateway).Result.Any(answer => answer.StatusCode == HttpStatusCode.TooManyRequests), Is.True.After(60_000, 200));
    }

    /// <summary>All of a second's at once, and what grew meanwhile.</summary>
    private static int Most(int perSecond, TimeSpan within) => perSecond + (int)Math.Ceiling(within.TotalSeconds * perSecond);

    private string Token(Guid id) => _chat.Issuer.IssueOperator(id, Guid.NewGuid(), Roles.Agent, null, Guid.Empty).Token;

    private static async Task<HttpResponseMessage[]> Burst(int count, string token, GatewayUnderTest gateway) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/users");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return gateway.Client.SendAsync(request);
        }));
}
