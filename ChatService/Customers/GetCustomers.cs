using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Tokens;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Customers;

internal sealed record CustomerPage(IReadOnlyList<CustomerView> Items, string? Next);

internal static class GetCustomersEndpoints
{
    private const int MostItems = 100;

    private const string Search =
        """
         and (u.name ilike $4 or u.email ilike $4 or u.id in (
            select i1.customer_id from customer_identifiers i1 where i1.workspace_id = $1 and lower(i1.value) like lower($4)))
        """;

    private const string Merges =
        """
        select from_id, name, merged_at from customer_merges
        where workspace_id = $1 and into_id = $2 and undone_at is null order by merged_at desc
        """;

    public static void MapGetCustomers(this IEndpointRouteBuilder customers)
    {
        customers.MapGet("/", List).RequireAuthorization(Policies.Viewer).WithName("ListCustomers").WithSummary("Customers, newest first");
        customers.MapGet("/{id:guid}", Get).RequireAuthorization(Policies.Viewer).WithName("GetCustomer").WithSummary("A customer");
    }

    internal static async Task<IResult> List(HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request);
        var search = query.Text("q");
        var cursor = query.Cursor("cursor");
        var limit = (int)(query.Number("limit", 1, MostItems) ?? 50);
        if (query.Errors.Any) return query.Errors.AsProblem();

        await using var command = database.CreateCommand(
            CustomerView.Query
            + (cursor is null ? "" : " and (u.created_at, u.id) < ($2, $3)")
            + (search is null ? "" : Search)
            + " order by u.created_at desc, u.id desc limit $5");
        command.Parameters.AddWithValue(http.User.WorkspaceId());
        Add(command, NpgsqlDbType.TimestampTz, cursor?.At);
        Add(command, NpgsqlDbType.Uuid, cursor?.Id);
        Add(command, NpgsqlDbType.Text, search is null ? null : Like.Containing(search));
        Add(command, NpgsqlDbType.Integer, limit + 1);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<CustomerView>();
        while (await reader.ReadAsync(cancellationToken)) items.Add(CustomerView.Read(reader));
        var more = items.Count > limit;
        if (more) items.RemoveAt(limit);
        return TypedResults.Ok(new CustomerPage(items, more ? Cursor.Write(items[^1].CreatedAt, items[^1].Id) : null));
    }

    internal static async Task<IResult> Get(Guid id, HttpContext http, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        await Find(database, http.User.WorkspaceId(), id, cancellationToken) is { } customer ? TypedResults.Ok(customer) : Problem.NotFound();

    public static async Task<CustomerView?> Find(
        NpgsqlDataSource database, Guid workspaceId, Guid id, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        foreach (var sql in (ReadOnlySpan<string>)[$"{CustomerView.Query} and u.id = $2", Merges])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddWithValue(workspaceId);
            command.Parameters.AddWithValue(id);
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var customer = CustomerView.Read(reader);
        await reader.NextResultAsync(cancellationToken);
        var merged = new List<MergedCustomerView>();
        while (await reader.ReadAsync(cancellationToken))
            merged.Add(new MergedCustomerView(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return merged.Count == 0 ? customer : customer with { MergedFrom = merged };
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
