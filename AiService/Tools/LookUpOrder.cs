using Assistify.AiService.Replies;

namespace Assistify.AiService.Tools;

/// <summary>
/// The state of an order, for whoever proves that it is his. No shop's orders are connected to this service, so it says that it cannot
/// know: an answer that tells a state all the same is refused by the checks.
/// </summary>
internal sealed class LookUpOrder : ILookUp
{
    public const string Name = "look_up_order";

    public ToolDefinition Definition { get; } = new(
        Name, "The state of an order, once the customer has named its number and the e-mail address or telephone number that it was made with.",
        new ToolParameter("orderNumber", ParameterKind.Text, "As the customer wrote it.") { MaxLength = 40 },
        new ToolParameter("contact", ParameterKind.Text, "The e-mail address or telephone number that the customer named.") { MaxLength = 120 });

    public Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        // What proves ownership must have come from the customer, not from the model.
        var said = task.Before.Where(message => message.Author is Contracts.Author.Customer).Concat(task.Unanswered).Select(message => message.Text).ToList();
        if (!Said("orderNumber") || !Said("contact"))
            return Task.FromResult(ToolResult.Rejected("The customer has not named this order number and this contact. Ask for both."));
        return Task.FromResult(new ToolResult("Orders cannot be looked up: no shop is connected. Say so and offer a colleague.", ToolStatus.Unavailable));

        bool Said(string name) => said.Exists(text => text.Contains(arguments.Text(name), StringComparison.OrdinalIgnoreCase));
    }
}
