using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChannelService.Orders;

/// <summary>Finds orders among what shops told of theirs.</summary>
internal sealed class OrderStore(NpgsqlDataSource database)
{
    /// <summary>So many are shown.</summary>
    public const int Most = 20;

    // The latest changed of somebody who orders often hold the latest made.
    private const int MostRead = 200;

    private const string Orders = "SELECT connection_id, record::text FROM commerce_records WHERE kind = 'orders' AND topic <> 'orders/delete' AND connection_id = ANY($1)";

    /// <summary>Those that are called so: numbers repeat between shops.</summary>
    public async Task<List<StoredOrder>> Named(IReadOnlyList<ChannelConnection> shops, string name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"{Orders} AND left(lower(ltrim(record->>'name', '# ')), 64) = lower($2) LIMIT {Most}");
        command.Parameters.Add(Shops(shops));
        command.Parameters.Add(Sql.Value(name.TrimStart('#', ' ')));
        return await Read(command, shops, cancellationToken);
    }

    /// <summary>The latest that were made by one of these, newest first.</summary>
    public async Task<List<StoredOrder>> Latest(
        IReadOnlyList<ChannelConnection> shops, IReadOnlyList<string> phones, IReadOnlyList<string> customers, CancellationToken cancellationToken)
    {
        if (phones.Count == 0 && customers.Count == 0) return [];
        await using var command = database.CreateCommand(
            $"""
            {Orders} AND (
                left(record->'customer'->>'id', 64) = ANY($2) OR left(regexp_replace(record->>'phone', '[^0-9]', '', 'g'), 32) = ANY($3)
                OR left(regexp_replace(record->'customer'->>'phone', '[^0-9]', '', 'g'), 32) = ANY($3))
            ORDER BY updated_at DESC LIMIT {MostRead}
            """);
        command.Parameters.Add(Shops(shops));
        command.Parameters.Add(Sql.Value(customers.ToArray()));
        command.Parameters.Add(Sql.Value(phones.Select(StoredOrder.Digits).Where(digits => digits.Length > 0).ToArray()));
        return [.. (await Read(command, shops, cancellationToken)).OrderByDescending(order => order.CreatedAt).Take(Most)];
    }

    private static NpgsqlParameter Shops(IReadOnlyList<ChannelConnection> shops) => Sql.Column(NpgsqlDbType.Uuid, shops, shop => shop.Id);

    private static async Task<List<StoredOrder>> Read(NpgsqlCommand command, IReadOnlyList<ChannelConnection> shops, CancellationToken cancellationToken)
    {
        var orders = new List<StoredOrder>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var shop = reader.GetGuid(0);
            using var record = JsonDocument.Parse(reader.GetString(1));
            orders.Add(new StoredOrder(record.RootElement.Clone(), shops.First(one => one.Id == shop).Account));
        }
        return orders;
    }
}
