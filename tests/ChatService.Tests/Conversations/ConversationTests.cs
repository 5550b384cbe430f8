using Assistify.ChatService.Conversations;
using NUnit.Framework;

namespace Assistify.ChatService.Tests.Conversations;

public class ConversationTests
{
    private static readonly DateTimeOffset s_now = Some.Moment;
    private static readonly TimeSpan s_burst = TimeSpan.FromMilliseconds(1_200);
    private readonly Guid _operator = Guid.NewGuid();

    [Test]
    public void Each_message_of_a_burst_moves_the_due_time_but_at_most_six_seconds_after_the_first()
    {
        var conversation = Some.Conversation();

        Write(conversation, s_now, s_burst);
        Assert.That(conversation.DueAt, Is.EqualTo(s_now + s_burst));

        Write(conversation, s_now.AddSeconds(1), s_burst);
        Assert.That(conversation.DueAt, Is.EqualTo(s_now.AddSeconds(1) + s_burst));

        Write(conversation, s_now.AddSeconds(5.5), s_burst);
        Assert.That(conversation.DueAt, Is.EqualTo(s_now.AddSeconds(6)));
    }

    [Test]
    public void Without_a_burst_wait_the_assistant_is_asked_at_once_and_again_after_half_a_minute()
    {
        var conversation = Some.Conversation();

        var effects = Write(conversation, s_now, TimeSpan.Zero);

        Assert.That(effects, Is.EqualTo(Effects.Ask));
        Assert.That(conversation.DueAt, Is.EqualTo(s_now.AddSeconds(30)));
        Assert.That(conversation.IsAsked);
    }

    [Test]
    public void A_message_makes_the_outstanding_request_obsolete()
    {
        var conversation = Some.Conversation();
        Write(conversation, s_now, TimeSpan.Zero);

        var effects = Write(conversation, s_now.AddSeconds(1), TimeSpan.Zero);

        Assert.That(effects, Is.EqualTo(Effects.Ask | Effects.TurnMoved));
        Assert.That(conversation.AcceptAnswer(1, false, s_now), Is.False);
        Assert.That(conversation.AcceptAnswer(2, false, s_now));
    }

    [Test]
    public void Taking_over_cancels_what_is_under_way_and_no_answer_is_accepted_any_more()
    {
        var conversation = Some.Conversation();
        Write(conversation, s_now, TimeSpan.Zero);

        var effects = conversation.TakeOver(_operator, "Eve", s_now);

        Assert.That(effects, Is.EqualTo(Effects.TurnMoved | Effects.CancelDeliveries | Effects.Understand));
        Assert.That(conversation.AcceptAnswer(1, false, s_now), Is.False);
        Assert.That(conversation.AcceptAnswer(2, false, s_now), Is.False);
        Assert.That(conversation.DueAt, Is.Null);
        Assert.That(conversation.AssigneeId, Is.EqualTo(_operator));
    }

    [Test]
    public void Handing_back_an_unanswered_conversation_asks_at_once()
    {
        var conversation = Some.Conversation();
        Write(conversation, s_now, TimeSpan.Zero);
        conversation.TakeOver(_operator, "Eve", s_now);

        Assert.That(conversation.HandBack(s_now), Is.EqualTo(Effects.TurnMoved | Effects.Ask));
        Assert.That(conversation.AcceptAnswer(conversation.Version, false, s_now));
    }

    [Test]
    public void Handing_back_an_answered_conversation_asks_nothing()
    {
        var conversation = Some.Conversation();
        Write(conversation, s_now, TimeSpan.Zero);
        conversation.ReplyAsOperator(_operator, "Eve", s_now);

        Assert.That(conversation.HandBack(s_now), Is.EqualTo(Effects.TurnMoved));
        Assert.That(conversation.DueAt, Is.Null);
    }

    [Test]
    public void An_answer_that_hands_over_is_stored_and_then_people_have_the_turn()
    {
        var conversation = Some.Conversation();
        Write(conversation, s_now, TimeSpan.Zero);

        Assert.That(conversation.AcceptAnswer(1, handOver: true, s_now));

        Assert.That(conversation.Turn, Is.EqualTo(TurnHolder.Agent));
        Assert.That(conversation.Status, Is.EqualTo(ConversationStatus.Pending));
        Assert.That(conversation.Version, Is.EqualTo(2));
        Assert.That(conversation.Sequence, Is.EqualTo(2));
    }

    [Test]
    public void A_failure_gives_the_turn_to_people_and_the_customer_still_waits()
    {
        var conversation = Some.Conversation();
        Write(conversation, s_now, TimeSpan.Zero);

        Assert.That(conversation.AcceptFailure(1, s_now));

        Assert.That(conversation.Turn, Is.EqualTo(TurnHolder.Agent));
        Assert.That(conversation.IsUnanswered);
        Assert.That(conversation.HandBack(s_now) & Effects.Ask, Is.EqualTo(Effects.Ask));
    }

    [Test]
    public void While_people_hold_the_turn_messages_are_only_understood()
    {
        var conversation = Some.Conversation();
        conversation.TakeOver(_operator, "Eve", s_now);

        Assert.That(Write(conversation, s_now, TimeSpan.Zero), Is.EqualTo(Effects.Understand));
        Assert.That(conversation.DueAt, Is.Null);
    }

    [Test]
    public void Closing_clears_the_due_time_and_the_answer_is_not_wanted_any_more()
    {
        var conversation = Some.Conversation();
        Write(conversation, s_now, TimeSpan.Zero);

        conversation.Close("solved", s_now);

        Assert.That(conversation.DueAt, Is.Null);
        Assert.That(conversation.AcceptAnswer(1, false, s_now), Is.False);
        Assert.Throws<InvalidOperationException>(() => Write(conversation, s_now, TimeSpan.Zero));
    }

    private static Effects Write(Conversation conversation, DateTimeOffset at, TimeSpan burst) =>
        conversation.ReceiveCustomerMessage(Guid.NewGuid(), at, burst, at);
}
