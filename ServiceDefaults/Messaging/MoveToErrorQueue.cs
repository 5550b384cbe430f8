using System.Globalization;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Moves what failed for good, or what no consumer understands, to the error queue, unchanged, with the reason in its headers.
/// The bus's own way declares error queues with the arguments of the work queue (its dead-lettering and single consumer too), which are wrong for them.
/// </summary>
internal sealed class MoveToErrorQueue(string queue) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    public const string ReasonHeader = "assistify-error";
    public const string FromHeader = "assistify-from";

    /// <summary>An exception's text may quote the message, so its type must do.</summary>
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await Move(context, context.Exception.GetBaseException().GetType().Name);
        await next.Send(context);
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        // What could not even be read passes both ways.
        if (!context.HasPayloadType(typeof(Moved)))
            await Move(context, "No consumer understands this message.");
        await next.Send(context);
    }

    /// <summary>The properties of a message that is moved from <paramref name="queue"/> for this reason.</summary>
    public static BasicProperties Describe(IReadOnlyBasicProperties properties, string reason, string queue) => new(properties)
    {
        Persistent = true,
        Expiration = null,
        Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>())
        {
            [ReasonHeader] = reason,
            [FromHeader] = queue,
            ["assistify-failed-at"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        },
    };

    public void Probe(ProbeContext context) => context.CreateFilterScope("moveToErrorQueue");

    private async Task Move(ReceiveContext context, string reason)
    {
        var delivery = context.GetPayload<RabbitMqBasicConsumeContext>();
        var properties = Describe(delivery.Properties, reason, context.InputAddress.AbsolutePath.Trim('/'));
        await context.GetPayload<ChannelContext>().BasicPublishAsync("", queue, mandatory: true, properties, context.GetBody(), awaitAck: true);
        context.GetOrAddPayload(static () => new Moved());
    }

    private sealed class Moved;
}
