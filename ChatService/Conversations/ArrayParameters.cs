using Npgsql;
using NpgsqlTypes;

namespace Assistify.ChatService.Conversations;

/// <summary>Adds one property of many items as an array parameter, to be taken apart by <c>unnest</c>.</summary>
internal static class ArrayParameters
{
    public static void Uuid<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, Guid> value) =>
        command.Add(NpgsqlDbType.Uuid, items, value);

    public static void Uuid<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, Guid?> value) =>
        command.Add(NpgsqlDbType.Uuid, items, value);

    public static void Text<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, string?> value) =>
        command.Add(NpgsqlDbType.Text, items, value);

    public static void Jsonb<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, string?> value) =>
        command.Add(NpgsqlDbType.Jsonb, items, value);

    public static void Boolean<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, bool> value) =>
        command.Add(NpgsqlDbType.Boolean, items, value);

    public static void Smallint<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, short> value) =>
        command.Add(NpgsqlDbType.Smallint, items, value);

    public static void Smallint<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, short?> value) =>
        command.Add(NpgsqlDbType.Smallint, items, value);

    public static void Integer<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, int?> value) =>
        command.Add(NpgsqlDbType.Integer, items, value);

    public static void Bigint<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, long> value) =>
        command.Add(NpgsqlDbType.Bigint, items, value);

    public static void Bigint<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, long?> value) =>
        command.Add(NpgsqlDbType.Bigint, items, value);

    public static void Double<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, double?> value) =>
        command.Add(NpgsqlDbType.Double, items, value);

    public static void Numeric<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, decimal?> value) =>
        command.Add(NpgsqlDbType.Numeric, items, value);

    public static void TimestampTz<T>(this NpgsqlBatchCommand command, IReadOnlyList<T> items, Func<T, DateTimeOffset?> value) =>
        command.Add(NpgsqlDbType.TimestampTz, items, value);

    private static void Add<T, TValue>(
        this NpgsqlBatchCommand command, NpgsqlDbType type, IReadOnlyList<T> items, Func<T, TValue> value)
    {
        var column = new TValue[items.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(items[i]);
        command.Parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
