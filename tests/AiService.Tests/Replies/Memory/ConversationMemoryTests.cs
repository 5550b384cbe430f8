using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Memory;
using Assistify.AiService.Tests.Providers;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies.Memory;

/// <summary>What is remembered of a long conversation, from the database.</summary>
public sealed class ConversationMemoryTests
{
    private Shop _shop = null!;

    [OneTimeSetUp]
    public async Task Start() => _shop = await Shop.Shared;

    [Test]
    public async Task A_short_conversation_needs_no_summary()
    {
        var talk = new Talk(_shop);
        talk.Said(4);

        await talk.Ask("When are you open on Sunday?");

        Assert.That(await talk.Remembered(), Is.Null);
    }

    [Test]
    public async Task The_oldest_messages_of_a_long_one_are_summed_up_in_their_own_words_and_the_summary_rolls_on()
    {
        var talk = new Talk(_shop);
        talk.Says(Author.Customer, "Hello!");
        talk.Says(Author.Customer, "My sister Eleni marries in May. I look for a wedding present for her new kitchen.");
        talk.Said(8);

        await talk.Ask("When are you open on Sunday?");
        var first = (await talk.Remembered())!;

        Assert.That(first.Summary, Does.StartWith("customer: I look for a wedding present for her new kitchen."));
        Assert.That(first.Summary, Does.Not.Contain("Hello"));
        Assert.That((first.Messages, first.WrittenBy), Is.EqualTo((6, "offline")));

        // It grows by what has been said since, each message once.
        talk.Said(3);
        await talk.Ask("And on Monday?");
        var second = (await talk.Remembered())!;
        Assert.That(second.Summary, Does.StartWith(first.Summary).And.Not.EqualTo(first.Summary));
        Assert.That(second.Summary.Split('\n'), Is.Unique);
        Assert.That(second.Messages, Is.GreaterThan(first.Messages));
        Assert.That(talk.Last.Trace.Memory, Is.EqualTo(first));
    }

