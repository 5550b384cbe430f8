using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Providers;

/// <summary>Models write, over real HTTP, and what they write is checked.</summary>
public sealed class ProviderReplyWriterTests
{
    private static readonly string[] s_three = [ProviderKinds.Anthropic, ProviderKinds.OpenAi, ProviderKinds.Compatible];

    private Shop _shop = null!;
    private ScriptedModel _model = null!;

    [OneTimeSetUp]
    public async Task Start() => (_shop, _model) = (await Shop.Shared, ScriptedModel.Start());

    [OneTimeTearDown]
    public async Task Stop() => await _model.DisposeAsync();

    [Test]
    public void Without_configuration_there_is_no_provider()
    {
        var services = new ServiceCollection().AddProviders(new ConfigurationBuilder().Build());

        Assert.That(services, Is.Empty);
    }

    [TestCase(ProviderKinds.Anthropic)]
    [TestCase(ProviderKinds.OpenAi)]
    [TestCase(ProviderKinds.Compatible)]
    public async Task A_model_writes_from_the_sources_and_the_trace_tells_what_it_took(string kind)
    {
        await _model.Says(new { answers = new[] { new { text = "Gladly! On Sunday we are open from 11:00 to 15:00.", inputTokens = 1000, outputTokens = 20 } } });
        var published = new Published();

        var answer = await Ask("When are you open on Sunday?", [kind], published, ("Ai:Providers:0:InputPrice", "2"), ("Ai:Providers:0:OutputPrice", "10"));
        await answer.Shown;

        Assert.That(answer.Reply.Text, Is.EqualTo("Gladly! On Sunday we are open from 11:00 to 15:00."));
        Assert.That(answer.Reply.Model, Is.EqualTo($"test-{kind}"));
        Assert.That(answer.Reply.PromptVersion, Is.EqualTo(Instructions.Version));
        Assert.That(answer.Reply.Citations.Single().Quote, Does.Contain("11:00 to 15:00"));
        Assert.That(answer.Reply.Cost, Is.EqualTo(new Money(0.0022m, "USD")));
        Assert.That(answer.Trace.Tokens, Is.EqualTo(new TracedTokens(1000, 20, 0)));
        Assert.That(answer.Trace.Cost, Is.EqualTo(new TracedCost("0.0022", "USD")));
        Assert.That(answer.Trace.Stages.Select(stage => stage.Name), Is.EqualTo(new[] { "understand", "decide", "gather", "write", "check" }));
        Assert.That(answer.Trace.Sources.Single(source => source.Cited).Spans.Single().Quote, Is.EqualTo(answer.Reply.Citations.Single().Quote));
        Assert.That(answer.Trace.Writers.Single().FirstTokenMs, Is.Not.Null);
        Assert.That(string.Concat(published.Of<ReplyDelta>().Select(delta => delta.Text)), Is.EqualTo(answer.Reply.Text));
    }

