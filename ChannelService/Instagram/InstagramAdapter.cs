using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.Contracts;

namespace Assistify.ChannelService.Instagram;

/// <summary>Its echoes do not name the app: our own are those of messages that the ledger knows.</summary>
internal sealed class InstagramAdapter(ChannelConnection connection, InstagramOptions options, InstagramClient client)
    : PageAdapter<InstagramOptions>(connection, options, client), IChannelAdapter
{
    private const int MaxTextBytes = 1000;

    /// <summary>Only by its own login: a page's token lives as long as the page's owner lets it.</summary>
    public bool Renews => !Options.ProvesSecret;

    public Task<RenewedCredential?> Renew(CancellationToken cancellationToken) => client.Renew(Options, cancellationToken);

    protected override int OwnPerSecond => 100;

    protected override string Sender => Options.Sender;

    protected override string Platform => "instagram";

    // Of older ones Instagram says that they are deleted.
    protected override int MostShown => 20;

    protected override PageWebhook Webhook => field ??= new("instagram", Connection.Channel, appId: null);

    protected override IReadOnlyList<OutboundPart> Parts(DeliverMessage message) => PageMessages.Compose(message, MaxTextBytes, TextUnit.Utf8Bytes);
}
