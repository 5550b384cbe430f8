using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assistify.Contracts;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>A message that no consumer could handle.</summary>
/// <param name="Id">Derived from the queue and the content; the broker knows no other.</param>
/// <param name="From">The work queue that it was in; null where nothing says so.</param>
/// <param name="Type">Of the message, such as <c>DeliverMessage</c>; null where it cannot be read.</param>
/// <param name="Error">The type of the exception, or how it died.</param>
/// <param name="WorkspaceId">Whose it is; null where the message names none.</param>
public sealed record DeadMessage(Guid Id, string Queue, string? From, string? Type, string Error, DateTimeOffset? FailedAt, Guid? WorkspaceId);

/// <summary>What is in the error queues. Nobody consumes them; they are looked into and put in order by people.</summary>
public interface IErrorQueues
{
    /// <summary>The oldest messages of each error queue. They stay there.</summary>
    /// <exception cref="BrokerUnavailableException">The broker cannot be asked now.</exception>
    Task<IReadOnlyList<DeadMessage>> Peek(CancellationToken cancellationToken);

    /// <summary>Puts a message back into its work queue, unchanged.</summary>
    /// <returns>False where it is not there any more, or nothing says where it came from.</returns>
    /// <exception cref="BrokerUnavailableException">The broker cannot be asked now; the message is in its error queue, and perhaps in the work queue too.</exception>
    Task<bool> Replay(Guid id, CancellationToken cancellationToken);

    /// <returns>False where it is not there any more.</returns>
    /// <exception cref="BrokerUnavailableException">The broker cannot be asked now.</exception>
    Task<bool> Drop(Guid id, CancellationToken cancellationToken);
}

/// <summary>
/// Takes messages without acknowledging them and returns them by closing the channel, a bounded number of each queue. Returning
/// counts as a delivery, and newer brokers drop what was delivered too often: before that, a message is written anew.
/// </summary>
internal sealed class ErrorQueues(MessagingSettings settings) : IErrorQueues
{
    private const int MostOfAQueue = 200;
    private const long RewriteAfter = 8;
    private const string FailedAtHeader = "assistify-failed-at";

    private static readonly string[] s_queues =
    [
        .. new[] { Queues.Deliveries, Queues.PartitionQuarantine, Queues.ReplyRequests, Queues.EventLog, Queues.AuditLog, Queues.Erasures }.Select(Queues.ErrorsOf),
    ];

    private static readonly HashSet<string> s_workQueues =
        [Queues.Deliveries, Queues.ReplyRequests, Queues.EventLog, Queues.AuditLog, Queues.Erasures, .. Queues.Partitions];

    public async Task<IReadOnlyList<DeadMessage>> Peek(CancellationToken cancellationToken)
    {
        var found = new List<DeadMessage>();
        await Look((queue, message, _) =>
        {
            found.Add(Read(queue, message));
            return Task.FromResult(true);
        }, cancellationToken);
        return found;
    }

    public async Task<bool> Replay(Guid id, CancellationToken cancellationToken)
    {
        var done = false;
        await Look(async (queue, message, channel) =>
        {
            if (Read(queue, message) is not { } dead || dead.Id != id) return true;
            if (dead.From is null) return false;

            var headers = new Dictionary<string, object?>(message.BasicProperties.Headers ?? new Dictionary<string, object?>());
            foreach (var name in headers.Keys.Where(IsOfTheWay).ToList()) headers.Remove(name);
            var properties = new BasicProperties(message.BasicProperties) { Persistent = true, Headers = headers };
            await channel.BasicPublishAsync("", dead.From, mandatory: true, properties, message.Body, cancellationToken);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
            done = true;
            return false;
        }, cancellationToken);
        return done;
    }

    public async Task<bool> Drop(Guid id, CancellationToken cancellationToken)
    {
        var done = false;
        await Look(async (queue, message, channel) =>
        {
            if (Read(queue, message).Id != id) return true;
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
            done = true;
            return false;
        }, cancellationToken);
        return done;
    }

    /// <param name="visit">Called for each message; false ends the looking.</param>
    private async Task Look(Func<string, BasicGetResult, IChannel, Task<bool>> visit, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await settings.Connect("error queues", cancellationToken);
            foreach (var queue in s_queues)
            {
                // Published is confirmed before the original is acknowledged: a message is there twice rather than never.
                await using var channel = await connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
                var goOn = true;
                var worn = new List<BasicGetResult>();
                for (var count = 0; goOn && count < MostOfAQueue && await channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is { } message; count++)
                {
                    goOn = await visit(queue, message, channel);
                    if (goOn && Deliveries(message) >= RewriteAfter) worn.Add(message);
                }

                // Only now: what is written anew comes at the queue's end.
                foreach (var message in worn) await Rewrite(queue, message, channel, cancellationToken);

                await channel.CloseAsync(cancellationToken);
                if (!goOn) return;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (Failures.IsUnavailable(exception) || exception is TimeoutException or OperationCanceledException))
        {
            throw new BrokerUnavailableException("The message broker cannot be asked now.", exception);
        }
    }

    private static async Task Rewrite(string queue, BasicGetResult message, IChannel channel, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, object?>(message.BasicProperties.Headers ?? new Dictionary<string, object?>());
        headers.Remove(DeliveryCount);
        await channel.BasicPublishAsync(
            "", queue, mandatory: true, new BasicProperties(message.BasicProperties) { Persistent = true, Headers = headers }, message.Body, cancellationToken);
        await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
    }

    private const string DeliveryCount = "x-delivery-count";

    private static long Deliveries(BasicGetResult message) =>
        message.BasicProperties.Headers?.TryGetValue(DeliveryCount, out var count) == true ? Convert.ToInt64(count, System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static bool IsOfTheWay(string header) =>
        header.StartsWith("assistify-", StringComparison.Ordinal) || header is "x-death" or DeliveryCount
        || header.StartsWith("x-first-death", StringComparison.Ordinal) || header.StartsWith("x-last-death", StringComparison.Ordinal);

    private static DeadMessage Read(string queue, BasicGetResult message)
    {
        // What failed in quarantine came from the queue where it died first.
        var from = new[] { MoveToErrorQueue.FromHeader, "x-first-death-queue" }.Select(header => Header(message, header)?.Split('/')[^1]).FirstOrDefault(s_workQueues.Contains!);
        var (type, workspaceId) = ReadEnvelope(message.Body.Span);
        var content = Convert.ToHexString(SHA256.HashData(message.Body.Span));
        return new DeadMessage(
            Identifiers.Derive($"dead/{queue}/{content}"), queue, from, type,
            Header(message, MoveToErrorQueue.ReasonHeader) ?? Header(message, "x-first-death-reason") ?? "unknown",
            DateTimeOffset.TryParse(Header(message, FailedAtHeader), System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : null, workspaceId);
    }

    private static string? Header(BasicGetResult message, string name) =>
        message.BasicProperties.Headers?.TryGetValue(name, out var value) == true
            ? value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), string text => text, _ => null }
            : null;

    // { "messageType": ["urn:message:Assistify.Contracts:DeliverMessage"], "message": { "workspaceId": "…" } }
    private static (string? Type, Guid? WorkspaceId) ReadEnvelope(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var type = root.GetProperty("messageType")[0].GetString()?.Split(':')[^1];
            return root.GetProperty("message").TryGetProperty("workspaceId", out var workspace) && workspace.TryGetGuid(out var id) ? (type, id) : (type, null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return (null, null);
        }
    }
}
