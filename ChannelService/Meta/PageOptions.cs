namespace Assistify.ChannelService.Meta;

/// <summary>What Messenger and Instagram have in common.</summary>
internal abstract class PageOptions : MetaOptions
{
    /// <summary>Meta granted the app the feature "Human Agent": people may answer for seven days, the assistant for one.</summary>
    public bool HumanAgent { get; init; }
}
