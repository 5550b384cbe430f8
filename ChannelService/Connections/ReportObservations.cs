using System.Security.Claims;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Assistify.ChannelService.Connections;

/// <param name="Reason">Why the check failed, such as <c>signature_mismatch</c>.</param>
/// <param name="LetThrough">Whether it came in while signatures were observed; else it was refused.</param>
/// <param name="LikelyCause">What is probably set wrongly, in a sentence.</param>
internal sealed record ObservationView(string Reason, bool LetThrough, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, string LikelyCause);

internal sealed record ObservationReport(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ObservationView> Items);

/// <summary>What was refused, or would have been, and the likely cause of it.</summary>
internal static class ReportObservations
{
    private const string ObservedPrefix = "observed: ";
    private static readonly TimeSpan s_window = TimeSpan.FromDays(7);

    public static void MapReportObservations(this IEndpointRouteBuilder connections) =>
        connections.MapGet("/{id:guid}/observations", Handle)
            .WithName(nameof(ReportObservations))
            .WithSummary("Webhooks of the last seven days that are badly signed or another account's");

    private static async Task<Results<Ok<ObservationReport>, NotFound>> Handle(
        Guid id, ClaimsPrincipal user, ConnectionStore store, ConnectionViews views, NpgsqlDataSource database, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is null && views.Configured(user.WorkspaceId()).All(connection => connection.Id != id))
            return TypedResults.NotFound();

        var now = time.GetUtcNow();
        await using var command = database.CreateCommand(
            """
            SELECT coalesce(reason, 'unknown'), outcome = 'accepted', count(*), min(received_at), max(received_at) FROM webhook_logs
            WHERE connection_id = $1 AND received_at >= $2 AND (outcome IN ('rejected', 'foreign') OR reason LIKE 'observed: %')
            GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 50
            """);
        command.Parameters.Add(Sql.Value(id));
        command.Parameters.Add(Sql.Time(now - s_window));
        var items = new List<ObservationView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var reason = reader.GetString(0);
            if (reason.StartsWith(ObservedPrefix, StringComparison.Ordinal)) reason = reason[ObservedPrefix.Length..];
            items.Add(new ObservationView(
                reason, reader.GetBoolean(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateTimeOffset>(4),
                LikelyCause(reason)));
        }
        return TypedResults.Ok(new ObservationReport(now - s_window, now, items));
    }

    internal static string LikelyCause(string reason) => reason switch
    {
        _ when reason.EndsWith("other_address", StringComparison.Ordinal) =>
            "It is signed with the right credentials for another address: a proxy in between, or the address at the provider differs from the one set here.",
        _ when reason.EndsWith("other_connection", StringComparison.Ordinal) =>
            "It is signed for another connection of this channel: its account calls this one's address.",
        _ when reason.StartsWith("account_mismatch", StringComparison.Ordinal) =>
            "It is another account's: the account set here is not the one that calls this address.",
        _ when reason.StartsWith("missing", StringComparison.Ordinal) =>
            "It carries no proof: not the provider, or a proxy in between removes headers.",
        _ when reason.Contains("timestamp", StringComparison.Ordinal) || reason.Contains("stale", StringComparison.Ordinal) =>
            "It is too old, or from the future: a wrong clock, or somebody repeats what he recorded.",
        _ when reason.Contains("hash", StringComparison.Ordinal) || reason.Contains("malformed", StringComparison.Ordinal) =>
            "What arrived is not what was signed: a proxy in between changes it, or not the provider sent it.",
        _ => "Another secret: the one set here is not, or not any more, the one at the provider. Or a proxy in between changes the address or the body.",
    };
}
