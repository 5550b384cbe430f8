using Assistify.Contracts;
using MassTransit;

namespace Assistify.AiService.Replies;

/// <summary>A conversation's turn moved on: whatever this replica is writing for an earlier version of it ends.</summary>
internal sealed class TurnMovedConsumer(RunningReplies running) : IConsumer<TurnMoved>
{
    public Task Consume(ConsumeContext<TurnMoved> context)
    {
        running.Move(context.Message.ConversationId, context.Message.Version);
        return Task.CompletedTask;
    }
}
