using System.Globalization;
using Assistify.AiService.Replies;

namespace Assistify.AiService.Tools;

/// <summary>Totals are worked out here, never by a model.</summary>
internal sealed class QuotePrice : ILookUp
{
    public ToolDefinition Definition { get; } = new(
        "quote_price", "The price of several pieces of a product, without shipping.",
        new ToolParameter("productId", ParameterKind.Id, "Its id in the sources."),
        new ToolParameter("quantity", ParameterKind.Integer, "How many.") { Least = 1, Most = 1000 });

    public Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        if (task.Sources.Product(arguments.Id("productId")) is not { } product) return Task.FromResult(ToolResult.Rejected(ProductDetails.Unknown));
        var quantity = arguments.Integer("quantity", 1);
        if (product.Stock < quantity) return Task.FromResult(new ToolResult($"So many of {product.TitleIn(task.Plan.Language)} cannot be had now.", ToolStatus.Unavailable));
        var title = product.TitleIn(task.Plan.Language);
        var quote = string.Create(CultureInfo.InvariantCulture, $"{quantity} × {title}: {product.Price * quantity:0.00} {product.Currency}");
        // The total belongs to the product, so that no other may be sold for it.
        task.Sources.Add(new Source($"quote/{product.Id}/{quantity}", title, product.Url, quote, SourceKind.Tool));
        return Task.FromResult(new ToolResult(quote));
    }
}
