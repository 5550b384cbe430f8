namespace Assistify.ChatService.Customers;

/// <summary>What is known of a customer and fills the gaps of the one whom he becomes part of: columns of both <c>customers</c> and <c>customer_merges</c>.</summary>
internal static class MergedFacts
{
    public static readonly string[] Columns = ["name", "email", "phone", "locale", "blocked_at", "supplier_since"];

    public static readonly string List = string.Join(", ", Columns);

    /// <returns>SQL of each column, separated by commas.</returns>
    public static string Each(Func<string, string> sql) => string.Join(", ", Columns.Select(sql));
}
