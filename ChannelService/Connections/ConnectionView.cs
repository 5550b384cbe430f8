using System.Text.Json.Nodes;

namespace Assistify.ChannelService.Connections;

/// <summary>A connection as the API shows it: credentials never, only which are set.</summary>
/// <param name="Account">The account at the provider; absent where that does not tell connections apart.</param>
/// <param name="Source"><c>api</c>, or <c>configuration</c>: that one is read-only here.</param>
/// <param name="WebhookUrl">The address to paste at the provider.</param>
/// <param name="SignatureMode"><c>enforce</c> or <c>observe</c>.</param>
/// <param name="Problem">Why it is not served.</param>
/// <param name="Check">What the provider said to a call made on saving.</param>
internal sealed record ConnectionView(
    Guid Id,
    string Provider,
    string Channel,
    string? Account,
    string? Name,
    string Source,
    JsonObject? Settings,
    IReadOnlyList<string>? SecretsSet,
    string WebhookUrl,
    string SignatureMode,
    DateTimeOffset? ObserveUntil,
    string? Problem,
    HealthView? Health,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    CheckView? Check = null);

/// <param name="State"><c>ok</c>, <c>failed</c>, or <c>unchecked</c> where the provider cannot be asked.</param>
internal sealed record CheckView(string State, string? Code, string? Error);

/// <summary>Makes views of connections.</summary>
internal sealed class ConnectionViews(
    ServedConnections served, ChannelAdapters adapters, Webhooks.Observations observations, WebhookAddresses webhooks, ConnectionHealth health, TimeProvider time)
{
    public async Task<ConnectionView> Of(StoredConnection stored, CancellationToken cancellationToken, CheckView? check = null) =>
        Of(stored, (await health.Read([stored.Id], cancellationToken)).GetValueOrDefault(stored.Id)) with { Check = check };

    public ConnectionView Of(StoredConnection stored, HealthView? healthView)
    {
        var channel = served.Provider(stored.Provider)?.Channel ?? stored.Provider.ToLowerInvariant();
        var observes = stored.ObserveUntil > time.GetUtcNow();
        return new ConnectionView(
            stored.Id, stored.Provider, channel, stored.Account == stored.Id.ToString() ? null : stored.Account, stored.Name, "api", JsonNode.Parse(stored.Settings)!.AsObject(), stored.SecretNames,
            webhooks.Of(channel, stored.Id), observes ? "observe" : "enforce", observes ? stored.ObserveUntil : null, served.ProblemOf(stored.Id),
            healthView, stored.CreatedAt, stored.UpdatedAt);
    }

    public IReadOnlyList<ChannelConnection> Configured(Guid workspaceId) =>
        [.. adapters.Configured.Select(adapter => adapter.Connection).Where(connection => connection.WorkspaceId == workspaceId)];

    public ConnectionView Of(ChannelConnection configured, HealthView? healthView) => new(
        configured.Id, configured.Provider, configured.Channel, configured.Account, null, "configuration", null, null,
        webhooks.Of(configured.Channel, configured.Id), observations.IsObserving(configured) ? "observe" : "enforce", null, null, healthView, null, null);
}
