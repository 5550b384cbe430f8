using System.Security.Claims;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Knowledge.Suggestions;
using Assistify.AiService.Replies;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge.Suggestions;

public sealed class SuggestionTests
{
    private ClaimsPrincipal _admin = null!;

    [SetUp]
    public void OpenWorkspace() => _admin = Operator(Guid.NewGuid());

    [Test]
    public async Task Questions_without_an_answer_are_grouped_and_an_answer_given_once_serves_the_next_customer()
    {
        var shop = await Shop.Shared;
        await Ask("do you repair bicycles?");
        await Ask("can you repair my bicycle, order 12345?");
        await Ask("hello");
        await Ask("do you have a swimming pool?");

        var groups = await List();
        Assert.That(groups.Select(group => group.Count), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(groups[0].Questions, Is.EqualTo(new[] { "can you repair my bicycle, order 12345", "do you repair bicycles" }));

        await using var db = shop.NewContext();
        var answered = (Created<KnowledgeResponse>)(await SuggestionEndpoints.Answer(
            groups[0].Id, new AnswerRequest("We repair bicycles on Tuesdays for 20.00 EUR."), _admin, Finder(shop, db), db, shop.Gate(), TimeProvider.System, default)).Result;
        Assert.That(answered.Value!.Title, Is.EqualTo("can you repair my bicycle, order"));
        Assert.That(answered.Value.Keywords, Does.Contain("bicycles").And.Not.Contain("12345"));

        var reply = await Ask("Do you repair bicycles?");
        Assert.That(reply.Text, Does.Contain("20.00 EUR"));
        Assert.That(reply.Citations.Single().DocumentId, Is.EqualTo(answered.Value.Id.ToString()));
        Assert.That((await List()).Select(group => group.Question), Is.EqualTo(new[] { "do you have a swimming pool" }));
    }

    [Test]
    public async Task What_was_dismissed_is_not_suggested_again_in_other_words()
    {
        var shop = await Shop.Shared;
        await Ask("who won the football match yesterday");
        await using var db = shop.NewContext();
        var id = (await List()).Single().Id;

        Assert.That((await SuggestionEndpoints.Dismiss(id, Operator(Guid.NewGuid()), Finder(shop, db), db, TimeProvider.System, default)).Result, Is.TypeOf<NotFound>());
        Assert.That((await SuggestionEndpoints.Dismiss(id, _admin, Finder(shop, db), db, TimeProvider.System, default)).Result, Is.TypeOf<NoContent>());
        await Ask("who won yesterday's football match?");

        Assert.That(await List(), Is.Empty);
        Assert.That((await SuggestionEndpoints.Dismiss(id, _admin, Finder(shop, db), db, TimeProvider.System, default)).Result, Is.TypeOf<NotFound>());
    }

    [Test]
    public void Questions_are_together_only_when_they_ask_the_same()
    {
        string[] texts =
        [
            "do you offer wedding lists?", "is there a wedding list", "do you have wedding lists", "can I bring my dog into the shop", "are dogs allowed in your shop?",
            "επισκευάζετε ποδήλατα;", "ποδήλατα επισκευάζετε καθόλου;",
        ];

        var groups = QuestionGroups.Of(texts.Select((text, i) => new UnansweredQuestion(Guid.NewGuid(), text, "en", DateTimeOffset.UnixEpoch.AddMinutes(i))));

        Assert.That(groups.Select(group => string.Join(" | ", group.Select(question => question.Text))), Has.Some.Contains(texts[0]).And.Some.Contains(texts[3]));
        Assert.That(groups.Single(group => group.Exists(question => question.Text == texts[0])).Select(question => question.Text), Is.EquivalentTo(texts[..3]));
        Assert.That(groups.Single(group => group.Exists(question => question.Text == texts[5])).Select(question => question.Text), Is.EquivalentTo(texts[5..]));
        Assert.That(groups.Single(group => group.Exists(question => question.Text == texts[3])).Select(question => question.Text), Has.None.EqualTo(texts[0]));
    }

    private async Task<ReplyGenerated> Ask(string text)
    {
        var shop = await Shop.Shared;
        var published = new Published();
        var consumer = new ReplyRequestedConsumer(
            shop.Pipeline(), new ReplyStore(shop.Database, TimeProvider.System), shop.Memory(), new RunningReplies(), published, new AiMetrics(), TimeProvider.System,
            NullLogger<ReplyRequestedConsumer>.Instance);
        await consumer.Handle(Some.Question(text) with { WorkspaceId = _admin.WorkspaceId() }, default);
        return published.Of<ReplyGenerated>().Single();
    }

    private async Task<IReadOnlyList<Suggestion>> List()
    {
        var shop = await Shop.Shared;
        await using var db = shop.NewContext();
        return (await SuggestionEndpoints.List(_admin, Finder(shop, db), default)).Value!.Items;
    }

    private static SuggestionFinder Finder(Shop shop, AiDbContext db) => new(shop.Database, db);

    private static ClaimsPrincipal Operator(Guid workspace) => new(new ClaimsIdentity(
    [
        new(TokenClaims.Subject, Guid.NewGuid().ToString()), new(TokenClaims.Workspace, workspace.ToString()), new(TokenClaims.Role, "admin"),
    ], "test"));
}
