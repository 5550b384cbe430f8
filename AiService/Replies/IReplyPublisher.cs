using Assistify.Contracts;
using Assistify.ServiceDefaults;
using MassTransit;

namespace Assistify.AiService.Replies;

/// <summary>What the service tells ChatService; each call returns when the broker has it.</summary>
internal interface IReplyPublisher
{
    Task Publish(ReplyGenerated reply, CancellationToken cancellationToken);

    Task Publish(MessagesUnderstood understood, CancellationToken cancellationToken);

    Task Publish(ReplyFailed failed, CancellationToken cancellationToken);
}

internal sealed class BusPublisher(IBus bus) : IReplyPublisher, IDeltaPublisher
{
    public Task Publish(ReplyGenerated reply, CancellationToken cancellationToken) => bus.PublishConfirmed(reply, cancellationToken);

    public Task Publish(MessagesUnderstood understood, CancellationToken cancellationToken) => bus.PublishConfirmed(understood, cancellationToken);

    public Task Publish(ReplyFailed failed, CancellationToken cancellationToken) => bus.PublishConfirmed(failed, cancellationToken);

    public Task Publish(ReplyDelta delta, CancellationToken cancellationToken) => bus.PublishTransient(delta, cancellationToken);

    public Task Publish(ReplyReset reset, CancellationToken cancellationToken) => bus.PublishTransient(reset, cancellationToken);
}
