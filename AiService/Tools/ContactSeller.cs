using Assistify.AiService.Replies;
using Npgsql;

namespace Assistify.AiService.Tools;

/// <summary>
/// Asks the one who sells a product. Approved where the customer wants just that; the question goes without anything that tells who he is, and
/// only with the answer that says so.
/// </summary>
internal sealed class ContactSeller : IToolWithConsequences
{
    private const string Done = "The seller is asked when your answer is sent. Tell the customer that his answer comes here; promise nothing else.";

    public ToolDefinition Definition { get; } = new(
        "contact_seller", "Asks the one who sells a product that was found before, where the customer wants that or more photos of it.",
        new ToolParameter("productId", ParameterKind.Id, "Its id in the sources."),
        new ToolParameter("question", ParameterKind.Text, "What the customer wants to know, in the customer's language, without names and contacts.") { MaxLength = 400 });

    public string? NotApproved(ToolArguments arguments, ReplyTask task)
    {
        if (!task.Plan.Wishes.Any(wish => wish.Kind is WishKind.Seller)) return "the customer has not asked for that.";
        if (task.Sources.Product(arguments.Id("productId")) is not { } product) return ProductDetails.Unknown;
        if (product.SupplierId is null) return "nobody is known who sells it. Offer a colleague instead.";
        if (Sellers.Has(task, product)) return "the seller has a question about it already, and the answer comes here. Tell the customer so.";
        if (!Sellers.TakeMore(task)) return "the customer's questions of the last hour were as many as may be passed on. Offer a colleague instead.";
        return task.Notes.Enquiry is { } other && other.ProductId != product.Id ? "one seller is asked with one answer, and one is already." : null;
    }

    public Task<ToolResult> Run(
        ToolArguments arguments, ReplyTask task, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        Repeat(arguments, task);
        return Task.FromResult(new ToolResult(Done));
    }

    public void Repeat(ToolArguments arguments, ReplyTask task)
    {
        var product = task.Sources.Product(arguments.Id("productId"))!;
        Sellers.Ask(task, product, product.SupplierId!.Value, arguments.Text("question"));
    }
}
