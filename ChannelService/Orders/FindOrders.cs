using System.Security.Cryptography;
using System.Text;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Orders;

/// <summary>
/// Tells of a shop's orders whoever is proven to have made them. A wrong contact and a wrong number are answered alike, and how often they can
/// be tried is limited by conversation and by contact.
/// </summary>
internal static class FindOrders
{
    private const int MostTries = 10;
    private const int MostTriesOfContact = 30;
    private const int LongestNumber = 64;
    private const int LongestContact = 320;
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    public static void MapFindOrders(this IEndpointRouteBuilder app) => app.MapPost("/internal/orders", Handle).ForOurServices();

    private static async Task<IResult> Handle(
        HttpRequest request, ChannelAdapters adapters, OrderStore orders, Tries tries, CancellationToken cancellationToken)
    {
        if (await InternalCalls.Read<OrderQuestion>(request, cancellationToken) is not { } question)
            return TypedResults.Problem("This is not what was signed.", statusCode: StatusCodes.Status401Unauthorized);

        var shops = adapters.All.Select(adapter => adapter.Connection).Where(shop => shop.WorkspaceId == question.WorkspaceId && shop.Channel == "shopify").ToList();
        return TypedResults.Json(shops.Count == 0 ? Nothing(OrderSearch.NoShop) : await Find(question, shops, orders, tries, cancellationToken), Json.Options);
    }

    private static async Task<FoundOrders> Find(
        OrderQuestion question, List<ChannelConnection> shops, OrderStore orders, Tries tries, CancellationToken cancellationToken)
    {
        if (question.Number?.Trim() is not { Length: > 0 } number)
            return Found(await orders.Latest(shops, question.Phones, question.ShopCustomers, cancellationToken), OrderSearch.Unproven);

        if (number.Length > LongestNumber || question.Contact?.Length > LongestContact) return Nothing(OrderSearch.NotFound);
        var named = await orders.Named(shops, number, cancellationToken);
        var own = named.FindAll(order => order.IsOf(question.Phones, question.ShopCustomers));
        if (own.Count > 0) return Found(own, OrderSearch.Unproven);
        if (question.Contact?.Trim() is not { Length: > 0 } contact) return Nothing(OrderSearch.Unproven);

        // Counted whatever comes out, so that the count itself tells nothing.
        return await IsRefused(question, contact, tries, cancellationToken)
            ? Nothing(OrderSearch.Refused)
            : Found(named.FindAll(order => order.WasMadeWith(contact)), OrderSearch.NotFound);
    }

    private static async Task<bool> IsRefused(OrderQuestion question, string contact, Tries tries, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StoredOrder.Normalised(contact))));
        return await tries.Count($"order-tries:{question.ConversationId ?? question.WorkspaceId}", MostTries, s_hour, cancellationToken) is not null
            || await tries.Count($"order-tries:{question.WorkspaceId}:{hash}", MostTriesOfContact, s_day, cancellationToken) is not null;
    }

    private static FoundOrders Found(List<StoredOrder> orders, OrderSearch otherwise) =>
        orders.Count == 0 ? Nothing(otherwise) : new FoundOrders(OrderSearch.Found, [.. orders.Select(order => order.Show())]);

    private static FoundOrders Nothing(OrderSearch state) => new(state, []);
}
