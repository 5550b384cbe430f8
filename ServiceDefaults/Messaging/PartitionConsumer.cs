using System.Diagnostics;
using System.Text.Json;
using Assistify.Contracts;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Consumes one queue through a channel of its own and hands the messages to <see cref="PartitionLanes"/> in the queue's order.
/// Leaving closes the channel instead of cancelling the consumer: a cancelled consumer keeps what is under way while the broker
/// already gives the next messages to the next replica. Of a closed channel the broker puts everything unacknowledged back in
/// front of the queue, in the same step in which the next consumer becomes the active one; what the old owner still commits of
/// it are the same messages in the same order.
/// <para>
/// Nothing waits in here for a message to be handled: the broker's client reads no frame of the whole connection while a channel
/// that closes has a delivery under way.
/// </para>
/// </summary>
internal sealed partial class PartitionConsumer : AsyncDefaultBasicConsumer
{
    private static readonly ActivitySource s_source = new("Assistify.Messaging");

    private readonly string _queue;
    private readonly PartitionMessages _messages;
    private readonly PartitionLanes _lanes;
    private readonly Action _ended;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _settled = [];
    private ulong _firstUnsettled = 1;
    private ulong _acknowledged;
    private bool _isAcknowledging;
    private volatile bool _isCancelled;

    private PartitionConsumer(IChannel channel, string queue, PartitionMessages messages, PartitionLanes lanes, Action ended, ILogger logger) : base(channel) =>
        (_queue, _messages, _lanes, _ended, _logger) = (queue, messages, lanes, ended, logger);

    /// <summary>Whether it can still consume and acknowledge.</summary>
    public bool IsOpen => Channel.IsOpen && !_isCancelled;

    /// <param name="prefetch">Most messages under way at the same time.</param>
    /// <param name="ended">Called when the broker ends it, perhaps several times.</param>
    /// <exception cref="RabbitMQ.Client.Exceptions.RabbitMQClientException">The broker refuses or is gone.</exception>
    public static async Task<PartitionConsumer> Start(
        IConnection connection, string queue, ushort prefetch, PartitionMessages messages, PartitionLanes lanes, Action ended, ILogger logger,
        CancellationToken cancellationToken)
    {
        // The order of the queue is kept by handing out one delivery after the other.
        var options = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, consumerDispatchConcurrency: 1);
        var channel = await connection.CreateChannelAsync(options, cancellationToken);
        await channel.BasicQosAsync(prefetchSize: 0, prefetch, global: false, cancellationToken);
        var consumer = new PartitionConsumer(channel, queue, messages, lanes, ended, logger);
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        return consumer;
    }

    /// <summary>Completes when the broker has closed the channel; messages may still be under way in the lanes.</summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.RabbitMQClientException">The broker is gone.</exception>
    /// <exception cref="OperationCanceledException">The broker does not answer.</exception>
    public async Task Close()
    {
        // Not disposed: the broker has nothing of it any more, and the client may still be telling its listeners.
        if (Channel.IsOpen)
            await Channel.CloseAsync();
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // The client reuses the memory; what fails goes to the error queue as it came.
        var copy = body.ToArray();
        try
        {
            if (_messages.Read(copy) is { } message)
            {
                var activity = Begin(PartitionMessages.TraceOf(properties));
                var trace = activity?.Context ?? default;
                // Who handles them knows single messages only.
                IReadOnlyList<IPartitioned> messages = message is CustomerMessagesReceived many ? many.Messages : [message];
                var items = messages.Select(one => new PartitionMessage(one, message.Partition, trace)).ToList();
                _lanes.Add(new PartitionDelivery(this, deliveryTag, message.Partition, items, properties, copy, activity));
            }
            else
            {
                _ = MoveToErrors(deliveryTag, properties, copy, "No consumer understands this message.");
            }
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            _ = MoveToErrors(deliveryTag, properties, copy, exception.GetType().Name);
        }

        return Task.CompletedTask;
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _ended();
        return Task.CompletedTask;
    }

    /// <summary>The broker cancels a consumer whose queue is gone or has lost its leader.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _isCancelled = true;
        _ended();
        return Task.CompletedTask;
    }

    /// <summary>Acknowledges the delivery, after a copy is in the error queue where <paramref name="failure"/> says why.</summary>
    public void Settle(PartitionDelivery delivery, Exception? failure)
    {
        if (failure is null)
            Settle(delivery.Tag);
        else
            _ = MoveToErrors(delivery.Tag, delivery.Properties, delivery.Body, failure.GetBaseException().GetType().Name);
    }

    private async Task MoveToErrors(ulong tag, IReadOnlyBasicProperties properties, byte[] body, string reason)
    {
        try
        {
            await Channel.BasicPublishAsync("", Queues.ErrorsOf(_queue), mandatory: true, MoveToErrorQueue.Describe(properties, reason, _queue), body);
            Settle(tag);
        }
        catch (Exception exception)
        {
            await GiveUp(exception);
        }
    }

    private void Settle(ulong tag)
    {
        lock (_lock)
        {
            _settled.Add(tag);
            while (_settled.Remove(_firstUnsettled))
                _firstUnsettled++;
            if (_isAcknowledging || _firstUnsettled - 1 == _acknowledged)
                return;
            _isAcknowledging = true;
        }

        // Not here: until it gets its turn, the rest of the batch is settled too and goes with it.
        _ = Task.Run(Acknowledge);
    }

    private async Task Acknowledge()
    {
        try
        {
            while (true)
            {
                ulong all;
                lock (_lock)
                {
                    all = _firstUnsettled - 1;
                    if (all == _acknowledged)
                    {
                        _isAcknowledging = false;
                        return;
                    }

                    _acknowledged = all;
                }

                await Channel.BasicAckAsync(all, multiple: true);
            }
        }
        catch (Exception exception)
        {
            await GiveUp(exception);
        }
    }

    /// <summary>What cannot be acknowledged must come again, and comes only through another channel.</summary>
    private async Task GiveUp(Exception exception)
    {
        if (!IsOpen)
            return;
        LogGivenUp(_queue, exception.GetType().Name);
        _isCancelled = true;
        _ended();
        await Channel.AbortAsync();
    }

    private Activity? Begin(ActivityContext trace)
    {
        if (trace == default)
            return null;
        var current = Activity.Current;
        var activity = s_source.StartActivity($"{_queue} process", ActivityKind.Consumer, trace);
        Activity.Current = current;
        return activity;
    }

    [LoggerMessage(LogLevel.Warning, "{Queue} is consumed anew, since its messages could not be acknowledged ({Reason})")]
    private partial void LogGivenUp(string queue, string reason);
}
