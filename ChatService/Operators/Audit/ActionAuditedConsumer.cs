using Assistify.Contracts;
using MassTransit;

namespace Assistify.ChatService.Operators.Audit;

/// <summary>Somebody did something in another service that the audit log must name.</summary>
internal sealed class ActionAuditedConsumer(AuditLog log) : IConsumer<ActionAudited>
{
    public Task Consume(ConsumeContext<ActionAudited> context) => log.Add(context.Message, context.CancellationToken);
}
