using System.Net;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Meta;

/// <summary>A person demands by way of Meta that everything about him be deleted.</summary>
public sealed class DataDeletionTests
{
    private const string Path = "/api/webhooks/meta/data_deletion";
    private const string User = "218471";
    private const string Demand = $$"""{"user_id":"{{User}}","algorithm":"HMAC-SHA256","issued_at":1767225600,"expires":1767229200}""";

    private ChannelApp _app = null!;
    private FakeGraph _graph = null!;

    [SetUp]
    public async Task Start() => (_app, _graph) = await FakeGraph.Start();

    [TearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        _graph.Dispose();
    }

    [Test]
    public async Task Everything_of_the_person_goes_and_the_answer_is_what_Meta_shows_him()
    {
        _graph.PageIdOf = user => user == User ? "6712345678901234" : "";
        using var written = await FakeGraph.Post(_app, "facebook", FakeGraph.Messaging(""" "message":{"mid":"m1","text":"my secret question"} """));
        var answer = FakeGraph.Delivery(_app, "facebook", "a private answer", "6712345678901234");
        await _app.Deliver(answer);
        await _app.Row(answer.DeliveryId, LedgerStatus.Sent, seconds: 30);

        using var taken = await Post(SignedRequest.Sign(Demand, FakeGraph.Secret));
        var told = JsonNode.Parse(await taken.Content.ReadAsStringAsync())!;

        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await _app.Scalar("SELECT count(*) FROM deliveries WHERE body <> ''"), Is.Zero);
        Assert.That(await _app.Scalar("SELECT count(*) FROM webhook_logs WHERE position('my secret' IN convert_from(raw, 'UTF8')) > 0"), Is.Zero);
        Assert.That(
            _app.Broker.Published.OfType<CustomerErasureDemanded>().Select(demand => (demand.WorkspaceId, demand.Kind, demand.Value)),
            Is.EquivalentTo(new[]
            {
                (Identifiers.DefaultWorkspace, "facebook", User), (Identifiers.DefaultWorkspace, "facebook", "6712345678901234"), (Identifiers.DefaultWorkspace, "instagram", User),
            }));
        var code = (string)told["confirmation_code"]!;
        Assert.That((string?)told["url"], Is.EqualTo($"https://desk.example.com{Path}/{code}"));
        using var status = await _app.Http.GetAsync($"{Path}/{code}");
        Assert.That(await status.Content.ReadAsStringAsync(), Does.Contain("was accepted"));
    }

    [Test]
    public async Task The_same_demand_again_has_the_same_code_and_an_unknown_code_is_not_found()
    {
        using var first = await Post(SignedRequest.Sign(Demand, FakeGraph.Secret));
        using var again = await Post(SignedRequest.Sign(Demand, FakeGraph.Secret));

        Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        using var unknown = await _app.Http.GetAsync($"{Path}/{Guid.NewGuid()}");
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task It_is_taken_only_once_the_others_can_be_told()
    {
        _app.Broker.IsAway = true;
        using var refused = await Post(SignedRequest.Sign(Demand, FakeGraph.Secret));
        Assert.That((refused.StatusCode, refused.Headers.RetryAfter is null), Is.EqualTo((HttpStatusCode.ServiceUnavailable, false)));

        _app.Broker.IsAway = false;
        _graph.PageIdOf = _ => null;
        using var unasked = await Post(SignedRequest.Sign(Demand, FakeGraph.Secret));
        Assert.That(unasked.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), "Meta could not say who he is to the page");

        _graph.PageIdOf = _ => "";
        using var taken = await Post(SignedRequest.Sign(Demand, FakeGraph.Secret));
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(Demand, "another secret", HttpStatusCode.Unauthorized)]
    [TestCase("""{"user_id":"x","algorithm":"HMAC-SHA256"}""", FakeGraph.Secret, HttpStatusCode.BadRequest)]
    [TestCase("""{"algorithm":"HMAC-SHA256"}""", FakeGraph.Secret, HttpStatusCode.BadRequest)]
    [TestCase("""{"user_id":"218471","algorithm":"none"}""", FakeGraph.Secret, HttpStatusCode.BadRequest)]
    [TestCase("[]", FakeGraph.Secret, HttpStatusCode.BadRequest)]
    public async Task What_is_not_Metas_or_says_nothing_is_refused_and_deletes_nothing(string payload, string secret, HttpStatusCode status)
    {
        using var answer = await Post(SignedRequest.Sign(payload, secret));

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(_app.Broker.Published.OfType<CustomerErasureDemanded>(), Is.Empty);
    }

    [TestCase("")]
    [TestCase("a.b.c")]
    [TestCase("!.!")]
    public async Task What_is_no_signed_request_is_refused(string text)
    {
        using var answer = await Post(text);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private Task<HttpResponseMessage> Post(string signedRequest) =>
        _app.Http.PostAsync(Path, new FormUrlEncodedContent([KeyValuePair.Create("signed_request", signedRequest)]));
}
