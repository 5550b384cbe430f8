namespace Assistify.Contracts;

// Orders of shops. ChannelService has them; ChatService asks it, since it knows what is proven of a person. Both answer signed calls only.

/// <summary>Which orders are asked for, and what proves that whoever asks may be told of them.</summary>
/// <param name="ConversationId">In which they are asked for: guesses are counted by it. Null where an operator looks.</param>
/// <param name="Number">As the customer wrote it, such as <c>#1001</c>; null: the latest.</param>
/// <param name="Contact">The e-mail address or telephone number that the customer says he ordered with.</param>
/// <param name="Phones">Those that are proven to be his, in E.164.</param>
/// <param name="ShopCustomers">What shops call him who signed in there.</param>
public sealed record OrderQuestion(
    Guid WorkspaceId, Guid? ConversationId, string? Number, string? Contact, IReadOnlyList<string> Phones, IReadOnlyList<string> ShopCustomers);

public enum OrderSearch
{
    Found,

    /// <summary>No such order, or it was made with another contact: nobody is told which.</summary>
    NotFound,

    /// <summary>Whose orders these are is not proven: number and contact are needed. The same whether there is such an order or not.</summary>
    Unproven,

    /// <summary>Too many were asked for in this conversation or with this contact.</summary>
    Refused,

    /// <summary>No shop is connected.</summary>
    NoShop,
}

/// <param name="Items">Newest first; none unless found.</param>
public sealed record FoundOrders(OrderSearch State, IReadOnlyList<ShopOrder> Items);

/// <summary>An order as its shop told of it last, without whatever is the person's: addresses stay in ChannelService.</summary>
/// <param name="Id">The shop's own.</param>
/// <param name="Name">As people call it: <c>#1001</c>.</param>
/// <param name="FinancialStatus">Shopify's word: <c>pending</c>, <c>paid</c>, <c>refunded</c> …</param>
/// <param name="FulfilmentStatus"><c>unfulfilled</c>, <c>partial</c>, <c>fulfilled</c>, <c>restocked</c>; <c>delivered</c> where all of it arrived.</param>
/// <param name="Url">Where operators see it in the shop.</param>
public sealed record ShopOrder(
    string Id, string Name, DateTimeOffset? CreatedAt, Money? Total, string? FinancialStatus, string FulfilmentStatus, DateTimeOffset? CancelledAt,
    IReadOnlyList<ShopOrderLine> Lines, IReadOnlyList<ShopParcel> Parcels, string? Url);

public sealed record ShopOrderLine(string Title, long Quantity);

/// <param name="Url">Where the carrier tells about it.</param>
public sealed record ShopParcel(string? Carrier, string? Number, string? Url);
