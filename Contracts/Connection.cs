namespace Assistify.Contracts;

/// <summary>
/// A connection to a provider needs somebody. Published by ChannelService to every ChatService replica, which shows it to the operators; may be
/// lost or come twice, since <c>/api/connections</c> shows it for as long as it is so.
/// </summary>
/// <param name="Kind">
/// <c>silent</c>: nothing has come for unusually long. <c>credentials</c>: the provider does not take them. <c>credentials_expire</c>: it soon will not.
/// <c>callback_gone</c>: the workspace's own system wants nothing more.
/// </param>
/// <param name="Detail">For people.</param>
public sealed record ConnectionAlarmed(Guid WorkspaceId, Guid ConnectionId, string Channel, string Kind, string? Detail, DateTimeOffset Since);