    [Test]
    public async Task A_few_long_messages_are_summed_up_too()
    {
        var talk = new Talk(_shop);
        for (var i = 0; i < 6; i++) talk.Says(Author.Customer, string.Concat(Enumerable.Repeat($"The blue ceramic vase number {i} stands in my kitchen. ", 30)));

        await talk.Ask("When are you open on Sunday?");

        Assert.That((await talk.Remembered())!.Messages, Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_older_than_a_week_is_no_context()
    {
        var talk = new Talk(_shop);
        talk.Said(10);
        await talk.Ask("When are you open on Sunday?");
        await using var aged = _shop.Database.CreateCommand("UPDATE conversation_memory SET updated_at = updated_at - interval '8 days' WHERE conversation_id = $1");
        aged.Parameters.AddWithValue(talk.Conversation);
        await aged.ExecuteNonQueryAsync();

        Assert.That(await talk.Remembered(), Is.Null);
        var late = Some.Request(Guid.NewGuid(), 1, [.. talk.History], [talk.History[^1].Id]) with { RequestedAt = DateTimeOffset.UnixEpoch.AddDays(8) };
        Assert.That(ReplyPipeline.Before(late), Is.Empty);
    }

    [Test]
    public async Task A_model_is_given_the_summary_as_data_and_only_the_messages_after_it()
    {
        await using var model = ScriptedModel.Start();
        var talk = new Talk(_shop, model.Writers(_shop, ["openai-compatible"]));
        talk.Says(Author.Customer, "I look for a wedding present for the new kitchen.");
        talk.Said(9);
        await model.Says(new { answers = new[] { new { text = "On Sunday we are open from 11:00 to 15:00." } } });
        await talk.Ask("When are you open on Sunday?");
        await talk.Ask("When are you open on Sunday?");

        var sent = (await model.Calls())[^1].GetProperty("request").GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").ToString()).ToList();

        Assert.That(sent[^1], Does.Contain("saidBefore").And.Contain("wedding present"));
        Assert.That(sent[1..^1], Has.None.Contains("wedding present"));
        Assert.That(sent[1..^1], Is.Not.Empty);
    }

    [Test]
    public async Task A_providers_model_sums_up_where_there_is_one_and_the_sentences_themselves_where_it_fails()
    {
        await using var model = ScriptedModel.Start();
        var services = model.Services(_shop, ["openai"]);
        var talk = new Talk(_shop, summarizers: services.GetServices<IHistorySummarizer>());
        talk.Said(10);
        await model.Says(new { answers = new object[] { new { text = "The customer asks about vases." }, new { error = new { status = 400, type = "invalid_request_error" } } } });

        await talk.Ask("When are you open on Sunday?");
        var first = (await talk.Remembered())!;
        Assert.That((first.Summary, first.WrittenBy), Is.EqualTo(("The customer asks about vases.", "test-openai")));

        talk.Said(6);
        await talk.Ask("And on Monday?");
        var second = (await talk.Remembered())!;
        Assert.That(second.WrittenBy, Is.EqualTo("offline"));
        Assert.That(second.Summary, Does.StartWith("The customer asks about vases.\n"));
    }

    [Test]
    public async Task It_goes_with_its_customer()
    {
        var talk = new Talk(_shop);
        talk.Said(10);
        await talk.Ask("When are you open on Sunday?");
        Assert.That(await talk.Remembered(), Is.Not.Null);

        await talk.Erase();

        Assert.That(await talk.Remembered(), Is.Null);
    }

    /// <summary>A conversation whose requests bring the latest dozen messages, as ChatService's do.</summary>
    private sealed class Talk
    {
        private const int AtHand = 12;
        private readonly Shop _shop;
        private readonly ReplyStore _store;
        private readonly ReplyPipeline _pipeline;
        private readonly ConversationMemory _memory;
        private readonly Guid _customer = Guid.NewGuid();
        private long _version;

        public Talk(Shop shop, IEnumerable<IReplyWriter>? writers = null, IEnumerable<IHistorySummarizer>? summarizers = null)
        {
            _shop = shop;
            _store = new ReplyStore(shop.Database, TimeProvider.System);
            _pipeline = shop.Pipeline(writers);
            _memory = shop.Memory(summarizers ?? []);
        }

        public Guid Conversation { get; } = Guid.NewGuid();

        public List<HistoryMessage> History { get; } = [];

        public Answer Last { get; private set; } = null!;

        public HistoryMessage Says(Author author, string text)
        {
            var message = new HistoryMessage(Guid.NewGuid(), author, text, DateTimeOffset.UnixEpoch);
            History.Add(message);
            return message;
        }

        public void Said(int messages)
        {
            for (var i = 0; i < messages; i++) Says(i % 2 == 0 ? Author.Customer : Author.Assistant, $"The ceramic vase with the number {History.Count} stands in the kitchen.");
        }

        public async Task Ask(string text)
        {
            var question = Says(Author.Customer, text);
            var request = Request(question);
            var claim = await _store.Claim(request, default);
            Last = await _pipeline.Answer(request, claim.KnowledgeVersion, claim.Remembered, default);
            await _store.Finish(new FinishedReply(Conversation, request.Version, "finished", Last.Reply, Last.Trace), default);
            Says(Author.Assistant, Last.Reply.Text);
            await _memory.Grow(request, claim.Remembered, default);
        }

        public async Task<Remembered?> Remembered() => (await _store.Claim(Request(History[^1]), default)).Remembered;

        public async Task Erase()
        {
            await using var command = _shop.Database.CreateCommand("SELECT count(*) FROM conversation_memory WHERE customer_id = $1");
            command.Parameters.AddWithValue(_customer);
            Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(1));
            await new CustomerErasedConsumer(_shop.Database).Erase(new CustomerErased(Identifiers.DefaultWorkspace, [_customer], [Conversation], []), default);
        }

        private ReplyRequested Request(HistoryMessage question) =>
            Some.Request(Conversation, ++_version, [.. History.TakeLast(AtHand)], [question.Id]) with { CustomerId = _customer };
    }
}
