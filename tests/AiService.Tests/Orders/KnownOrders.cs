using Assistify.AiService.Evaluation.Conversations;
using Assistify.AiService.Orders;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Tools;
using Assistify.Contracts;

namespace Assistify.AiService.Tests.Orders;

/// <summary>A shop with one order, told of as the other services would.</summary>
internal sealed class KnownOrders(ShopOrder order, string contact) : IOrders
{
    public static readonly ShopOrder Vase = new(
        "820982911946154508", "#1001", new DateTimeOffset(2026, 11, 20, 23, 30, 0, TimeSpan.Zero), new Money(39.00m, "EUR"), "paid", "unfulfilled", null,
        [new ShopOrderLine("Blue stoneware vase", 2)], [], "https://shop.example/admin/orders/1");

    private readonly List<(string? Number, string? Contact)> _asked = [];

    /// <summary>What it was asked for, in order.</summary>
    public IReadOnlyList<(string? Number, string? Contact)> Asked => _asked;

    /// <summary>Whether the address that the customer writes from proves who he is.</summary>
    public bool IsKnown { get; init; }

    public bool IsAway { get; set; }

    public OfflineReplyWriter Writer() => new(new ToolRunner([new LookUpOrder(this)], new NoWorkspaceTools(), new PretendedRuns(), TimeProvider.System));

    public Task<FoundOrders?> Find(Guid workspaceId, Guid conversationId, string? number, string? said, CancellationToken cancellationToken)
    {
        _asked.Add((number, said));
        if (IsAway) return Task.FromResult<FoundOrders?>(null);
        var right = number is null || number.TrimStart('#') == order.Name.TrimStart('#');
        if (IsKnown && right) return Task.FromResult<FoundOrders?>(new FoundOrders(OrderSearch.Found, [order]));
        if (number is null || said is null) return Task.FromResult<FoundOrders?>(new FoundOrders(OrderSearch.Unproven, []));
        return Task.FromResult<FoundOrders?>(right && said == contact ? new FoundOrders(OrderSearch.Found, [order]) : new FoundOrders(OrderSearch.NotFound, []));
    }
}
