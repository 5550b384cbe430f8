using System.Globalization;
using System.Text.Json;
using Assistify.AnalyticsService.Events;
using Assistify.AnalyticsService.Figures;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AnalyticsService.Conversations;

/// <summary>
/// <c>GET /api/analytics/conversations</c>: one row for each conversation in which something happened in the range, newest first, with what happened
/// in the range. <c>cursor</c> is the last row's id.
/// </summary>
internal static class ListConversations
{
    private const string Sql =
        $"""
        with page as (
            select conversation_id from events
            where workspace_id = $1 and occurred_at >= $2 and occurred_at < $3 and ($4::text is null or channel = $4)
                and ($5::uuid is null or conversation_id < $5) and conversation_id <> '00000000-0000-0000-0000-000000000000'
            group by conversation_id order by conversation_id desc limit $6)
        select conversation_id as "conversationId",
            (array_agg(customer_id order by occurred_at desc, event_id))[1] as "customerId",
            min(channel) as channel,
            min(occurred_at) as "startedAt",
            max(occurred_at) as "lastActivityAt",
            count(*) filter (where type in ({EventTypes.Received})) as "customerMessages",
            count(*) filter (where type in ({EventTypes.Answered}) and message_id is not null) as "assistantMessages",
            count(*) filter (where type in ({EventTypes.AgentAnswered})) as "agentMessages",
            count(distinct message_id) filter (where type in ({EventTypes.Delivery}) and status in ('delivered', 'read')) as "deliveredMessages",
            count(distinct message_id) filter (where type in ({EventTypes.Delivery}) and status = 'failed') as "failedMessages",
            coalesce(bool_or(type in ({EventTypes.HandedOver})), false) as "handedOver",
            coalesce(bool_or(type in ({EventTypes.Closed})), false) as closed,
            (array_agg(wait_ms order by occurred_at) filter (where type in ({EventTypes.Answered}) and wait_ms is not null))[1] as "firstResponseMs",
            (round(avg(wait_ms) filter (where type in ({EventTypes.Answered}))))::bigint as "averageResponseMs",
            mode() within group (order by intent) as "mainIntent",
            (array_agg(sentiment order by occurred_at desc) filter (where sentiment is not null))[1] as "lastSentiment",
            mode() within group (order by language) as language
        from events join page using (conversation_id)
        where workspace_id = $1 and occurred_at >= $2 and occurred_at < $3
        group by conversation_id order by conversation_id desc
        """;

    public static void MapListConversations(this IEndpointRouteBuilder app) => app.MapGet("/conversations", Handle);

    private static async Task Handle(HttpContext context, NpgsqlDataSource database, TimeProvider time)
    {
        var errors = new Dictionary<string, string[]>();
        var window = FigureWindow.Read(context, time, errors);
        var csv = TableCsv.IsWanted(context.Request);
        var (limit, cursor) = ReadPage(context.Request.Query, csv, errors);
        if (errors.Count > 0)
        {
            await TypedResults.ValidationProblem(errors).ExecuteAsync(context);
            return;
        }

        await using var command = database.CreateCommand(Sql);
        command.AddWindow(window);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)cursor ?? DBNull.Value });
        command.Parameters.AddWithValue((long)limit + 1);
        var table = await FigureTable.Read(command, context.RequestAborted);
        var next = table.Rows.Count > limit ? (Guid?)table.Rows[limit - 1][0]! : null;
        var page = new FigureTable(table.Columns, [.. table.Rows.Take(limit)]);

        context.Response.Headers.Vary = "Accept";
        if (csv)
        {
            if (next is not null) context.Response.Headers["X-Next-Cursor"] = next.ToString();
            await TableCsv.Write(context, page, static _ => true);
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("from", TableJson.Time(window.From.UtcDateTime));
        json.WriteString("to", TableJson.Time(window.To.UtcDateTime));
        TableJson.Write(json, "items", page, static _ => true);
        if (next is { } id) json.WriteString("next", id);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static (int Limit, Guid? Cursor) ReadPage(IQueryCollection query, bool csv, Dictionary<string, string[]> errors)
    {
        var (otherwise, most) = csv ? (10_000, 10_000) : (50, 200);
        var limit = otherwise;
        if (query.TryGetValue("limit", out var text) && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1 || limit > most))
            errors["limit"] = [$"Between 1 and {most}."];

        Guid? cursor = null;
        if (query.TryGetValue("cursor", out var after))
        {
            if (Guid.TryParse(after, out var id)) cursor = id;
            else errors["cursor"] = ["What next was in the page before."];
        }

        return (limit, cursor);
    }
}
