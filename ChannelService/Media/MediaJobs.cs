using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChannelService.Media;

/// <param name="Attempts">Those at the provider, this one counted.</param>
/// <param name="Partition">The person's; null for jobs of earlier versions.</param>
internal sealed record MediaJob(
    Guid MessageId, Guid WorkspaceId, Guid ConnectionId, Attachment Attachment, int Attempts, DateTimeOffset CreatedAt, int? Partition);

/// <summary>The table <c>media_jobs</c>.</summary>
internal sealed class MediaJobs(NpgsqlDataSource database, Signals signals, TimeProvider time)
{
    /// <summary>Nobody else takes a job meanwhile; a job whose worker died is taken again afterwards.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>Notes what of the message is still with the provider. Known jobs change nothing.</summary>
    public async Task Add(ChannelConnection connection, PersonItem item, CancellationToken cancellationToken)
    {
        var content = item switch { InboundItem inbound => inbound.Content, EchoItem echo => echo.Content, _ => null };
        var kept = content?.Attachments?.Where(attachment => attachment.IsToBeStored()).ToList();
        if (kept is null or []) return;

        var now = time.GetUtcNow();
        await using var batch = database.CreateBatch();
        foreach (var attachment in kept)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                """
                INSERT INTO media_jobs (message_id, attachment_id, workspace_id, connection_id, attachment, next_attempt_at, created_at, partition)
                VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT DO NOTHING
                """)
            {
                Parameters =
                {
                    Sql.Value(item.IdOn(connection)),
                    Sql.Value(attachment.Id),
                    Sql.Value(connection.WorkspaceId),
                    Sql.Value(connection.Id),
                    new() { Value = StorableText.From(JsonSerializer.Serialize(attachment, Json.Options)), NpgsqlDbType = NpgsqlDbType.Jsonb },
                    Sql.Time(now),
                    Sql.Value((short)Partition.For(connection.Id, item.Person.Value)),
                },
            });
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);
        signals.Media.Set();
    }

    /// <summary>The customer took the message back.</summary>
    public async Task Forget(Guid messageId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM media_jobs WHERE message_id = $1");
        command.Parameters.Add(Sql.Value(messageId));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<MediaJob>> Claim(int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand(
            """
            WITH due AS (
                SELECT message_id, attachment_id FROM media_jobs WHERE NOT failed AND next_attempt_at <= $1
                ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED)
            UPDATE media_jobs j SET attempts = j.attempts + 1, next_attempt_at = $2 FROM due
            WHERE j.message_id = due.message_id AND j.attachment_id = due.attachment_id
            RETURNING j.message_id, j.workspace_id, j.connection_id, j.attachment::text, j.attempts, j.created_at, j.partition
            """);
        command.Parameters.Add(Sql.Time(now));
        command.Parameters.Add(Sql.Time(now + Lease));
        command.Parameters.Add(Sql.Value(limit));
        var jobs = new List<MediaJob>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            jobs.Add(new MediaJob(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), JsonSerializer.Deserialize<Attachment>(reader.GetString(3), Json.Options)!,
                reader.GetInt32(4), reader.GetFieldValue<DateTimeOffset>(5), reader.IsDBNull(6) ? null : reader.GetInt16(6)));
        }
        return jobs;
    }

    public Task Done(MediaJob job, CancellationToken cancellationToken) =>
        Write("DELETE FROM media_jobs WHERE message_id = $1 AND attachment_id = $2", job, cancellationToken);

    /// <param name="counts">Whether the attempt was one at the provider.</param>
    public Task Postpone(MediaJob job, TimeSpan wait, string error, bool counts, CancellationToken cancellationToken) =>
        Write(
            "UPDATE media_jobs SET next_attempt_at = $3, error = $4, attempts = attempts - $5 WHERE message_id = $1 AND attachment_id = $2", job,
            cancellationToken, Sql.Time(time.GetUtcNow() + wait), Sql.Text(error), Sql.Value(counts ? 0 : 1));

    public Task Fail(MediaJob job, string error, CancellationToken cancellationToken) =>
        Write(
            "UPDATE media_jobs SET failed = true, error = $3, attachment = attachment - 'source' - 'externalId' WHERE message_id = $1 AND attachment_id = $2", job,
            cancellationToken, Sql.Text(error));

    private async Task Write(string sql, MediaJob job, CancellationToken cancellationToken, params NpgsqlParameter[] more)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(Sql.Value(job.MessageId));
        command.Parameters.Add(Sql.Value(job.Attachment.Id));
        command.Parameters.AddRange(more);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
