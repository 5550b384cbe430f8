using System.Text.Json;
using Assistify.AiService.Orders;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding.Entities;
using Assistify.Contracts;

namespace Assistify.AiService.Tools;

/// <summary>
/// The state of an order, for whoever proves that it is his: by its number and contact, or by the address that he writes from. It becomes a
/// source of the answer; an answer that tells another state is refused by the checks.
/// </summary>
internal sealed class LookUpOrder(IOrders orders) : ILookUp
{
    public const string Name = "look_up_order";
    public const string Number = "orderNumber";
    public const string Contact = "contact";

    public ToolDefinition Definition { get; } = new(
        Name,
        "The state of the customer's order. It needs the order's number and the e-mail address or telephone number that it was made with, as the customer named them. Call it without them first: some customers are known by the address that they write from.",
        new ToolParameter(Number, ParameterKind.Text, "As the customer wrote it.", Required: false) { MaxLength = 40 },
        new ToolParameter(Contact, ParameterKind.Text, "The e-mail address or telephone number that the customer named.", Required: false) { MaxLength = 120 });

    public async Task<ToolResult> Run(ToolArguments arguments, ReplyTask task, CancellationToken cancellationToken)
    {
        // What proves ownership must have come from the customer, not from the model.
        var said = task.Before.Where(message => message.Author is Author.Customer).Concat(task.Unanswered).Select(message => message.Text).ToList();
        var (number, contact) = (arguments.OptionalText(Number), arguments.OptionalText(Contact));
        if (!Said(number) || !Said(contact)) return ToolResult.Rejected("The customer has not named this order number and this contact. Ask for both.");

        var found = await orders.Find(task.Request.WorkspaceId, task.Request.ConversationId, number, contact, cancellationToken);
        var zone = Zones.Of(task.Request.TimeZone);
        var reports = new OrderReports(
            found is null ? OrderReports.Away : JsonNamingPolicy.CamelCase.ConvertName(found.State.ToString()),
            [.. (found?.Items ?? []).Select(order => OrderReport.Of(order, task.Plan.Language, zone))], NoteFor(found?.State));
        foreach (var report in reports.Orders) task.Sources.Add(report.Source);
        return ToolResult.Of(reports.ToJson()) with { Status = found is null or { State: OrderSearch.NoShop } ? ToolStatus.Unavailable : ToolStatus.Done };

        bool Said(string? value) => value is null || said.Exists(text => text.Contains(value, StringComparison.OrdinalIgnoreCase));
    }

    private static string NoteFor(OrderSearch? state) => state switch
    {
        OrderSearch.Found => "Tell it in the words of 'tell'.",
        OrderSearch.NotFound => "There is no order with this number and this contact. Say so, never which of them is wrong, and offer a colleague.",
        OrderSearch.Unproven => "It is not proven whose order it is. Ask for its number and the e-mail address or telephone number that it was made with.",
        OrderSearch.Refused => "Too many orders were asked for. Say that you cannot look for more here and offer a colleague.",
        OrderSearch.NoShop => "Orders cannot be looked up: no shop is connected. Say so and offer a colleague.",
        _ => "Orders cannot be looked up at the moment. Say so and offer a colleague.",
    };
}
