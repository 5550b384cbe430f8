using System.Text.Json.Nodes;
using Assistify.Sandbox.Shopify.GraphQl;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Shopify;

/// <summary><c>POST /admin/api/{version}/graphql.json</c>: the demo shop's Admin API, with its costs.</summary>
internal static class QueryShop
{
    private const int DearestQuery = 1000;

    public static void AddShopify(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ShopifyOptions>().BindConfiguration(ShopifyOptions.Section);
        builder.Services.AddStandIn<ShopifyStandIn>();
        builder.Services.AddHostedService<StorefrontChat>();
    }

    public static void MapShopifyApi(this IEndpointRouteBuilder app)
    {
        var shopify = app.ServiceProvider.GetRequiredService<ShopifyStandIn>();
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        app.MapPost(@"/admin/api/{version:regex(^(\d{{4}}-(01|04|07|10)|unstable)$)}/graphql.json", context => calls.Send(context, shopify, request => Handle(shopify, request)));
        app.MapMethods("/admin/{**path}", ["GET", "POST", "PUT", "DELETE"], context =>
            calls.Read(context, shopify, _ => Answer.Json(404, new JsonObject { ["errors"] = "Not Found" })));
    }

    public static Answer Throttled(CostBucket costs, int requested) => Answer.Json(200, new JsonObject
    {
        ["errors"] = new JsonArray(Error("Throttled", new JsonObject { ["code"] = "THROTTLED", ["documentation"] = "https://shopify.dev/api/usage/limits" })),
        ["extensions"] = Cost(requested, null, costs),
    });

    private static Answer Handle(ShopifyStandIn shopify, ApiRequest request)
    {
        if (request.Json.Text("query") is not { Length: > 0 } query)
            return Answer.Json(400, new JsonObject { ["errors"] = new JsonObject { ["query"] = "Required parameter missing or invalid" } });

        Operation operation;
        try
        {
            operation = Document.Read(query, request.Json.Text("operationName"), request.Json!["variables"] as JsonObject is { } given ? (JsonObject)given.DeepClone() : []);
        }
        catch (GraphQlSyntaxException wrong)
        {
            return Refuse(wrong.Message, []);
        }

        if (operation.Kind == "mutation") return Refuse("Access denied: this app only reads", new JsonObject { ["code"] = "ACCESS_DENIED" });

        var execution = new Execution(Root(shopify));
        try
        {
            var data = execution.Run(operation);
            if (execution.RequestedCost > DearestQuery)
            {
                return Refuse(
                    $"Query cost is {execution.RequestedCost}, which exceeds the single query max cost limit ({DearestQuery}).",
                    new JsonObject { ["code"] = "MAX_COST_EXCEEDED", ["cost"] = execution.RequestedCost, ["maxCost"] = DearestQuery });
            }

            if (!shopify.Costs.TryTake(execution.RequestedCost)) return Throttled(shopify.Costs, execution.RequestedCost);

            var actual = Math.Min(execution.ActualCost, execution.RequestedCost);
            shopify.Costs.GiveBack(execution.RequestedCost - actual);
            return Answer.Json(200, new JsonObject { ["data"] = data, ["extensions"] = Cost(execution.RequestedCost, actual, shopify.Costs) });
        }
        catch (GraphQlRefusal refusal)
        {
            return Refuse(refusal.Message, refusal.Extensions);
        }
    }

    private static JsonObject Root(ShopifyStandIn shopify) => new()
    {
        ["shop"] = DemoShop.Shop(shopify.Shop),
        ["products"] = Of("@nodes", shopify.Products), ["product"] = Of("@byId", shopify.Products), ["productByHandle"] = Of("@byId", shopify.Products),
        ["orders"] = Of("@nodes", shopify.Orders), ["order"] = Of("@byId", shopify.Orders),
        ["customers"] = Of("@nodes", DemoShop.Customers), ["customer"] = Of("@byId", DemoShop.Customers),
    };

    private static JsonObject Of(string kind, JsonArray items) => new() { [kind] = items.DeepClone() };

    private static Answer Refuse(string message, JsonObject extensions) => Answer.Json(200, new JsonObject { ["errors"] = new JsonArray(Error(message, extensions)) });

    private static JsonObject Error(string message, JsonObject extensions)
    {
        var error = new JsonObject { ["message"] = message };
        if (extensions.Count > 0) error["extensions"] = extensions.DeepClone();
        return error;
    }

    private static JsonObject Cost(int requested, int? actual, CostBucket costs) => new()
    {
        ["cost"] = new JsonObject { ["requestedQueryCost"] = requested, ["actualQueryCost"] = actual, ["throttleStatus"] = costs.Status() },
    };
}
