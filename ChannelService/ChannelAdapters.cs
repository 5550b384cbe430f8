using System.Collections.Frozen;

namespace Assistify.ChannelService;

/// <summary>The connections that this service serves, as they are now.</summary>
internal sealed class ChannelAdapters(IEnumerable<IChannelAdapter> adapters)
{
    private volatile FrozenDictionary<Guid, IChannelAdapter> _byId = adapters.ToFrozenDictionary(adapter => adapter.Connection.Id);

    /// <summary>Those that configuration gives to the default workspace; they are always served.</summary>
    public IReadOnlyList<IChannelAdapter> Configured { get; } = [.. adapters];

    public IReadOnlyCollection<IChannelAdapter> All => _byId.Values;

    public IChannelAdapter? Find(Guid connectionId) => _byId.GetValueOrDefault(connectionId);

    /// <summary>Those that a webhook may be meant for: the named one, else every connection of the channel.</summary>
    public IReadOnlyList<IChannelAdapter> For(string channel, Guid? connectionId) =>
        [.. All.Where(adapter => adapter.Connection.Channel == channel && (connectionId is null || adapter.Connection.Id == connectionId))];

    /// <summary>From now on these are served and no others.</summary>
    public void Replace(IEnumerable<IChannelAdapter> adapters) => _byId = adapters.ToFrozenDictionary(adapter => adapter.Connection.Id);
}
