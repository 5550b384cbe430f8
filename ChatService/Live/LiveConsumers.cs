using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using MassTransit;
using Microsoft.AspNetCore.SignalR;

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
        context.Message.Origin == hints.Origin ? Task.CompletedTask : feed.ShowTyping(context.Message);
}

internal sealed class SomebodyLooksConsumer(ChangeHints hints, LiveFeed feed) : IConsumer<SomebodyLooks>
{
    public Task Consume(ConsumeContext<SomebodyLooks> context) =>
        context.Message.Origin == hints.Origin ? Task.CompletedTask : feed.ShowPresence(context.Message);
}

internal sealed class ConnectionAlarmedConsumer(InboxFeed inbox) : IConsumer<ConnectionAlarmed>
{
    public Task Consume(ConsumeContext<ConnectionAlarmed> context) => inbox.Notify(context.Message, context.CancellationToken);
}

internal sealed class QualityDroppedConsumer(InboxFeed inbox) : IConsumer<QualityDropped>
{
    public Task Consume(ConsumeContext<QualityDropped> context) => inbox.Notify(context.Message, context.CancellationToken);
}

/// <summary>To whoever started the job, wherever he is connected.</summary>
internal sealed class JobReadyConsumer(IHubContext<ConversationsHub> hub) : IConsumer<JobReady>
{
    public Task Consume(ConsumeContext<JobReady> context) =>
        hub.Clients.User(context.Message.AskerId.ToString())
            .SendAsync(LiveEvents.JobReady, new JobReadyView(context.Message.JobId, context.Message.Kind), context.CancellationToken);
}
