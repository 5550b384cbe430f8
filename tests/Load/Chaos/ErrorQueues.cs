using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Assistify.Load.Chaos;

/// <summary>Asks the broker itself what lies where nothing should.</summary>
internal static class ErrorQueues
{
    // The names are fixed by the services' messaging (docs/architecture.md).
    private static readonly string[] s_queues =
    [
        .. new[] { "ai-reply-requested", "channel-deliver-message", "analytics-events", "chat-audit", "chat-erasures", "chat-partition" }
            .SelectMany(queue => new[] { $"{queue}_error", $"{queue}_quarantine" }),
        .. Enumerable.Range(0, 16).Select(partition => $"chat-partition-{partition}_error"),
    ];

    /// <summary>Messages by queue, of those queues that exist.</summary>
    public static async Task<Dictionary<string, long>> Count(string connectionString, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(connectionString), AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var queue in s_queues)
        {
            // A queue that does not exist closes the channel.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            try
            {
                counts[queue] = (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
            }
            catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
            {
                continue;
            }
        }

        if (counts.Count == 0) throw new InvalidOperationException("The broker has none of the error queues: their names have changed.");
        return counts;
    }
}
