using System.Net;
using System.Net.Http.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Orders;

/// <summary>The orders of the workspace's shops.</summary>
internal interface IOrders
{
    /// <param name="number">As the customer wrote it; null: the latest of whoever is known by the address that he writes from.</param>
    /// <param name="contact">That he says he ordered with.</param>
    /// <returns>Null where nobody can say now.</returns>
    Task<FoundOrders?> Find(Guid workspaceId, Guid conversationId, string? number, string? contact, CancellationToken cancellationToken);
}

/// <summary>Asks ChatService, which knows what is proven of the customer, and through it ChannelService, which has the orders.</summary>
internal sealed class ChatOrders(ChatCalls chat, TimeProvider time) : IOrders
{
    // Somebody waits for the answer.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(6);

    public async Task<FoundOrders?> Find(Guid workspaceId, Guid conversationId, string? number, string? contact, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await chat.Post(
                $"/internal/conversations/{conversationId}/orders", new OrderQuestion(workspaceId, conversationId, number, contact, [], []),
                async response => response.StatusCode is HttpStatusCode.OK ? await response.Content.ReadFromJsonAsync<FoundOrders>(Json.Options, either.Token) : null, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}

/// <summary>Where there is nobody to ask: suites have what was recorded.</summary>
internal sealed class NoOrders : IOrders
{
    public Task<FoundOrders?> Find(Guid workspaceId, Guid conversationId, string? number, string? contact, CancellationToken cancellationToken) =>
        Task.FromResult<FoundOrders?>(new FoundOrders(OrderSearch.NoShop, []));
}
