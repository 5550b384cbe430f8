using Npgsql;

namespace Assistify.AnalyticsService.Figures;

/// <summary>The rows of an answer, as they go out as JSON or as CSV.</summary>
internal sealed record FigureTable(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    public static async Task<FigureTable> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++) row[i] = await reader.IsDBNullAsync(i, cancellationToken) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return new FigureTable(columns, rows);
    }
}
