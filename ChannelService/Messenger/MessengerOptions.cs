using Assistify.ChannelService.Meta;

namespace Assistify.ChannelService.Messenger;

/// <summary>A Facebook page.</summary>
internal sealed class MessengerOptions : PageOptions
{
    public string? PageId { get; init; }

    /// <summary>Tells the page's own sends from what people and other apps send in its name.</summary>
    public string? AppId { get; init; }

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(PageId);

    public override string Account => PageId!;

    protected override string AccountKey => nameof(PageId);
}
