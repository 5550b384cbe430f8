using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AnalyticsService.Figures;

/// <summary>
/// <c>GET /api/analytics/behind?figure=…&amp;key=…</c>: the conversations that a number of a figure comes from, the latest first, each with how much of the
/// number it is. <c>total</c> is the number. Without <c>key</c> it is that of all keys.
/// </summary>
internal static class ConversationsBehind
{
    private const int MostItems = 100;
    private const int MostSkipped = 1_000_000;

    public static void MapConversationsBehind(this IEndpointRouteBuilder app) => app.MapGet("/behind", Handle);

    private static async Task Handle(HttpContext context, NpgsqlDataSource database, TimeProvider time)
    {
        var query = context.Request.Query;
        var errors = new Dictionary<string, string[]>();
        var window = FigureWindow.Read(context, time, errors);
        if (!Counted.ByFigure.TryGetValue(query["figure"].ToString(), out var counted)) errors["figure"] = [$"One of {string.Join(", ", Counted.ByFigure.Keys)}."];
        var key = query["key"].ToString() is { Length: > 0 } given ? given : null;
        if (key is { Length: > 200 }) errors["key"] = ["At most 200 characters."];
        var limit = Number("limit", 50, 1, MostItems);
        var skipped = Number("skip", 0, 0, MostSkipped);
        if (errors.Count > 0)
        {
            await TypedResults.ValidationProblem(errors).ExecuteAsync(context);
            return;
        }

        await using var command = database.CreateCommand(
            $"""
            with counted as ({counted}),
                behind as (
                    select conversation_id, count(*) as count, max(occurred_at) as last_at
                    from counted where $5::text is null or key = $5 group by conversation_id),
                page as (select * from behind order by last_at desc, conversation_id desc limit $6 offset $7)
            -- A page behind the last one has no conversation, and the totals all the same.
            select conversation_id as "conversationId", count, last_at as "lastAt", total, conversations
            from (select coalesce(sum(count), 0)::bigint as total, count(*) as conversations from behind) whole left join page on true
            order by last_at desc, conversation_id desc
            """);
        command.AddWindow(window);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)key ?? DBNull.Value });
        command.Parameters.AddWithValue((long)limit);
        command.Parameters.AddWithValue((long)skipped);
        var table = await FigureTable.Read(command, context.RequestAborted);
        await Write(context, window, table);

        int Number(string name, int otherwise, int least, int most)
        {
            if (!query.TryGetValue(name, out var text)) return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
            errors[name] = [$"Between {least} and {most}."];
            return otherwise;
        }
    }

    private static async Task Write(HttpContext context, FigureWindow window, FigureTable table)
    {
        var (total, conversations) = ((long)table.Rows[0][3]!, (long)table.Rows[0][4]!);
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("from", TableJson.Time(window.From.UtcDateTime));
        json.WriteString("to", TableJson.Time(window.To.UtcDateTime));
        json.WriteNumber("total", total);
        json.WriteNumber("conversations", conversations);
        TableJson.Write(json, "items", new FigureTable([.. table.Columns.Take(3)], [.. table.Rows.Select(static row => row[..3])]), static row => row[0] is not null);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
