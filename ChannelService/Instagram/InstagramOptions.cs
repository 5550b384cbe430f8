using Assistify.ChannelService.Meta;

namespace Assistify.ChannelService.Instagram;

/// <summary>A professional account of Instagram, by its own login (graph.instagram.com) or by the page it is linked to (graph.facebook.com).</summary>
internal sealed class InstagramOptions : PageOptions
{
    private const string OwnLogin = "https://graph.instagram.com";

    public InstagramOptions() => (ApiBaseUrl, ApiVersion) = (OwnLogin, "v25.0");

    public string? AccountId { get; init; }

    /// <summary>The linked page, where the access token is the page's.</summary>
    public string? PageId { get; init; }

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(AccountId);

    public override string Account => AccountId!;

    public override string BaseAddress => ProvesSecret && ApiBaseUrl == OwnLogin ? "https://graph.facebook.com" : ApiBaseUrl;

    /// <summary>The token of Instagram's own login belongs to another secret than the one that signs.</summary>
    public override bool ProvesSecret => !string.IsNullOrEmpty(PageId);

    /// <summary>Whose messages they are to the Graph API.</summary>
    public string Sender => string.IsNullOrEmpty(PageId) ? AccountId! : PageId;

    protected override string AccountKey => nameof(AccountId);
}
