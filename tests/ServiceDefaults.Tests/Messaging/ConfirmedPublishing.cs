using Assistify.Contracts;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assistify.ServiceDefaults.Tests.Messaging;

internal static class ConfirmedPublishing
{
    /// <summary>Publishes again and again, since the service may still be declaring its queues, or the broker be gone.</summary>
    public static async Task PublishUntilConfirmed(this IHost service, object message, CancellationToken cancellationToken)
    {
        var bus = service.Services.GetRequiredService<IBus>();
        while (true)
        {
            try
            {
                await bus.PublishConfirmed(message, cancellationToken);
                return;
            }
            catch (BrokerUnavailableException)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }
}
