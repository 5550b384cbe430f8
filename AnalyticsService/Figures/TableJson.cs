using System.Globalization;
using System.Text.Json;

namespace Assistify.AnalyticsService.Figures;

/// <summary>Rows as JSON objects; absent values are omitted, a cost and its currency become one amount of money.</summary>
internal static class TableJson
{
    public static void Write(Utf8JsonWriter json, string name, FigureTable table, Func<object?[], bool> which)
    {
        json.WriteStartArray(name);
        foreach (var row in table.Rows.Where(which))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++) Write(json, table.Columns, row, i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string Time(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, IReadOnlyList<string> columns, object?[] row, int i)
    {
        switch (row[i])
        {
            case null: break;
            case string when columns[i] == "currency": break; // written with the cost
            case string text: json.WriteString(columns[i], text); break;
            case long number: json.WriteNumber(columns[i], number); break;
            case int number: json.WriteNumber(columns[i], number); break;
            case double number: json.WriteNumber(columns[i], number); break;
            case bool flag: json.WriteBoolean(columns[i], flag); break;
            case Guid id: json.WriteString(columns[i], id); break;
            case DateTime at: json.WriteString(columns[i], Time(at)); break;
            case decimal cost:
                json.WriteStartObject(columns[i]);
                json.WriteString("amount", Amount(cost));
                json.WriteString("currency", (string?)row[i + 1]);
                json.WriteEndObject();
                break;
            default: throw new InvalidOperationException($"The column {columns[i]} has a type that no answer has.");
        }
    }

    /// <summary>A single answer costs fractions of a cent, so all decimals are kept, and at least the usual two.</summary>
    public static string Amount(decimal cost) => cost.ToString("0.00##########", CultureInfo.InvariantCulture);
}
