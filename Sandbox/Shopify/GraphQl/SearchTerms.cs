using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assistify.Sandbox.Shopify.GraphQl;

/// <summary>Shopify's search syntax: white space is AND, then OR, a dash or NOT, <c>field:value</c>, <c>field:>=time</c>, quotes, a star at the end. Fields that don't exist are ignored.</summary>
internal static partial class SearchTerms
{
    private static readonly Dictionary<string, string[]> s_fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["title"] = ["title"], ["handle"] = ["handle"], ["status"] = ["status"], ["product_type"] = ["productType"], ["vendor"] = ["vendor"], ["tag"] = ["tags"], ["id"] = ["legacyResourceId", "id"],
        ["sku"] = ["variants.sku"], ["name"] = ["name"], ["email"] = ["email", "customer.email"], ["phone"] = ["phone", "customer.phone"],
        ["financial_status"] = ["displayFinancialStatus"], ["fulfillment_status"] = ["displayFulfillmentStatus"], ["customer_id"] = ["customer.legacyResourceId"],
        ["first_name"] = ["firstName"], ["last_name"] = ["lastName"], ["created_at"] = ["createdAt"], ["updated_at"] = ["updatedAt"],
    };

    private static readonly string[] s_everywhere = ["title", "productType", "vendor", "tags", "description", "name", "email", "displayName", "customer.displayName", "customer.email"];

    public static bool Matches(string? query, JsonObject item)
    {
        if (string.IsNullOrWhiteSpace(query)) return true;
        return Or().Split(query).Any(alternative => Term().Matches(alternative).Where(term => term.Value is not "AND").All(term => Fits(term, item)));
    }

    private static bool Fits(Match term, JsonObject item)
    {
        var field = term.Groups["field"].Value;
        if (field.Length > 0 && !s_fields.ContainsKey(field)) return true;

        var value = term.Groups["quoted"].Success ? term.Groups["quoted"].Value : term.Groups["plain"].Value;
        var paths = field.Length > 0 ? s_fields[field] : s_everywhere;
        var found = paths.SelectMany(path => Values(item, path.Split('.'))).Any(text => field.Length == 0 ? Contains(text, value) : term.Groups["than"].Success ? Compares(text, term.Groups["than"].Value, value) : IsLike(text, value, field));
        return found != (term.Groups["not"].Length > 0);
    }

    private static bool IsLike(string text, string value, string field)
    {
        if (field is "title" or "first_name" or "last_name") return Contains(text, value);
        if (field is "name") (text, value) = (text.TrimStart('#'), value.TrimStart('#'));
        return value.EndsWith('*') ? text.StartsWith(value[..^1], StringComparison.OrdinalIgnoreCase) : text.Equals(value, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Compares(string text, string than, string value)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var one)
            || !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other)) return false;
        return than switch { ">" => one > other, ">=" => one >= other, "<" => one < other, _ => one <= other };
    }

    // Whole words, or their beginning with a star.
    private static bool Contains(string text, string value)
    {
        var words = Word().Matches(text).Select(word => word.Value).ToArray();
        return Word().Matches(value).All(wanted =>
            words.Any(word => value.EndsWith('*') ? word.StartsWith(wanted.Value, StringComparison.OrdinalIgnoreCase) : word.Equals(wanted.Value, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> Values(JsonNode? node, ReadOnlyMemory<string> path)
    {
        if (node is JsonObject connection && connection["@nodes"] is JsonArray nodes) node = nodes;
        if (node is JsonArray items) return items.SelectMany(item => Values(item, path));
        if (path.IsEmpty) return node is JsonValue value && value.TryGetValue<string>(out var text) ? [text] : [];
        return node is JsonObject parent ? Values(parent[path.Span[0]], path[1..]) : [];
    }

    [GeneratedRegex("""(?<not>-|NOT\s+)?(?:(?<field>[a-z_]+):(?<than>[<>]=?)?)?(?:"(?<quoted>[^"]*)"|'(?<quoted>[^']*)'|(?<plain>[^\s"']+))""", RegexOptions.CultureInvariant)]
    private static partial Regex Term();

    [GeneratedRegex(@"\s+OR\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Or();

    [GeneratedRegex(@"[\p{L}\p{N}@._+-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
