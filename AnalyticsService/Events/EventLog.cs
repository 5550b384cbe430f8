using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AnalyticsService.Events;

/// <summary>The table <c>events</c>: appended to, never changed. An event known already changes nothing.</summary>
public sealed class EventLog
{
    private const string Insert =
        """
        insert into events (
            occurred_at, event_id, workspace_id, conversation_id, customer_id, message_id, in_reply_to, operator_id, wait_ms, confidence,
            sentiment_score, latency_ms, type, channel, author, intent, sentiment, language, model, cost, currency, status, error_code)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
        on conflict do nothing
        """;

    private readonly NpgsqlDataSource _database;
    private readonly Batcher<EventsRecorded, bool> _batches;

    public EventLog(NpgsqlDataSource database)
    {
        _database = database;
        _batches = new Batcher<EventsRecorded, bool>(Write, maxItems: 32, pace: TimeSpan.FromMilliseconds(200));
    }

    /// <summary>Returns when the events are stored; calls that come together share one statement.</summary>
    public Task Append(EventsRecorded recorded, CancellationToken cancellationToken) => _batches.Run(recorded, cancellationToken);

    private async Task<IReadOnlyList<bool>> Write(IReadOnlyList<EventsRecorded> batch, CancellationToken cancellationToken)
    {
        // In the order of their ids, so that two replicas with the same events wait for each other instead of blocking each other.
        var events = batch.SelectMany(recorded => recorded.Events).OrderBy(e => e.EventId).ToArray();
        if (events.Length > 0)
        {
            await using var command = _database.CreateCommand(Insert);
            foreach (var parameter in Columns(events)) command.Parameters.Add(parameter);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return new bool[batch.Count];
    }

    private static IEnumerable<NpgsqlParameter> Columns(RecordedEvent[] events)
    {
        yield return Column(events, NpgsqlDbType.TimestampTz, e => e.OccurredAt.UtcDateTime);
        yield return Column(events, NpgsqlDbType.Uuid, e => e.EventId);
        yield return Column(events, NpgsqlDbType.Uuid, e => e.WorkspaceId);
        yield return Column(events, NpgsqlDbType.Uuid, e => e.ConversationId);
        yield return Column(events, NpgsqlDbType.Uuid, e => e.CustomerId);
        yield return Column(events, NpgsqlDbType.Uuid, e => e.MessageId);
        yield return Column(events, NpgsqlDbType.Uuid, e => e.Details.InReplyTo);
        yield return Column(events, NpgsqlDbType.Uuid, e => e.Details.OperatorId);
        yield return Column(events, NpgsqlDbType.Bigint, e => e.Details.WaitMs);
        yield return Column(events, NpgsqlDbType.Double, e => e.Details.Confidence);
        yield return Column(events, NpgsqlDbType.Double, e => e.Details.SentimentScore);
        yield return Column(events, NpgsqlDbType.Integer, e => e.Details.LatencyMs);
        yield return Column(events, NpgsqlDbType.Text, e => e.Type);
        yield return Column(events, NpgsqlDbType.Text, e => e.Channel);
        yield return Column(events, NpgsqlDbType.Text, e => Name(e.Details.Author));
        yield return Column(events, NpgsqlDbType.Text, e => e.Details.Intent);
        yield return Column(events, NpgsqlDbType.Text, e => e.Details.Sentiment);
        yield return Column(events, NpgsqlDbType.Text, e => e.Details.Language);
        yield return Column(events, NpgsqlDbType.Text, e => e.Details.Model);
        yield return Column(events, NpgsqlDbType.Numeric, e => e.Details.Cost);
        yield return Column(events, NpgsqlDbType.Text, e => e.Details.Currency);
        yield return Column(events, NpgsqlDbType.Text, e => e.Details.Status);
        yield return Column(events, NpgsqlDbType.Text, e => e.Details.ErrorCode);
    }

    private static NpgsqlParameter<T[]> Column<T>(RecordedEvent[] events, NpgsqlDbType type, Converter<RecordedEvent, T> value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = Array.ConvertAll(events, value) };

    private static string? Name(Author? author) => author switch
    {
        Author.Customer => "customer",
        Author.Assistant => "assistant",
        Author.Agent => "agent",
        Author.System => "system",
        _ => null,
    };
}
