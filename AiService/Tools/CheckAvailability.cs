using System.Text.Json.Nodes;
using Assistify.AiService.Replies;

namespace Assistify.AiService.Tools;

internal sealed class CheckAvailability : ILookUp
{
    public ToolDefinition Definition { get; } = new(
        "check_availability", "Whether so many pieces of a product can be had now.",
        new ToolParameter("productId", ParameterKind.Id, "Its id in the sources."),
        new ToolParameter("quantity", ParameterKind.Integer, "How many; one if left out.", Required: false) { Least = 1, Most = 1000 });

    public Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        if (task.Sources.Product(arguments.Id("productId")) is not { } product) return Task.FromResult(ToolResult.Rejected(ProductDetails.Unknown));
        // How many there are is the shop's own business.
        return Task.FromResult(ToolResult.Of(new JsonObject
        {
            ["title"] = product.TitleIn(task.Plan.Language), ["quantity"] = arguments.Integer("quantity", 1), ["available"] = product.Stock >= arguments.Integer("quantity", 1),
        }));
    }
}
