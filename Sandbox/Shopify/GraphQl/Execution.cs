using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Assistify.Sandbox.Shopify.GraphQl;

/// <summary>Says what a well-formed query asks for that the schema or the rules don't have.</summary>
internal sealed class GraphQlRefusal : Exception
{
    public GraphQlRefusal()
    {
    }

    public GraphQlRefusal(string message) : base(message)
    {
    }

    public GraphQlRefusal(string message, Exception inner) : base(message, inner)
    {
    }

    public JsonObject Extensions { get; init; } = [];
}

/// <summary>Answers a query from the demo shop: fields are picked, connections paged, and both counted.</summary>
internal sealed class Execution(JsonObject root)
{
    public int RequestedCost { get; private set; }

    public int ActualCost { get; private set; }

    public JsonObject Run(Operation operation)
    {
        RequestedCost = Estimate(operation.Selections);
        return Pick(root, operation.Selections);
    }

    // An object costs a point, a connection two and its page.
    private static int Estimate(IReadOnlyList<Selection> selections) => selections.Sum(selection =>
    {
        if (selection.Selections.Count == 0) return 0;
        var inner = Estimate(selection.Selections);
        if (selection.On is not null) return inner;
        return PageSize(selection) is { } size ? 2 + size * Math.Max(1, inner) : 1 + inner;
    });

    private static int? PageSize(Selection selection) => (selection.Arguments.GetValueOrDefault("first") ?? selection.Arguments.GetValueOrDefault("last")) is JsonValue value
        && value.TryGetValue<long>(out var size) ? (int)Math.Clamp(size, 0, 250) : null;

    private JsonObject Pick(JsonObject source, IReadOnlyList<Selection> selections)
    {
        var result = new JsonObject();
        foreach (var selection in selections)
        {
            if (selection.On is not null)
            {
                if (selection.On.Length > 0 && selection.On != TypeOf(source)) continue;
                foreach (var (name, value) in Pick(source, selection.Selections)) result[name] = value?.DeepClone();
                continue;
            }

            if (!source.TryGetPropertyValue(selection.Name, out var found)) throw Undefined(source, selection);
            result[selection.Alias] = Resolve(found, selection);
        }

        return result;
    }

    private JsonNode? Resolve(JsonNode? found, Selection selection)
    {
        switch (found)
        {
            case JsonObject lookup when lookup["@byId"] is JsonArray all:
                var wanted = (selection.Arguments.GetValueOrDefault("id") ?? selection.Arguments.GetValueOrDefault("handle"))?.GetValue<string>();
                var item = all.OfType<JsonObject>().FirstOrDefault(one => wanted is not null && ((string?)one["id"] == wanted || (string?)one["handle"] == wanted));
                return item is null ? null : Resolve(item, selection);

            case JsonObject connection when connection["@nodes"] is JsonArray nodes:
                return Page(nodes, selection);

            case JsonObject child:
                if (selection.Selections.Count == 0) throw Leaf(selection, TypeOf(child));
                ActualCost++;
                return Pick(child, selection.Selections);

            case JsonArray list when list.FirstOrDefault() is JsonObject || selection.Selections.Count > 0:
                return new JsonArray([.. list.OfType<JsonObject>().Select(one => Pick(one, selection.Selections))]);

            default:
                return selection.Selections.Count > 0 && found is not null
                    ? throw new GraphQlRefusal($"Selections can't be made on scalars (field '{selection.Name}' has selections)")
                    : found?.DeepClone();
        }
    }

