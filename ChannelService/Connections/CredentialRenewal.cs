using System.Text.Json.Nodes;

namespace Assistify.ChannelService.Connections;

/// <summary>
/// Renews credentials that end by themselves, each week, long before they do. Those of configuration cannot be kept by anybody
/// but who wrote them there: for them there are the alarms alone.
/// </summary>
internal sealed partial class CredentialRenewal(
    ConnectionStore store, ConnectionSecrets secrets, ServedConnections served, TimeProvider time, ILogger<CredentialRenewal> logger)
{
    private static readonly TimeSpan s_every = TimeSpan.FromDays(7);

    /// <returns>When the credentials end, where that is known.</returns>
    public async Task<DateTimeOffset?> Run(IChannelAdapter adapter, CancellationToken cancellationToken)
    {
        if (!adapter.Renews || await store.Find(adapter.Connection.WorkspaceId, adapter.Connection.Id, cancellationToken) is not { } stored) return null;

        var now = time.GetUtcNow();
        var (renewedAt, endsAt) = await store.Renewal(stored.Id, cancellationToken);
        if (now - renewedAt < s_every || served.Provider(stored.Provider) is not { } provider) return endsAt;

        if (await adapter.Renew(cancellationToken) is not { } renewed)
        {
            LogRefused(stored.Id, stored.Provider);
            return endsAt;
        }

        var settings = ConnectionSettings.Of(provider, stored.Settings, secrets.Unprotect(stored.Id, stored.Secrets));
        settings.Change(new JsonObject { [ConnectionSettings.NameOf(renewed.Option)] = renewed.Value });
        var changed = stored with { Secrets = secrets.Protect(stored.Id, settings.Secrets), UpdatedAt = now };

        // Where somebody changed the connection meanwhile, what he gave counts.
        if (await store.Renew(changed, renewed.EndsAt, cancellationToken) != Stored.Done) return endsAt;
        LogRenewed(stored.Id, stored.Provider);
        await served.Refresh(cancellationToken);
        return renewed.EndsAt;
    }

    [LoggerMessage(LogLevel.Information, "The credentials of connection {ConnectionId} of {Provider} were renewed")]
    private partial void LogRenewed(Guid connectionId, string provider);

    [LoggerMessage(LogLevel.Warning, "{Provider} does not renew the credentials of connection {ConnectionId} now")]
    private partial void LogRefused(Guid connectionId, string provider);
}
