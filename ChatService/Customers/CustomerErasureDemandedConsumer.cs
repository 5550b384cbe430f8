using Assistify.Contracts;
using MassTransit;

namespace Assistify.ChatService.Customers;

/// <summary>A provider demands that a customer be forgotten: nobody has to press a button for that. Who is unknown, or forgotten already, needs nothing.</summary>
internal sealed partial class CustomerErasureDemandedConsumer(CustomerEraser eraser, ILogger<CustomerErasureDemandedConsumer> logger) : IConsumer<CustomerErasureDemanded>
{
    public async Task Consume(ConsumeContext<CustomerErasureDemanded> context)
    {
        var demand = context.Message;
        if (await eraser.Find(demand.WorkspaceId, demand.Kind, demand.Value, context.CancellationToken) is not { } customer) return;
        if (await eraser.Erase(demand.WorkspaceId, customer, context.CancellationToken)) LogErased(customer, demand.ConnectionId);
    }

    [LoggerMessage(LogLevel.Information, "Customer {CustomerId} was erased on the demand of the provider of connection {ConnectionId}")]
    private partial void LogErased(Guid customerId, Guid connectionId);
}
