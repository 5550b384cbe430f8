using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.AnalyticsService.Figures;

/// <summary><c>GET /api/analytics/{figure}</c> for every <see cref="Figure"/>.</summary>
internal static class FiguresEndpoint
{
    public static void MapFigures(this IEndpointRouteBuilder app)
    {
        foreach (var figure in Figure.All)
            app.MapGet(figure.Path, (HttpContext context, NpgsqlDataSource database, TimeProvider time) => Handle(context, figure, database, time));
    }

    private static async Task Handle(HttpContext context, Figure figure, NpgsqlDataSource database, TimeProvider time)
    {
        var errors = new Dictionary<string, string[]>();
        var window = FigureWindow.Read(context, time, errors);
        if (errors.Count > 0)
        {
            await TypedResults.ValidationProblem(errors).ExecuteAsync(context);
            return;
        }

        var table = await Compute(figure, window, database, context.RequestAborted);
        context.Response.Headers.Vary = "Accept";
        if (TableCsv.IsWanted(context.Request)) await TableCsv.Write(context, table, IsItem);
        else await WriteJson(context, window, table);
    }

    private static async Task<FigureTable> Compute(Figure figure, FigureWindow window, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(figure.Sql);
        command.AddWindow(window);
        command.Parameters.AddWithValue(window.BucketLength);
        command.Parameters.AddWithValue(window.FirstBucket.UtcDateTime);
        return await FigureTable.Read(command, cancellationToken);
    }

    public static void AddWindow(this NpgsqlCommand command, FigureWindow window)
    {
        command.Parameters.AddWithValue(window.WorkspaceId);
        command.Parameters.AddWithValue(FigureWindow.Searched(window.From).UtcDateTime);
        command.Parameters.AddWithValue(FigureWindow.Searched(window.To).UtcDateTime);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)window.Channel ?? DBNull.Value });
    }

    private static async Task WriteJson(HttpContext context, FigureWindow window, FigureTable table)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("from", TableJson.Time(window.From.UtcDateTime));
        json.WriteString("to", TableJson.Time(window.To.UtcDateTime));
        json.WriteString("bucket", window.Bucket);
        TableJson.Write(json, "items", table, IsItem);
        TableJson.Write(json, "totals", table, row => !IsItem(row));
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static bool IsItem(object?[] row) => row[0] is not null;
}