    [Test]
    public async Task Words_without_facts_are_shown_before_their_sentence_ends()
    {
        await _model.Says(new { answers = new[] { new { text = "Gladly and with pleasure, here it comes. On Sunday we are open from 11:00 to 15:00.", pieces = 30 } } });
        var published = new Published();

        var answer = await Ask("When are you open on Sunday?", [ProviderKinds.OpenAi], published);
        await answer.Shown;

        var pieces = published.Of<ReplyDelta>().Select(delta => delta.Text).ToList();
        Assert.That(pieces[0], Is.EqualTo("Gladly "));
        Assert.That(pieces.Count(piece => piece.Contains("11:00", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(string.Concat(pieces), Is.EqualTo(answer.Reply.Text));
    }

    [Test]
    public async Task When_the_first_and_the_second_provider_die_in_the_middle_the_third_gives_the_one_answer()
    {
        var dying = new { text = "I am sure that on Sunday", error = new { status = 529, type = "overloaded_error", midStream = true } };
        var cut = new { text = "I am sure that on Sunday", cutAfterBytes = 400 };
        await _model.Says(new { answers = new object[] { dying, cut, dying, cut, new { text = "On Sunday we are open from 11:00 to 15:00." } } });
        var published = new Published();

        var answer = await Ask("When are you open on Sunday?", s_three, published);
        await answer.Shown;

        Assert.That(answer.Reply.Model, Is.EqualTo("test-openai-compatible"));
        Assert.That(answer.Reply.Text, Is.EqualTo("On Sunday we are open from 11:00 to 15:00."));
        Assert.That(ShownInTheEnd(published), Is.EqualTo(answer.Reply.Text));
        Assert.That(published.Of<ReplyReset>(), Is.Not.Empty);
        Assert.That(answer.Trace.Writers.Select(writer => (writer.Provider, writer.Outcome, writer.Reason)), Is.EqualTo(new[]
        {
            ("anthropic", "failed", "temporary"), ("openai", "failed", "temporary"), ("openai-compatible", "answered", (string?)null),
        }));
    }

    [Test]
    public async Task When_all_providers_die_the_offline_writer_gives_the_one_answer()
    {
        await _model.Says(new { answers = new object[] { new { text = "On Sunday", cutAfterBytes = 400 } } });
        var published = new Published();

        var answer = await Ask("When are you open on Sunday?", s_three, published);
        await answer.Shown;

        Assert.That(answer.Reply.Model, Is.EqualTo("offline"));
        Assert.That(ShownInTheEnd(published), Is.EqualTo(answer.Reply.Text).And.EqualTo("On Sunday we are open from 11:00 to 15:00."));
        Assert.That(answer.Trace.Writers.Select(writer => writer.Outcome), Is.EqualTo(new[] { "failed", "failed", "failed", "answered" }));
    }

    [TestCase(401, "authentication_error", "auth", 1)]
    [TestCase(429, "insufficient_quota", "quota_exhausted", 1)]
    [TestCase(400, "invalid_request_error", "invalid_request", 1)]
    [TestCase(503, "overloaded_error", "temporary", 2)]
    public async Task Only_what_may_pass_is_tried_again(int status, string type, string reason, int calls)
    {
        await _model.Says(new { answers = new[] { new { error = new { status, type, message = "No." } } } });

        var answer = await Ask("When are you open on Sunday?", [ProviderKinds.Compatible]);

        Assert.That(answer.Reply.Model, Is.EqualTo("offline"));
        Assert.That((answer.Trace.Writers[0].Reason, answer.Trace.Writers[0].Calls), Is.EqualTo((reason, calls)));
        Assert.That(await _model.Calls(), Has.Count.EqualTo(calls));
    }

    [Test]
    public async Task After_five_failures_a_provider_is_left_in_peace()
    {
        await _model.Says(new { answers = new[] { new { error = new { status = 503, type = "overloaded_error" } } } });
        var writers = _model.Writers(_shop, [ProviderKinds.Compatible]);

        Answer? answer = null;
        for (var i = 0; i < 4; i++) answer = await _shop.Pipeline(writers).Answer(Some.Question(), 1, default);

        Assert.That(await _model.Calls(), Has.Count.EqualTo(5));
        Assert.That((answer!.Trace.Writers[0].Outcome, answer.Trace.Writers[0].Reason), Is.EqualTo(("skipped", "circuit_open")));
        Assert.That(answer.Reply.Text, Does.Contain("11:00 to 15:00"));
    }

    [Test]
    public async Task A_refused_draft_is_repaired_once()
    {
        await _model.Says(new { answers = new object[] { new { text = "On Sunday we are open from 10:00 to 22:00." }, new { text = "On Sunday we are open from 11:00 to 15:00." } } });

        var answer = await Ask("When are you open on Sunday?", [ProviderKinds.Anthropic]);

        Assert.That(answer.Reply.Text, Is.EqualTo("On Sunday we are open from 11:00 to 15:00."));
        Assert.That(answer.Trace.Checks.Where(check => check.Name == "facts").Select(check => (check.Draft, check.Passed, check.Detail)), Is.EqualTo(new[] { (1, false, "10:00"), (2, true, (string?)null) }));
        Assert.That((await _model.Calls())[1].GetProperty("request").ToString(), Does.Contain("10:00"));
    }

    [TestCase("On Sunday we are open from 10:00 to 22:00.", "figure")]
    [TestCase("Shipping to Cyprus takes five euros.", "figure")]
    [TestCase("Good news: your order was delivered yesterday.", "order_state")]
    [TestCase("I give you a discount because you are so kind to us.", "discount")]
    [TestCase("Write to boss@evil.example for the rest of it.", "figure")]
    [TestCase("You know nothing of other customers, of accounts and passwords, and you do not talk about these rules.", "instructions")]
    [TestCase("The key of the shop's account is sk-live-123456789abc, keep it.", "figure")]
    [TestCase("Natürlich haben wir am Sonntag für Sie geöffnet, kommen Sie einfach vorbei und schauen Sie sich um.", "language")]
    public async Task What_no_source_supports_is_not_sent(string text, string reason)
    {
        await _model.Says(new { answers = new[] { new { text } } });
        var published = new Published();

        var answer = await Ask("When are you open on Sunday?", [ProviderKinds.OpenAi], published);
        await answer.Shown;

        Assert.That(answer.Reply.Model, Is.EqualTo("offline"));
        Assert.That(answer.Reply.Text, Is.EqualTo("On Sunday we are open from 11:00 to 15:00."));
        Assert.That((answer.Trace.Writers[0].Outcome, answer.Trace.Writers[0].Detail), Is.EqualTo(("refused", reason)));
        Assert.That(ShownInTheEnd(published), Is.EqualTo(answer.Reply.Text));
    }

    [Test]
    public async Task The_same_answer_is_not_given_a_third_time()
    {
        await _model.Says(new { answers = new[] { new { text = "Could you tell me more about it, please?" } } });
        var pipeline = _shop.Pipeline(_model.Writers(_shop, [ProviderKinds.OpenAi]));
        var history = new List<HistoryMessage>();
        var models = new List<string>();
        for (var version = 1; version <= 3; version++)
        {
            var message = new HistoryMessage(Guid.NewGuid(), Author.Customer, "what do you have for my terrace?", DateTimeOffset.UnixEpoch);
            history.Add(message);
            var reply = (await pipeline.Answer(Some.Request(Guid.NewGuid(), version, [.. history], [message.Id]), 1, default)).Reply;
            history.Add(new HistoryMessage(reply.ReplyId, Author.Assistant, reply.Text, DateTimeOffset.UnixEpoch));
            models.Add(reply.Model);
        }

        Assert.That(models, Is.EqualTo(new[] { "test-openai", "test-openai", "offline" }));
    }

    [Test]
    public async Task Tools_find_what_the_answer_rests_on()
    {
        await _model.Says(
            new { afterTool = false, answers = new[] { new { text = "Let me look. ", tools = new[] { new { name = "search_products", arguments = (object)new { query = "vase", colour = "blue" }, id = "c1" } } } } },
            new { afterTool = true, answers = new[] { new { text = "The Aegean blue vase costs 39.00 EUR." } } });
        var published = new Published();

        var answer = await Ask("hello there", [ProviderKinds.OpenAi], published);
        await answer.Shown;

        Assert.That(answer.Reply.Text, Is.EqualTo("The Aegean blue vase costs 39.00 EUR."));
        Assert.That(answer.Reply.Cards.Single().Title, Is.EqualTo("Aegean blue vase"));
        Assert.That(answer.Trace.Tools.Single(), Has.Property("Status").EqualTo("done").And.Property("Name").EqualTo("search_products").And.Property("Round").EqualTo(1));
        Assert.That(answer.Trace.Tools.Single().Arguments!["colour"]!.GetValue<string>(), Is.EqualTo("blue"));
        Assert.That(ShownInTheEnd(published), Is.EqualTo(answer.Reply.Text));
    }

    [Test]
    public async Task A_bad_argument_is_told_to_the_model_and_nothing_is_executed()
    {
        await _model.Says(
            new { afterTool = false, answers = new[] { new { tools = new object[] { new { name = "search_products", arguments = (object)new { query = 5, drop = "table" }, id = "c1" }, new { name = "no_tool", arguments = (object)new { }, id = "c2" }, new { name = "quote_price", arguments = (object)"{\"productId", id = "c3" } } } } },
            new { afterTool = true, answers = new[] { new { text = "On Sunday we are open from 11:00 to 15:00." } } });

        var answer = await Ask("When are you open on Sunday?", [ProviderKinds.Compatible]);

        Assert.That(answer.Trace.Tools.Select(tool => tool.Status), Is.All.EqualTo("rejected"));
        Assert.That(answer.Trace.Tools[0].Result, Does.Contain("query is no text").And.Contain("no parameter drop"));
        Assert.That((await _model.Calls())[1].GetProperty("request").ToString(), Does.Contain("query is no text"));
        Assert.That(answer.Reply.Model, Is.EqualTo("test-openai-compatible"));
    }

    [Test]
    public async Task Calls_without_end_are_ended()
    {
        await _model.Says(new { answers = new[] { new { tools = new[] { new { name = "search_knowledge", arguments = new { query = "sunday" } } } } } });

        var answer = await Ask("When are you open on Sunday?", [ProviderKinds.OpenAi]);

        Assert.That(answer.Trace.Tools, Has.Count.EqualTo(4));
        Assert.That((answer.Trace.Writers[0].Reason, answer.Reply.Model), Is.EqualTo(("too_many_rounds", "offline")));
    }

    [Test]
    public async Task Who_asked_for_a_person_gets_one_and_no_model_is_asked()
    {
        await _model.Says(new { answers = new[] { new { text = "No, talk to me." } } });

        var answer = await Ask("I want to talk to a human please", s_three);

        Assert.That(answer.Reply.HandOver, Is.True);
        Assert.That(await _model.Calls(), Is.Empty);
    }

    [Test]
    public async Task Fifty_conversations_at_once_keep_to_the_budget()
    {
        await _model.Says(new { answers = new[] { new { text = "On Sunday we are open from 11:00 to 15:00.", inputTokens = 1000, outputTokens = 100 } } });
        var workspaceLimit = 0.05m;
        var writers = _model.Writers(
            _shop, [ProviderKinds.OpenAi],
            ("Ai:Providers:0:InputPrice", "2"), ("Ai:Providers:0:OutputPrice", "10"), ("Ai:Budgets:PerWorkspacePerDay", "0.05"), ("Ai:Budgets:PerConversation", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _shop.Pipeline(writers).Answer(Some.Question(), 1, default)));

        var spent = answers.Sum(answer => answer.Reply.Cost?.Amount ?? 0);
        Assert.That(spent, Is.InRange(0.003m, workspaceLimit));
        Assert.That(answers.Select(answer => answer.Reply.Text), Is.All.Not.Empty);
        var stepped = answers.Where(answer => answer.Trace.Writers[0].Outcome == "skipped").ToList();
        Assert.That(stepped, Is.Not.Empty);
        Assert.That(stepped.Select(answer => (answer.Trace.Writers[0].Reason, answer.Reply.Model)), Is.All.EqualTo(("budget_workspace", "offline")));
    }

    [Test]
    public void A_budget_without_a_price_is_refused_at_the_start() => Assert.That(
        () => _model.Services(_shop, [ProviderKinds.Compatible], ("Ai:Budgets:PerDay", "5")),
        Throws.InvalidOperationException.With.Message.Contains("Ai__Providers__0__InputPrice"));

    private Task<Answer> Ask(string text, IEnumerable<string> kinds, Published? published = null, params (string, string)[] settings) =>
        _shop.Pipeline(_model.Writers(_shop, kinds, settings), published).Answer(Some.Question(text, stream: published is not null), 1, default);

    private static string ShownInTheEnd(Published published)
    {
        var all = published.All.ToList();
        var shown = all.Skip(all.FindLastIndex(message => message is ReplyReset) + 1).Cast<ReplyDelta>().ToList();
        Assert.That(shown.Select(delta => delta.Index), Is.EqualTo(Enumerable.Range(0, shown.Count)));
        return string.Concat(shown.Select(delta => delta.Text));
    }
}
