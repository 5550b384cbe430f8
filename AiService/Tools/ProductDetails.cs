using Assistify.AiService.Replies;

namespace Assistify.AiService.Tools;

internal sealed class ProductDetails : ILookUp
{
    /// <summary>Only what was found for this answer has an id that a model can know: so no other workspace's product can be asked for.</summary>
    internal const string Unknown = "There is no product with this id among those that were found. Search first.";

    public ToolDefinition Definition { get; } = new(
        "product_details", "Price, availability and description of one product that was found before.", new ToolParameter("productId", ParameterKind.Id, "Its id in the sources."));

    public Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken) => Task.FromResult(
        task.Sources.Product(arguments.Id("productId")) is { } product ? ToolResult.Of(SearchProducts.Show(product, task)) : ToolResult.Rejected(Unknown));
}
