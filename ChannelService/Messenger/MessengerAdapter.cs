using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.Contracts;

namespace Assistify.ChannelService.Messenger;

internal sealed class MessengerAdapter(ChannelConnection connection, MessengerOptions options, MessengerClient client)
    : PageAdapter<MessengerOptions>(connection, options, client)
{
    private const int MaxText = 2000;

    protected override int OwnPerSecond => 300;

    protected override string Sender => Options.PageId!;

    protected override PageWebhook Webhook => field ??= new("page", Connection.Channel, Options.AppId);

    protected override IReadOnlyList<OutboundPart> Parts(DeliverMessage message) => PageMessages.Compose(message, MaxText, TextUnit.Utf16Units);

    // Within the 24 hours everything is a response; outside them only people's answers are sent.
    protected override void Complete(JsonObject body) => body["messaging_type"] = "RESPONSE";
}
