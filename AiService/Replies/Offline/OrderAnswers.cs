using System.Text.Json.Nodes;
using Assistify.AiService.Orders;
using Assistify.AiService.Providers;
using Assistify.AiService.Tools;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Replies.Offline;

/// <summary>Where is my order: looks it up, asks for what proves whose it is, and tells its state word for word as it was given.</summary>
internal static class OrderAnswers
{
    private const int Most = 3;

    /// <summary>What came of looking for the orders that are asked for, by the wish that asks. As a tool's call, so that it is noted like a model's.</summary>
    public static async Task<IReadOnlyDictionary<Wish, OrderReports>> LookUp(ReplyTask task, ToolRunner tools, WriterNotes notes, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Wish, OrderReports>(ReferenceEqualityComparer.Instance);
        foreach (var wish in task.Plan.Wishes.Where(wish => wish is { Kind: WishKind.Knowledge, Intent: Intents.OrderStatus, Errand: not null }))
        {
            var arguments = new Dictionary<string, object?>();
            if (wish.Errand!.Order is { } number) arguments[LookUpOrder.Number] = JsonValue.Create(number);
            if (wish.Errand.Contact is { } contact) arguments[LookUpOrder.Contact] = JsonValue.Create(contact);
            var call = new FunctionCallContent($"order-{found.Count + 1}", LookUpOrder.Name, arguments);
            if (OrderReports.Read(await tools.Run(call, task, 1, notes, cancellationToken)) is { } reports) found[wish] = reports;
        }
        return found;
    }

    /// <returns>Null where no shop is connected: then only the knowledge says something.</returns>
    public static Passage? Write(Errand errand, OrderReports found, ReplyTask task)
    {
        var language = task.Plan.Language;
        var phrases = OrderPhrases.In(language);
        return found.State switch
        {
            "found" => Tell(errand, found.Orders, task),
            "notFound" => Passage.Of(phrases.NotFound, offers: true),
            "unproven" => errand.Missing is { } slot ? Passage.Of(ErrandPhrases.In(language).Ask(errand, slot)) : Passage.Of(phrases.NeedsBoth, offers: true),
            "refused" => Passage.Of(phrases.Refused, offers: true),
            OrderReports.Away => Passage.Of(phrases.Away, offers: true),
            _ => null,
        };
    }

    // Of many orders, those that something is still to come of; else the latest.
    private static Passage Tell(Errand errand, IReadOnlyList<OrderReport> orders, ReplyTask task)
    {
        var told = orders.Where(order => errand.Order is not null || order.IsUnderWay).Take(Most).ToList();
        if (told.Count == 0) told.Add(orders[0]);
        foreach (var order in told) task.Sources.Add(order.Source);
        return new Passage(
            string.Join('\n', told.Select(order => order.Tell)), [.. told.Select(order => new Citation(order.Source.DocumentId, order.Name, null, order.Tell))], [], []);
    }
}
