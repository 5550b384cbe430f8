using System.Net;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChatService.Suppliers;

/// <param name="Address">Null where nobody can be written to by what was typed.</param>
internal sealed record FoundAddress(string Channel, CustomerAddress? Address);

/// <summary>Asks ChannelService, which knows connections and how their providers write addresses.</summary>
internal sealed class ConnectionAddresses(HttpClient http, InternalCalls calls, IConfiguration configuration)
{
    public const string Name = "channels";

    private readonly Replicas _replicas = new(configuration, "channels");

    /// <returns>Null where the workspace has no such connection.</returns>
    /// <exception cref="HttpRequestException">No replica answered.</exception>
    public Task<FoundAddress?> Find(Guid workspaceId, Guid connectionId, string typed, CancellationToken cancellationToken)
    {
        var path = $"/internal/connections/{connectionId}/address?workspaceId={workspaceId}&typed={Uri.EscapeDataString(typed)}";
        return _replicas.Ask(
            async replica =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(replica, path));
                request.Headers.Add(InternalCalls.Header, calls.Sign($"GET {path}"));
                using var response = await http.SendAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.NotFound) return null;
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadFromJsonAsync<FoundAddress>(Json.Options, cancellationToken);
            },
            cancellationToken);
    }
}