    private JsonObject Page(JsonArray nodes, Selection selection)
    {
        var arguments = selection.Arguments;
        if (arguments.GetValueOrDefault("first") is null && arguments.GetValueOrDefault("last") is null)
            throw new GraphQlRefusal("you must provide one of first or last") { Extensions = new JsonObject { ["code"] = "BAD_REQUEST" } };

        var items = nodes.OfType<JsonObject>().Where(item => SearchTerms.Matches((string?)arguments.GetValueOrDefault("query"), item)).ToList();
        if (arguments.GetValueOrDefault("sortKey") is JsonValue key && key.TryGetValue<string>(out var by)) items = [.. items.OrderBy(item => SortValue(item, by), StringComparer.Ordinal)];
        if (arguments.GetValueOrDefault("reverse") is JsonValue reverse && reverse.TryGetValue<bool>(out var backwards) && backwards) items.Reverse();

        var start = arguments.GetValueOrDefault("after") is JsonValue after ? Position(after.GetValue<string>()) + 1 : 0;
        var end = arguments.GetValueOrDefault("before") is JsonValue before ? Position(before.GetValue<string>()) : items.Count;
        var size = PageSize(selection) ?? 0;
        if (arguments.GetValueOrDefault("last") is not null) start = Math.Max(start, end - size);
        var page = items.Skip(start).Take(Math.Min(size, end - start)).Select((item, n) => (Item: item, Cursor: Cursor(start + n))).ToList();
        ActualCost += 2 + page.Count;

        var result = new JsonObject();
        foreach (var part in selection.Selections)
        {
            result[part.Alias] = part.Name switch
            {
                "nodes" => new JsonArray([.. page.Select(one => Pick(one.Item, part.Selections))]),
                "edges" => new JsonArray([.. page.Select(one => Edge(one.Item, one.Cursor, part.Selections))]),
                "pageInfo" => Pick(new JsonObject
                {
                    ["__typename"] = "PageInfo", ["hasNextPage"] = start + page.Count < items.Count, ["hasPreviousPage"] = start > 0,
                    ["startCursor"] = page.Count > 0 ? page[0].Cursor : null, ["endCursor"] = page.Count > 0 ? page[^1].Cursor : null,
                }, part.Selections),
                _ => throw new GraphQlRefusal($"Field '{part.Name}' doesn't exist on type 'Connection'") { Extensions = Code("undefinedField") },
            };
        }

        return result;
    }

    private JsonObject Edge(JsonObject item, string cursor, IReadOnlyList<Selection> selections)
    {
        var edge = new JsonObject();
        foreach (var part in selections)
        {
            edge[part.Alias] = part.Name switch
            {
                "cursor" => cursor,
                "node" => Pick(item, part.Selections),
                _ => throw new GraphQlRefusal($"Field '{part.Name}' doesn't exist on type 'Edge'") { Extensions = Code("undefinedField") },
            };
        }

        return edge;
    }

    private static string SortValue(JsonObject item, string key) => key switch
    {
        "TITLE" => (string?)item["title"] ?? "",
        "UPDATED_AT" => (string?)item["updatedAt"] ?? "",
        "ORDER_NUMBER" => (string?)item["name"] ?? "",
        _ => (string?)item["createdAt"] ?? "",
    };

    private static string Cursor(int position) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"p:{position.ToString(CultureInfo.InvariantCulture)}"));

    private static int Position(string cursor)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.ASCII.GetString(bytes[..length]).Split(':') is ["p", var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new GraphQlRefusal("Invalid cursor for current pagination sort.");
    }

    private static string TypeOf(JsonObject source) => (string?)source["__typename"] ?? "QueryRoot";

    private static GraphQlRefusal Undefined(JsonObject source, Selection selection)
    {
        var extensions = Code("undefinedField");
        (extensions["typeName"], extensions["fieldName"]) = (TypeOf(source), selection.Name);
        return new GraphQlRefusal($"Field '{selection.Name}' doesn't exist on type '{TypeOf(source)}'") { Extensions = extensions };
    }

    private static GraphQlRefusal Leaf(Selection selection, string type)
    {
        var extensions = Code("selectionMismatch");
        extensions["nodeName"] = $"field '{selection.Name}'";
        return new GraphQlRefusal($"Field must have selections (field '{selection.Name}' returns {type} but has no selections. Did you mean '{selection.Name} {{ ... }}'?)")
        {
            Extensions = extensions,
        };
    }

    private static JsonObject Code(string code) => new() { ["code"] = code };
}
