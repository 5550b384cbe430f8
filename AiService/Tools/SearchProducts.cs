using System.Text.Json.Nodes;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Tools;

/// <summary>Products by words, colour and price; the same for recommendations, where only what can be had counts.</summary>
internal sealed class SearchProducts(IKnowledgeSearch search, bool recommends) : ILookUp
{
    private readonly int _most = recommends ? 3 : 8;

    public ToolDefinition Definition { get; } = recommends
        ? new("recommend_products", "Up to three products in stock that suit a person or an occasion, best first.", Parameters("Whom or what it is for, and of what kind."))
        : new("search_products", "Searches the catalogue.", Parameters("What kind of product, in the customer's language."));

    public async Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        var (min, max) = (arguments.Amount("minPrice"), arguments.Amount("maxPrice"));
        if (min > max) return ToolResult.Rejected("minPrice is above maxPrice.");
        IReadOnlyList<string> colours = arguments.OptionalText("colour") is { } colour ? [colour] : [];
        var found = await search.FindProducts(
            new ProductQuestion(
                task.Request.WorkspaceId, task.KnowledgeVersion, task.Plan.Language, Gatherer.SearchWords(arguments.Text("query")), colours, min, max,
                OnlyAvailable: recommends || arguments.Flag("onlyAvailable"), Text: arguments.Text("query")),
            cancellationToken);
        return ToolResult.Of(new JsonObject { ["products"] = new JsonArray([.. found.Take(_most).Select(product => Show(product, task))]) });
    }

    /// <summary>As a model sees a product; from now on the answer may rest on it.</summary>
    public static JsonObject Show(Product product, ReplyTask task)
    {
        var language = task.Plan.Language;
        task.Sources.Add(product);
        return new JsonObject
        {
            ["id"] = product.Id.ToString(), ["title"] = product.TitleIn(language), ["price"] = product.PriceText, ["inStock"] = product.IsAvailable,
            ["description"] = product.DescriptionIn(language), ["url"] = product.Url,
        };
    }

    private static ToolParameter[] Parameters(string query) =>
    [
        new("query", ParameterKind.Text, query),
        new("colour", ParameterKind.Text, "In English.", Required: false) { Allowed = [.. Concepts.Colours.Order(StringComparer.Ordinal)] },
        new("minPrice", ParameterKind.Amount, "In the catalogue's currency.", Required: false),
        new("maxPrice", ParameterKind.Amount, "In the catalogue's currency.", Required: false),
        new("onlyAvailable", ParameterKind.Flag, "Whether sold out products are left out.", Required: false),
    ];
}
