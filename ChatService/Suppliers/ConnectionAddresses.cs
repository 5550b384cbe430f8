using System.Net;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Suppliers;

/// <param name="Address">Null where nobody can be written to by what was typed.</param>
internal sealed record FoundAddress(string Channel, CustomerAddress? Address);

/// <summary>Asks ChannelService, which knows connections and how their providers write addresses.</summary>
internal sealed class ConnectionAddresses(HttpClient http, InternalCalls calls, IConfiguration configuration)
{
    public const string Name = "channels";

    private readonly string[] _replicas =
        [.. configuration.GetSection("services:channels:http").GetChildren().Select(child => child.Value).OfType<string>()];

    /// <returns>Null where the workspace has no such connection.</returns>
    /// <exception cref="HttpRequestException">No replica answered.</exception>
    public async Task<FoundAddress?> Find(Guid workspaceId, Guid connectionId, string typed, CancellationToken cancellationToken)
    {
        if (_replicas.Length == 0) throw new HttpRequestException("services__channels__http__0 is not set.");
        var path = $"/internal/connections/{connectionId}/address?workspaceId={workspaceId}&typed={Uri.EscapeDataString(typed)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(Random.Shared.GetItems(_replicas, 1)[0]), path));
        request.Headers.Add(InternalCalls.Header, calls.Sign($"GET {path}"));
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<FoundAddress>(Json.Options, cancellationToken);
    }
}
