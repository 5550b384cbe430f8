using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Suppliers;

internal sealed record SupplierPage(IReadOnlyList<SupplierView> Items, string? Next);

/// <summary>The workspace's suppliers, newest first.</summary>
internal static class ListSuppliers
{
    private const int MostItems = 100;

    public static void MapListSuppliers(this IEndpointRouteBuilder suppliers) =>
        suppliers.MapGet("/", Handle).RequireAuthorization(Policies.Viewer).WithName("ListSuppliers").WithSummary("Suppliers, newest first");

    private static async Task<IResult> Handle(HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request);
        var cursor = query.Cursor("cursor");
        var limit = (int)(query.Number("limit", 1, MostItems) ?? 50);
        if (query.Errors.Any) return query.Errors.AsProblem();

        await using var command = database.CreateCommand(
            $"{SupplierView.Query} and ($2::timestamptz is null or (u.supplier_since, u.id) < ($2, $3)) order by u.supplier_since desc, u.id desc limit $4");
        command.Parameters.AddWithValue(http.User.WorkspaceId());
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)cursor?.At ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)cursor?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.AddWithValue(limit + 1);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<SupplierView>();
        while (await reader.ReadAsync(cancellationToken)) items.Add(SupplierView.Read(reader));
        var more = items.Count > limit;
        if (more) items.RemoveAt(limit);
        return TypedResults.Ok(new SupplierPage(items, more ? Cursor.Write(items[^1].SupplierSince, items[^1].Id) : null));
    }
}
