using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using MassTransit;

namespace Assistify.ChatService.Live;

/// <summary>What another replica committed.</summary>
internal sealed class ConversationsChangedConsumer(ChangeHints hints) : IConsumer<ConversationsChanged>
{
    public Task Consume(ConsumeContext<ConversationsChanged> context)
    {
        if (context.Message.Origin != hints.Origin) hints.Raise(context.Message.Changes);
        return Task.CompletedTask;
    }
}

internal sealed class ReplyDeltaConsumer(ChangeHints hints, LiveFeed feed) : IConsumer<ReplyDelta>
{
    public Task Consume(ConsumeContext<ReplyDelta> context)
    {
        hints.Raise(context.Message);
        return feed.Show(context.Message);
    }
}

internal sealed class ReplyResetConsumer(ChangeHints hints, LiveFeed feed) : IConsumer<ReplyReset>
{
    public Task Consume(ConsumeContext<ReplyReset> context)
    {
        hints.Raise(context.Message);
        return feed.Show(context.Message);
    }
}

internal sealed class SomebodyTypesConsumer(ChangeHints hints, LiveFeed feed) : IConsumer<SomebodyTypes>
{
    public Task Consume(ConsumeContext<SomebodyTypes> context) =>
        context.Message.Origin == hints.Origin ? Task.CompletedTask : feed.ShowTyping(context.Message.ConversationId, context.Message.Who);
}
