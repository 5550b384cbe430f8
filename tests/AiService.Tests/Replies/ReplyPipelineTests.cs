using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Offline;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Replies;

public sealed class ReplyPipelineTests
{
    [Test]
    public async Task A_draft_with_an_invented_figure_is_never_sent()
    {
        var shop = await Shop.Shared;
        var published = new Published();
        var pipeline = shop.Pipeline([new Inventing()], published);

        var answer = await pipeline.Answer(Some.Question(stream: true), 1, default);
        await answer.Shown;

        Assert.That(answer.Reply.Text, Does.Contain("don't know").And.Not.Contain("99"));
        Assert.That(answer.Reply.Model, Is.EqualTo("offline"));
        Assert.That(answer.Trace.Checks.Single(), Is.EqualTo(new TracedCheck("inventing", "inventing", 1, "facts", false, "figure", "99 EUR")));
        Assert.That(published.Of<ReplyDelta>().Select(delta => delta.Text), Has.None.Contains("99"));
    }

    [Test]
    public async Task After_a_refused_draft_the_next_writer_answers_and_what_was_shown_is_withdrawn()
    {
        var shop = await Shop.Shared;
        var published = new Published();
        var pipeline = shop.Pipeline([new Inventing(), new OfflineReplyWriter()], published);

        var answer = await pipeline.Answer(Some.Question(stream: true), 1, default);
        await answer.Shown;

        Assert.That(answer.Reply.Text, Is.EqualTo("On Sunday we are open from 11:00 to 15:00."));
        var reset = published.All.ToList().FindLastIndex(message => message is ReplyReset);
        Assert.That(reset, Is.GreaterThan(0));
        Assert.That(string.Concat(published.All.Skip(reset + 1).Cast<ReplyDelta>().Select(delta => delta.Text)), Is.EqualTo(answer.Reply.Text));
    }

    [Test]
    public async Task The_streamed_pieces_are_numbered_and_make_the_answer()
    {
        var published = new Published();
        var request = Some.Question("Hi! Which mugs do you have? And what does shipping to Greece cost?", stream: true);

        var answer = await (await Shop.Shared).Pipeline(deltas: published).Answer(request, 1, default);
        await answer.Shown;

        var deltas = published.Of<ReplyDelta>();
        Assert.That(deltas, Has.Count.GreaterThan(2));
        Assert.That(deltas.Select(delta => delta.Index), Is.EqualTo(Enumerable.Range(0, deltas.Count)));
        Assert.That(string.Concat(deltas.Select(delta => delta.Text)), Is.EqualTo(answer.Reply.Text));
    }

    [Test]
    public async Task Messengers_see_no_pieces()
    {
        var published = new Published();

        await (await Shop.Shared).Pipeline(deltas: published).Answer(Some.Question(stream: true) with { Channel = "whatsapp" }, 1, default);

        Assert.That(published.All, Is.Empty);
    }

    [Test]
    public async Task The_same_question_gets_the_same_answer()
    {
        var shop = await Shop.Shared;
        var first = await shop.Ask("which vases do you have?");

        Assert.That((await shop.Ask("which vases do you have?")).Text, Is.EqualTo(first.Text));
    }

    private sealed class Inventing : IReplyWriter
    {
        public string Model => "inventing";

        public Task<Draft?> Write(ReplyTask task, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
        {
            const string text = "Of course we are open. It costs 99 EUR. Anything else?";
            stream.Append(text);
            return Task.FromResult<Draft?>(new Draft(text, [], [], []));
        }
    }
}
