using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistify.ServiceDefaults;

internal static class PauseWhenUnavailableExtensions
{
    /// <summary>Must stand outside of the bounded retries: what passes by itself never uses them up.</summary>
    public static void UsePauseWhenUnavailable(this IConsumePipeConfigurator endpoint, IServiceProvider services) =>
        endpoint.UseFilter(new PauseWhenUnavailable(
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<PauseWhenUnavailable>>()));
}

/// <summary>
/// While a server that the consumer needs cannot be reached, the message waits here, unacknowledged, and is tried again without limit,
/// until the channel closes that brought it. Then the broker delivers it again, and waiting on would only do harm: the broker's client waits
/// for all that its connection brought before it says that the connection is gone, and so no new one would ever be made.
/// </summary>
internal sealed partial class PauseWhenUnavailable(TimeProvider time, ILogger<PauseWhenUnavailable> logger) : IFilter<ConsumeContext>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(3);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause * 2 < s_longest ? pause * 2 : s_longest)
        {
            try
            {
                await next.Send(context);
                return;
            }
            catch (Exception exception) when (Failures.IsUnavailable(exception) && !context.CancellationToken.IsCancellationRequested)
            {
                if (!context.ReceiveContext.GetPayload<ChannelContext>().Channel.IsOpen)
                    return;
                LogPaused(exception.GetBaseException().GetType().Name, context.ReceiveContext.InputAddress.AbsolutePath);
                await Task.Delay(pause, time, context.CancellationToken);
            }
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("pauseWhenUnavailable");

    [LoggerMessage(LogLevel.Warning, "A server cannot be reached ({Reason}); {Queue} pauses and tries again")]
    private partial void LogPaused(string reason, string queue);
}
