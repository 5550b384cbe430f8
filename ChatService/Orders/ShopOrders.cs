using System.Text.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Orders;

/// <summary>Asks ChannelService, which has the shops' orders.</summary>
internal sealed class ShopOrders(HttpClient http, InternalCalls calls, IConfiguration configuration)
{
    public const string Name = "channels";
    private const string Path = "/internal/orders";

    private readonly Uri[] _replicas =
        [.. configuration.GetSection("services:channels:http").GetChildren().Select(child => child.Value).OfType<string>().Select(address => new Uri(address))];

    /// <returns>Null where no replica answered.</returns>
    public async Task<FoundOrders?> Find(OrderQuestion question, CancellationToken cancellationToken)
    {
        foreach (var replica in _replicas)
        {
            try
            {
                using var request = calls.Post(replica, Path, question);
                using var response = await http.SendAsync(request, cancellationToken);
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadFromJsonAsync<FoundOrders>(Json.Options, cancellationToken);
            }
            catch (Exception away) when (away is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // The next one.
            }
        }
        return null;
    }
}
