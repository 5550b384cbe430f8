using System.Globalization;
using Assistify.ChannelService.Deliveries;
using Npgsql;

namespace Assistify.ChannelService.Operations;

/// <summary>Finds deliveries that somebody should look at, the oldest first.</summary>
internal sealed class ProblemStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>What is not on its way after this long is stuck.</summary>
    internal static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(2);

    public static readonly IReadOnlyList<string> Kinds = ["stuck", "failed", "unknown", "dead"];

    // An unknown one is told as such once its provider was asked in vain.
    private static string Condition(string kind) => kind switch
    {
        "stuck" => "d.status IN (0, 1) AND d.created_at < $4 AND (d.status = 0 OR d.lease_until < $5)",
        "failed" => "d.status = 6",
        _ => "d.status IN (2, 8)",
    };

    public async Task<IReadOnlyList<ProblemView>> List(
        Guid workspaceId, string kind, (DateTimeOffset At, Guid Id)? after, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var command = database.CreateCommand(
            $"""
            SELECT d.delivery_id, min(d.status), min(d.conversation_id::text)::uuid, min(d.connection_id::text)::uuid, max(d.attempt), min(d.error_code), min(d.error),
                d.created_at, max(d.updated_at), min(d.next_attempt_at) FILTER (WHERE d.status = 0)
            FROM deliveries d
            WHERE d.workspace_id = $1 AND {Condition(kind)} AND ($2::timestamptz IS NULL OR (d.created_at, d.delivery_id) > ($2, $3))
            GROUP BY d.delivery_id, d.created_at
            ORDER BY d.created_at, d.delivery_id LIMIT $6
            """);
        command.Parameters.Add(Sql.Value(workspaceId));
        command.Parameters.Add(Sql.Time(after?.At));
        command.Parameters.Add(Sql.Value(after?.Id ?? Guid.Empty));
        command.Parameters.Add(Sql.Time(now - StuckAfter));
        command.Parameters.Add(Sql.Time(now));
        command.Parameters.Add(Sql.Value(limit));
        var found = new List<ProblemView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var status = (LedgerStatus)reader.GetInt16(1);
            found.Add(new ProblemView(
                reader.GetGuid(0), kind, status.ToString().ToLowerInvariant(), reader.GetGuid(2), reader.GetGuid(3), reader.GetInt32(4), Text(5), Text(6),
                status is LedgerStatus.Unknown or LedgerStatus.Unsettled or LedgerStatus.Sending, reader.GetFieldValue<DateTimeOffset>(7), reader.GetFieldValue<DateTimeOffset>(8),
                reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9)));
        }
        return found;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    public static string Cursor(ProblemView last) => string.Create(CultureInfo.InvariantCulture, $"{last.CreatedAt!.Value.UtcTicks:x}-{last.Id:N}");

    public static bool TryRead(string? cursor, out (DateTimeOffset At, Guid Id)? position)
    {
        position = null;
        if (string.IsNullOrEmpty(cursor)) return true;
        var dash = cursor.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !long.TryParse(cursor.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks || !Guid.TryParseExact(cursor.AsSpan(dash + 1), "N", out var id))
        {
            return false;
        }
        position = (new DateTimeOffset(ticks, TimeSpan.Zero), id);
        return true;
    }
}
