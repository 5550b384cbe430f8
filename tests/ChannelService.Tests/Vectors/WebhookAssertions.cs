using System.Text.Json.Nodes;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>Holds a <c>webhook</c> case against what its file expects, request by request and after all of them.</summary>
internal sealed class WebhookAssertions(WebhookRun run)
{
    private readonly Dictionary<string, string> _keys = [];
    private readonly Dictionary<string, WebhookItem> _items = [];
    private readonly HashSet<string> _business = [];

    public static async Task Check(WebhookRun run)
    {
        var assertions = new WebhookAssertions(run);
        foreach (var request in run.Vector.Requests)
        {
            var published = run.Published().Count;
            var (status, body, read) = await run.Send(request);
            await assertions.CheckAnswer(request.Expect, status, body, read, published);
            assertions.CheckEvents(request, read);
        }
        assertions.CheckPublished();
        if (run.Vector.After is { } after) await assertions.CheckAfter(after);
    }

    private async Task CheckAnswer(JsonObject expect, int status, string body, IReadOnlyList<WebhookContent> read, int published)
    {
        var verdict = (string)expect["verdict"]!;
        if (expect["http_status_any_of"] is JsonArray statuses) Assert.That(statuses.Select(allowed => (int)allowed!), Does.Contain(status), body);
        Assert.That(status, Is.LessThan(500));
        switch (verdict)
        {
            case "invalid":
                Assert.That(status, Is.InRange(400, 499));
                Assert.That(read, Is.Empty);
                Assert.That(run.Published(), Has.Count.EqualTo(published));
                break;
            case "valid" when status != 413:
                Assert.That(read, Is.Not.Empty, $"Refused with {status}: {body}");
                break;
        }
        if ((string?)expect["reason"] == "account_mismatch") Assert.That(run.Published(), Has.Count.EqualTo(published));
        if (expect["http_body"] is { } echoed) Assert.That(body, Is.EqualTo((string)echoed!));
        if ((string?)expect["parse"] == "malformed")
        {
            Assert.That(read.Select(content => content.Outcome), Has.Some.EqualTo(WebhookOutcome.Malformed).Or.Empty);
            if (read.Count > 0) Assert.That(await run.LoggedAs("malformed"), Is.Positive);
        }
    }

    private void CheckEvents(VectorRequest request, IReadOnlyList<WebhookContent> read)
    {
        var expect = request.Expect;
        var items = read.SelectMany(content => content.Items).ToList();
        if ((string?)expect["reason"] == "account_mismatch")
        {
            Assert.That(items.Where(item => run.Own(item.Account) is not null), Is.Empty);
            return;
        }

        if (expect["events_count"] is { } count) Assert.That(items, Has.Count.EqualTo((int)count));
        foreach (var item in items) Remember(item);
        if ((bool?)expect["events_unchecked"] == true || expect["events"] is null || (string)expect["verdict"]! == "either") return;

        if (expect["events_count"] is null) Assert.That(items, Has.Count.EqualTo(request.Events.Count), string.Join(", ", read.Select(content => content.Reason)));
        var open = items.ToList();
        foreach (var expected in request.Events)
        {
            var told = open.Select(item => (Item: item, Difference: FieldComparison.Difference(expected, EventFields.Of(item, run.SetUp)))).ToList();
            var (match, difference) = told.Find(candidate => candidate.Difference is null);
            Assert.That(match, Is.Not.Null, () => $"{expected["kind"]} {expected["dedup_key"]}: {string.Join("; or ", told.Select(candidate => candidate.Difference))}");
            Assert.That(difference, Is.Null);
            open.Remove(match!);
            CheckKey((string?)expected["dedup_key"], match!);
        }
    }

    // Naming is free: equal keys there are equal ones here, different ones different.
    private void CheckKey(string? expected, WebhookItem item)
    {
        if (expected is null or "none") return;
        var key = KeyOf(item);
        if (_keys.TryGetValue(expected, out var known)) Assert.That(key, Is.EqualTo(known), $"{expected} is one thing");
        else Assert.That(_keys.ContainsValue(key), Is.False, $"{expected} is taken for something else");
        _keys[expected] = key;
    }

    private void CheckPublished()
    {
        var expected = _items.Values.OfType<PersonItem>()
            .Where(item => item is not EchoItem { Own: true }).Select(item => (Item: item, Connection: run.Own(item.Account)))
            .Where(pair => pair.Connection is not null).Select(pair => pair.Item.IdOn(pair.Connection!));
        Assert.That(run.Published(), Is.EquivalentTo(expected));
    }

    private async Task CheckAfter(JsonObject after)
    {
        foreach (var (name, expected) in after)
        {
            switch (name)
            {
                case "unique_events":
                    Assert.That(_items, Has.Count.EqualTo((int)expected!));
                    Assert.That(await run.LoggedOnce(), Is.EqualTo(_items.Values.Count(item => run.Own(item.Account) is not null)));
                    break;
                case "unique_business_events":
                    Assert.That(_business, Has.Count.EqualTo((int)expected!));
                    break;
                case "final_status":
                    foreach (var (message, status) in expected!.AsObject())
                        Assert.That((await run.Delivery(message)).Status, Is.EqualTo((string)status!), message);
                    break;
                case "failure_class":
                    await CheckFailure((string)expected!);
                    break;
                case "foreign_accounts":
                    Assert.That(await run.ForeignAccounts(), Is.SupersetOf(expected!.AsArray().Select(account => (string)account!)));
                    break;
                case "erased_text_of":
                    await CheckErased(expected!.AsArray().Select(target => (string)target!));
                    break;
                case "order_by_ts":
                    CheckOrder([.. expected!.AsArray().Select(entry => entry!.ToString())]);
                    break;
                case "final_title":
                    foreach (var (resource, title) in expected!.AsObject()) Assert.That(await run.Title(resource), Is.EqualTo((string)title!));
                    break;
                default:
                    Assert.Fail($"expect_after.{name} is not known to the runner.");
                    break;
            }
        }
    }

    private async Task CheckFailure(string expected)
    {
        var failed = _items.Values.OfType<StatusItem>().Where(item => item.ErrorCode is not null).Select(item => item.MessageExternalId).Distinct().ToList();
        Assert.That(failed, Is.Not.Empty);
        foreach (var message in failed)
        {
            var (_, code) = await run.Delivery(message);
            Assert.That(code, Is.Not.Null);
            Assert.That(SendAnswer.NameOf(run.Adapters[0].ClassOf(code!)), Is.EqualTo(expected));
        }
    }

    private async Task CheckErased(IEnumerable<string> targets)
    {
        foreach (var target in targets)
        {
            Assert.That(run.Erased(), Does.Contain(target));
            foreach (var text in _items.Values.OfType<InboundItem>().Where(item => item.ExternalId == target).Select(item => item.Content.Text))
                Assert.That(await run.KeepsRaw(text), Is.False, $"The text of {target} is still in the log.");
        }
    }

    private void CheckOrder(string[] order)
    {
        var times = order.Select(entry => _items.Values.OfType<InboundItem>().FirstOrDefault(item => entry.EndsWith(item.ExternalId, StringComparison.Ordinal))?.SentAt).ToList();
        Assert.That(times, Has.None.Null, "Every message of the order has a time.");
        Assert.That(times, Is.Ordered);
    }

    private void Remember(WebhookItem item)
    {
        _items.TryAdd(KeyOf(item), item);
        if (item is CommerceItem { EventId: { } business }) _business.Add(business);
    }

    private static string KeyOf(WebhookItem item) => $"{item.Account}/{(item is StatusItem ? "status/" : "")}{item.ExternalId}";
}
