using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Messenger;

internal sealed class MessengerAdapter(ChannelConnection connection, MessengerOptions options, MessengerClient client)
    : PageAdapter<MessengerOptions>(connection, options, client)
{
    private const int MaxText = 2000;

    /// <summary>A person is another number to each page than to the app. https://developers.facebook.com/docs/messenger-platform/identity/id-matching</summary>
    public override async Task<IReadOnlyList<string>> IdsOf(string userId, CancellationToken cancellationToken)
    {
        // The address names a person, so it is in no trace.
        Activity.Current = null;
        try
        {
            var answer = await Client.Get(Options, $"{userId}/ids_for_pages?page={Options.PageId}", cancellationToken);
            return [userId, .. answer.Objects("data").Select(match => match.Filled("id")).OfType<string>()];
        }
        catch (HttpRequestException refused) when (refused.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
        {
            // Meta knows nobody of the page's by this number, or does not say.
            return [userId];
        }
    }

    protected override int OwnPerSecond => 300;

    protected override string Sender => Options.PageId!;

    protected override string Platform => "messenger";

    // Whoever wrote more than this in a day is no customer.
    protected override int MostShown => 1000;

    protected override PageWebhook Webhook => field ??= new("page", Connection.Channel, Options.AppId);

    protected override IReadOnlyList<OutboundPart> Parts(DeliverMessage message) => PageMessages.Compose(message, MaxText, TextUnit.Utf16Units);

    // Within the 24 hours everything is a response; outside them only people's answers are sent.
    protected override void Complete(JsonObject body) => body["messaging_type"] = "RESPONSE";
}
