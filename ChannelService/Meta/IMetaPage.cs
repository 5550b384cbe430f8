namespace Assistify.ChannelService.Meta;

/// <summary>A page or a professional account, of whatever product.</summary>
internal interface IMetaPage : IChannelAdapter
{
    /// <summary>Sign what Meta sends for the app that the page is connected by.</summary>
    IReadOnlyList<string> AppSecrets { get; }

    /// <summary>The ids by which the page may know a person of the app. Throws where Meta cannot be asked now.</summary>
    Task<IReadOnlyList<string>> IdsOf(string userId, CancellationToken cancellationToken);
}
