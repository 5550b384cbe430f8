using Assistify.AiService.Providers;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.Contracts;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Providers;

/// <summary>What a model answered is given again where it holds for anybody, and only there. Each test has a version of the knowledge of its own.</summary>
public sealed class AnswerCacheTests
{
    private const string Question = "What are your opening hours?";
    private const string First = "On Sunday we are open from 11:00 to 15:00.";
    private const string Second = "Gladly! On Sunday we are open from 11:00 to 15:00.";

    private Shop _shop = null!;
    private ScriptedModel _model = null!;
    private IReplyWriter[] _writers = null!;
    private long _version;

    [OneTimeSetUp]
    public async Task Start()
    {
        (_shop, _model) = (await Shop.Open(), ScriptedModel.Start());
        _writers = [.. _model.Services(_shop, [ProviderKinds.OpenAi]).GetServices<IReplyWriter>(), new OfflineReplyWriter()];
    }

    [OneTimeTearDown]
    public async Task Stop() => await _model.DisposeAsync();

    [SetUp]
    public async Task Script()
    {
        _version++;
        await _model.Says(new { answers = new[] { new { text = First }, new { text = Second } } });
    }

    [Test]
    public async Task The_same_question_is_answered_by_a_model_once()
    {
        var asked = await Ask();
        var again = await Ask(Some.Question("what are your OPENING hours"));

        Assert.That((asked.Reply.Model, again.Reply.Model), Is.EqualTo(("test-openai", CachedReplyWriter.Name)));
        Assert.That((again.Reply.Text, again.Reply.PromptVersion), Is.EqualTo((First, asked.Reply.PromptVersion)));
        Assert.That(again.Reply.Citations, Is.EqualTo(asked.Reply.Citations));
        Assert.That(again.Reply.Cost, Is.Null);
        Assert.That(again.Trace.Writers.Select(writer => (writer.Provider, writer.Outcome)), Is.EqualTo(new[] { ("cache", "answered") }));
        Assert.That(again.Trace.Checks.Select(check => (check.Provider, check.Passed)), Does.Contain(("cache", true)));
        Assert.That(await _model.Calls(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_new_version_of_the_knowledge_asks_the_model_again()
    {
        await Ask();
        _version++;

        Assert.That((await Ask()).Reply.Text, Is.EqualTo(Second));
    }

    [Test]
    public async Task Another_channel_workspace_or_tone_has_answers_of_its_own()
    {
        var request = Some.Question(Question);
        await Ask(request);

        foreach (var other in new[] { request with { Channel = "whatsapp" }, request with { Assistant = new BusinessSettings("formal", null, []) }, request with { WorkspaceId = Guid.NewGuid() } })
        {
            var answer = await Ask(other);
            Assert.That(answer.Trace.Writers[0].Reason, Is.EqualTo("miss"));
        }
    }

    [TestCase("Are you open tomorrow?")]
    [TestCase("Where is my order?")]
    [TestCase("I am eve@example.com, do you ship to Cyprus?")]
    [TestCase("I would like to cancel my order")]
    public async Task What_is_one_customers_or_one_days_is_never_kept(string question)
    {
        await Ask(Some.Question(question));

        Assert.That((await Ask(Some.Question(question))).Trace.Writers[0].Reason, Is.EqualTo("unsuited"));
    }

    [Test]
    public async Task A_question_in_the_middle_of_a_conversation_is_this_conversations()
    {
        await Ask();
        var before = new HistoryMessage(Guid.NewGuid(), Author.Customer, "I look for a vase.", DateTimeOffset.UnixEpoch);
        var question = new HistoryMessage(Guid.NewGuid(), Author.Customer, Question, DateTimeOffset.UnixEpoch);

        var answer = await Ask(Some.Request(Guid.NewGuid(), 1, [before, question], [question.Id]));

        Assert.That((answer.Trace.Writers[0].Reason, answer.Reply.Text), Is.EqualTo(("unsuited", Second)));
    }

    [Test]
    public async Task Who_has_preferences_gets_answers_made_for_him()
    {
        await Ask();
        var request = Some.Question(Question);
        await using var liked = _shop.Database.CreateCommand("INSERT INTO customer_preferences (workspace_id, customer_id, kind, value, created_at) VALUES ($1, $2, 'colour', 'blue', now())");
        liked.Parameters.AddWithValue(request.WorkspaceId);
        liked.Parameters.AddWithValue(request.CustomerId);
        await liked.ExecuteNonQueryAsync();

        Assert.That((await Ask(request)).Trace.Writers[0].Reason, Is.EqualTo("unsuited"));
    }

    [Test]
    public async Task What_a_tool_found_out_is_not_kept()
    {
        await _model.Says(
            new { afterTool = false, answers = new[] { new { tools = new[] { new { name = "search_knowledge", arguments = new { query = "sunday" }, id = "c1" } } } } },
            new { afterTool = true, answers = new[] { new { text = First } } });
        await Ask();

        Assert.That((await Ask()).Trace.Writers[0].Reason, Is.EqualTo("miss"));
    }

    [Test]
    public async Task What_the_checks_refused_is_not_kept()
    {
        await _model.Says(new { answers = new[] { new { text = "On Sunday we are open from 3:17 to 4:17." }, new { text = "On Sunday we are open from 3:17 to 4:17." }, new { text = First } } });
        Assert.That((await Ask()).Reply.Model, Is.EqualTo("offline"));

        var next = await Ask();

        Assert.That((next.Trace.Writers[0].Reason, next.Reply.Text), Is.EqualTo(("miss", First)));
    }

    [Test]
    public async Task It_is_switched_off_by_a_feature_flag()
    {
        await Ask();

        var answer = await Ask(Some.Question(Question) with { Assistant = new BusinessSettings("friendly", null, [Features.Cache]) });

        Assert.That((answer.Trace.Writers[0].Reason, answer.Reply.Text), Is.EqualTo(("unsuited", Second)));
    }

    private Task<Answer> Ask(ReplyRequested? request = null) => _shop.Pipeline(_writers).Answer(request ?? Some.Question(Question), _version, default);
}
