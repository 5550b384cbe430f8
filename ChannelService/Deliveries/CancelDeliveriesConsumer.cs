using Assistify.Contracts;
using MassTransit;

namespace Assistify.ChannelService.Deliveries;

/// <summary>People took over: what the assistant has not begun to send is not sent any more.</summary>
internal sealed class CancelDeliveriesConsumer(Ledger ledger, DeliveryNews news) : IConsumer<CancelDeliveries>
{
    public async Task Consume(ConsumeContext<CancelDeliveries> context)
    {
        var cancel = context.Message;
        news.Publish(await ledger.Cancel(cancel.ConversationId, cancel.WorkspaceId, cancel.BelowVersion, context.CancellationToken));
    }
}
