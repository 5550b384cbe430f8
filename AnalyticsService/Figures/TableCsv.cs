using System.Globalization;
using System.Text;

namespace Assistify.AnalyticsService.Figures;

/// <summary>Rows as CSV (RFC 4180).</summary>
internal static class TableCsv
{
    private const string ContentType = "text/csv; charset=utf-8; header=present";

    public static Task Write(HttpContext context, FigureTable table, Func<object?[], bool> which)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns).Append("\r\n");
        foreach (var row in table.Rows.Where(which)) text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        context.Response.ContentType = ContentType;
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    /// <summary>Whether the caller prefers it to JSON.</summary>
    public static bool IsWanted(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Quality("text/csv") is > 0 and var csv && csv > (Quality("application/json") ?? 0);

        double? Quality(string type) => accepted.FirstOrDefault(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)) is { } range
            ? range.Quality ?? 1
            : null;
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        string text => Quote(text),
        DateTime at => TableJson.Time(at),
        decimal cost => TableJson.Amount(cost),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quote(string text)
    {
        // A spreadsheet would run such a text as a formula.
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
