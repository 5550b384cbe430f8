using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChatService.Orders;

/// <summary>Asks ChannelService, which has the shops' orders.</summary>
internal sealed class ShopOrders(HttpClient http, InternalCalls calls, IConfiguration configuration)
{
    public const string Name = "channels";
    private const string Path = "/internal/orders";

    private readonly Replicas _replicas = new(configuration, "channels");

    /// <returns>Null where no replica answered.</returns>
    public async Task<FoundOrders?> Find(OrderQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            return await _replicas.Ask(
                async replica =>
                {
                    using var request = calls.Post(replica, Path, question);
                    using var response = await http.SendAsync(request, cancellationToken);
                    response.EnsureSuccessStatusCode();
                    return await response.Content.ReadFromJsonAsync<FoundOrders>(Json.Options, cancellationToken);
                },
                cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
