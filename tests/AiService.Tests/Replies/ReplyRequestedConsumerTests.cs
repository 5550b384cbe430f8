using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

/// <summary>Claims, leases and what is published, on a real database.</summary>
public sealed class ReplyRequestedConsumerTests
{
    private Shop _shop = null!;

    [OneTimeSetUp]
    public async Task OpenShop() => _shop = await Shop.Shared;

    [Test]
    public async Task A_question_is_answered_stored_and_published()
    {
        var replica = new Replica(_shop);
        var request = Some.Question();

        await replica.Handle(request);

        var reply = replica.Published.Of<ReplyGenerated>().Single();
        Assert.That(reply.ReplyId, Is.EqualTo(Identifiers.Reply(request.ConversationId, request.Version)));
        Assert.That(reply.Text, Does.Contain("11:00 to 15:00"));
        Assert.That(reply.Partition, Is.EqualTo(request.Partition));
        Assert.That(await Status(request), Is.EqualTo("finished"));
        Assert.That(await Scalar<Guid>("SELECT customer_id FROM traces WHERE conversation_id = $1 AND trace->>'outcome' = 'finished'", request), Is.EqualTo(request.CustomerId));
    }

    [Test]
    public async Task A_finished_request_publishes_its_stored_reply_again_on_any_replica()
    {
        var request = Some.Question();
        var first = new Replica(_shop);
        var second = new Replica(_shop);

        await first.Handle(request);
        await first.Handle(request);
        await second.Handle(request);

        var replies = first.Published.Of<ReplyGenerated>().Concat(second.Published.Of<ReplyGenerated>()).ToList();
        Assert.That(replies, Has.Count.EqualTo(3));
        Assert.That(replies.Select(reply => (reply.ReplyId, reply.Text, reply.GeneratedAt)).Distinct().Count(), Is.EqualTo(1));
        Assert.That(replies[2].Citations, Is.EqualTo(replies[0].Citations));
        Assert.That(await Scalar<long>("SELECT count(*) FROM traces WHERE conversation_id = $1", request), Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_live_replica_works_on_is_dropped_by_the_others_and_by_itself()
    {
        var writer = new Waiting();
        var first = new Replica(_shop, writer);
        var second = new Replica(_shop);
        var request = Some.Question();

        var working = first.Handle(request);
        await writer.Started.Task;
        await second.Handle(request);
        await first.Handle(request);
        Assert.That(second.Published.All, Is.Empty);

        writer.Go.SetResult();
        await working;
        Assert.That(first.Published.Of<ReplyGenerated>(), Has.Count.EqualTo(1));
        Assert.That(second.Published.All, Is.Empty);
    }

    [Test]
    public async Task After_the_lease_of_a_dead_replica_another_one_answers()
    {
        var request = Some.Question();
        await new ReplyStore(_shop.Database, TimeProvider.System).Claim(request, default); // and dies
        var replica = new Replica(_shop);

        await replica.Handle(request);
        Assert.That(replica.Published.All, Is.Empty);

        await Execute("UPDATE replies SET lease_until = now() - interval '1 second' WHERE conversation_id = $1", request);
        await replica.Handle(request);
        Assert.That(replica.Published.Of<ReplyGenerated>(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_renewed_lease_keeps_others_away_and_a_lost_one_publishes_nothing()
    {
        var writer = new Waiting();
        var slow = new Replica(_shop, writer);
        var other = new Replica(_shop);
        var request = Some.Question();
        var working = slow.Handle(request);
        await writer.Started.Task;

        await Execute("UPDATE replies SET lease_until = now() - interval '1 second' WHERE conversation_id = $1", request);
        await slow.Store.Renew(slow.Running.All(), default);
        await other.Handle(request);
        Assert.That(other.Published.All, Is.Empty);

        await Execute("UPDATE replies SET lease_until = now() - interval '1 second' WHERE conversation_id = $1", request);
        await other.Handle(request);
        writer.Go.SetResult();
        await working;
        Assert.That(other.Published.Of<ReplyGenerated>(), Has.Count.EqualTo(1));
        Assert.That(slow.Published.All, Is.Empty);
    }

    [Test]
    public async Task A_turn_that_moves_on_cancels_the_running_call_and_only_the_understanding_is_published()
    {
        var writer = new Waiting();
        var replica = new Replica(_shop, writer);
        var request = Some.Question();
        var working = replica.Handle(request);
        await writer.Started.Task;

        replica.Running.Move(request.ConversationId, request.Version + 1);
        await working;

        Assert.That(replica.Published.All.Single(), Is.TypeOf<MessagesUnderstood>());
        Assert.That(replica.Published.Of<MessagesUnderstood>().Single().Understandings.Single().Intent, Is.EqualTo("opening_hours"));
        Assert.That(await Status(request), Is.EqualTo("obsolete"));
        Assert.That(await Scalar<string>("SELECT trace->>'outcome' FROM traces WHERE conversation_id = $1", request), Is.EqualTo("obsolete"));
    }

    [Test]
    public async Task A_turn_that_stays_is_not_cancelled_by_its_own_version()
    {
        var writer = new Waiting();
        var replica = new Replica(_shop, writer);
        var request = Some.Question(version: 7);
        var working = replica.Handle(request);
        await writer.Started.Task;

        replica.Running.Move(request.ConversationId, 7);
        writer.Go.SetResult();
        await working;

        Assert.That(replica.Published.Of<ReplyGenerated>(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task While_people_hold_the_turn_messages_are_only_understood()
    {
        var replica = new Replica(_shop);
        var request = Some.Question("my plate is broken, this is terrible", answerWanted: false);

        await replica.Handle(request);

        var understanding = replica.Published.Of<MessagesUnderstood>().Single().Understandings.Single();
        Assert.That(replica.Published.All, Has.Count.EqualTo(1));
        Assert.That((understanding.MessageId, understanding.Intent, understanding.Sentiment), Is.EqualTo((request.Unanswered[0], "complaint", "negative")));
    }

    [Test]
    public async Task After_bounded_retries_people_get_the_turn()
    {
        var failing = new Failing();
        var replica = new Replica(_shop, failing);
        var request = Some.Question();

        await replica.Handle(request);
        await replica.Handle(request);

        Assert.That(replica.Published.Of<ReplyFailed>(), Has.Count.EqualTo(2));
        Assert.That(replica.Published.Of<ReplyGenerated>(), Is.Empty);
        Assert.That(failing.Calls, Is.EqualTo(3));
        Assert.That(await Status(request), Is.EqualTo("failed"));
    }

    [Test]
    public async Task A_request_that_ended_many_replicas_goes_to_people()
    {
        var request = Some.Question();
        for (var i = 0; i < 4; i++)
        {
            await new ReplyStore(_shop.Database, TimeProvider.System).Claim(request, default);
            await Execute("UPDATE replies SET lease_until = now() - interval '1 second' WHERE conversation_id = $1", request);
        }
        var replica = new Replica(_shop);

        await replica.Handle(request);

        Assert.That(replica.Published.Of<ReplyFailed>(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_thousand_requests_at_once_each_get_their_own_answer()
    {
        var replica = new Replica(_shop);
        var requests = Enumerable.Range(1, 1000).Select(i => Some.Question(i % 2 == 0 ? "are you open on sunday?" : $"a blue vase under {20 + i % 80} euro")).ToList();

        await Task.WhenAll(requests.Concat(requests.Take(200)).Select(replica.Handle));

        var replies = replica.Published.Of<ReplyGenerated>();
        Assert.That(replies.Select(reply => reply.ConversationId).Distinct().Count(), Is.EqualTo(1000));
        Assert.That(replies.Where(reply => reply.Understandings[0].Intent == "opening_hours").Select(reply => reply.Text).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Replies_and_traces_are_removed_when_they_are_too_old()
    {
        var replica = new Replica(_shop);
        var old = Some.Question();
        var recent = Some.Question();
        await replica.Handle(old);
        await replica.Handle(recent);
        await Execute("UPDATE replies SET created_at = now() - interval '31 days' WHERE conversation_id = $1", old);
        await Execute("UPDATE traces SET created_at = now() - interval '31 days' WHERE conversation_id = $1", old);

        await replica.Store.Purge(TimeSpan.FromDays(30), default);

        foreach (var table in (string[])["replies", "traces"])
        {
            Assert.That(await Scalar<long>($"SELECT count(*) FROM {table} WHERE conversation_id = $1", old), Is.Zero);
            Assert.That(await Scalar<long>($"SELECT count(*) FROM {table} WHERE conversation_id = $1", recent), Is.EqualTo(1));
        }
    }

    private Task<string> Status(ReplyRequested request) => Scalar<string>("SELECT status FROM replies WHERE conversation_id = $1", request);

    private async Task<T> Scalar<T>(string sql, ReplyRequested request)
    {
        await using var command = _shop.Database.CreateCommand(sql);
        command.Parameters.AddWithValue(request.ConversationId);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task Execute(string sql, ReplyRequested request)
    {
        await using var command = _shop.Database.CreateCommand(sql);
        command.Parameters.AddWithValue(request.ConversationId);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Replica
    {
        private readonly ReplyRequestedConsumer _consumer;

        public Replica(Shop shop, params IReplyWriter[] writers)
        {
            Store = new ReplyStore(shop.Database, TimeProvider.System);
            _consumer = new ReplyRequestedConsumer(
                shop.Pipeline(writers.Length > 0 ? writers : null), Store, shop.Memory(), Running, Published, new AiMetrics(), TimeProvider.System,
                NullLogger<ReplyRequestedConsumer>.Instance);
        }

        public ReplyStore Store { get; }

        public RunningReplies Running { get; } = new();

        public Published Published { get; } = new();

        public Task Handle(ReplyRequested request) => _consumer.Handle(request, default);
    }

    private sealed class Waiting : IReplyWriter
    {
        private readonly OfflineReplyWriter _offline = new();

        public string Model => "waiting";

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<Draft?> Write(ReplyTask task, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
        {
            Started.TrySetResult();
            await Go.Task.WaitAsync(cancellationToken);
            return await _offline.Write(task, stream, notes, cancellationToken);
        }
    }

    private sealed class Failing : IReplyWriter
    {
        public string Model => "failing";

        public int Calls { get; private set; }

        public Task<Draft?> Write(ReplyTask task, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
        {
            Calls++;
            throw new InvalidOperationException("The writer is broken.");
        }
    }
}
