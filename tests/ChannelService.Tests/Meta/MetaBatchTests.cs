using System.Diagnostics;
using System.Net;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Meta;

public sealed class MetaBatchTests
{
    private const int Updates = 1000;
    private const int Batches = 15;

    [Test]
    public async Task A_thousand_updates_at_once_are_all_taken()
    {
        var (app, graph) = await FakeGraph.Start(workers: false);
        await using var running = app;
        using var api = graph;
        for (var warmUp = 0; warmUp < 5; warmUp++) await FakeGraph.Post(app, "whatsapp", Batch(-1 - warmUp));
        var before = app.Broker.Messages.Count;

        var took = new List<double>();
        for (var batch = 0; batch < Batches; batch++)
        {
            var body = Batch(batch);
            var start = Stopwatch.GetTimestamp();
            var response = await FakeGraph.Post(app, "whatsapp", body);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        // Reported and not judged: the times are the machine's as much as ours.
        var median = took.Order().ElementAt(Batches / 2);
        TestContext.Out.WriteLine($"median {median:F0} ms, longest {took.Max():F0} ms");
        Assert.That(app.Broker.Messages.Count - before, Is.EqualTo(Batches * Updates));
    }

    [Test]
    public async Task What_many_wrote_goes_to_the_broker_together_once_and_each_persons_messages_in_order()
    {
        var (app, graph) = await FakeGraph.Start(workers: false);
        await using var running = app;
        using var api = graph;
        var contacts = string.Join(',', Enumerable.Range(0, Updates).Select(n => $$$"""{"wa_id":"4477{{{n:00000000}}}","profile":{"name":"Person {{{n}}}"}}"""));
        const string Later = """,{"from":"447700000000","id":"wamid.later","timestamp":"1767225600","type":"text","text":{"body":"and later"} }""";
        var written = Batch(0, after: Later, beside: $",\"contacts\":[{contacts}]");

        Assert.That((await FakeGraph.Post(app, "whatsapp", written)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var messages = app.Broker.Messages;
        Assert.That((await FakeGraph.Post(app, "whatsapp", written)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        Assert.That(messages.Select(message => message.MessageId).Distinct().Count(), Is.EqualTo(Updates + 1));
        Assert.That(app.Broker.Messages, Has.Count.EqualTo(Updates + 1), "told twice, it is one");
        Assert.That(app.Broker.Batches, Has.Count.InRange(1, 2 * Partition.Count));
        Assert.That(app.Broker.Batches.All(batch => batch.Messages.All(message => message.Partition == batch.Partition && message.WorkspaceId == batch.WorkspaceId)));
        Assert.That(messages.Where(message => message.From.Value == "447700000000").Select(message => message.Content.Text), Is.EqualTo(new[] { "Is number 0 in stock?", "and later" }));
        Assert.That(messages.Single(message => message.From.Value == "447700000321").From.Name, Is.EqualTo("Person 321"));
        Assert.That((await app.Outcomes()).CountBy(outcome => outcome), Is.EquivalentTo(new[] { KeyValuePair.Create("accepted", Updates + 1), KeyValuePair.Create("duplicate", Updates + 1) }));
    }

    [Test]
    public async Task While_the_broker_is_away_a_batch_is_stored_and_follows()
    {
        var (app, graph) = await FakeGraph.Start();
        await using var running = app;
        using var api = graph;
        app.Broker.IsAway = true;
        Assert.That((await FakeGraph.Post(app, "whatsapp", Batch(0))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(app.Broker.Messages, Is.Empty);

        app.Broker.IsAway = false;

        await Poll.Get(() => app.Scalar("SELECT count(*) FROM stored_webhooks"), left => left is 0L, "everything stored was published");
        Assert.That(app.Broker.Messages.Select(message => message.MessageId).Distinct().Count(), Is.EqualTo(Updates));
    }

    private static string Batch(int batch, string beside = "", string after = "") => FakeGraph.WhatsApp(
        $"\"messages\":[{string.Join(',', Enumerable.Range(0, Updates).Select(n =>
            $$"""{"from":"4477{{n:00000000}}","id":"wamid.{{batch}}.{{n}}","timestamp":"1767225600","type":"text","text":{"body":"Is number {{n}} in stock?"} }"""))}{after}]{beside}");
}
