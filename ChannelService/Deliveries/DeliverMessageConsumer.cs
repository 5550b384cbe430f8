using Assistify.Contracts;
using MassTransit;

namespace Assistify.ChannelService.Deliveries;

/// <summary>A message for a customer: into the ledger, then acknowledged. Sending is the senders' work.</summary>
internal sealed class DeliverMessageConsumer(DeliveryIntake intake) : IConsumer<DeliverMessage>
{
    public Task Consume(ConsumeContext<DeliverMessage> context) => intake.Accept(context.Message, context.CancellationToken);
}
