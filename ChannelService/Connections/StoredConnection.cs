namespace Assistify.ChannelService.Connections;

/// <summary>A connection that somebody made.</summary>
/// <param name="Account">What no other connection of the provider has: the account there, or the connection's own id where accounts are shared.</param>
/// <param name="Settings">JSON, by the options' names in camelCase, without credentials.</param>
/// <param name="Secrets">The credentials, encrypted; see <see cref="ConnectionSecrets"/>.</param>
/// <param name="SecretNames">Which credentials are set.</param>
/// <param name="ObserveUntil">Until then signatures are only observed.</param>
/// <param name="Revision">The <c>connections_version</c> of its latest change.</param>
internal sealed record StoredConnection(
    Guid Id,
    Guid WorkspaceId,
    string Provider,
    string Account,
    string? Name,
    string Settings,
    byte[] Secrets,
    IReadOnlyList<string> SecretNames,
    DateTimeOffset? ObserveUntil,
    long Revision,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static string AccountOf(ConnectionOptions options, Guid id) => options.ExclusiveAccount ?? id.ToString();
}
