using Assistify.Sandbox.Twilio;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox;

internal sealed record SandboxChannel(string Channel, string Name, string Address);

internal static class ChannelsEndpoint
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    public static void MapChannels(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sandbox/api/channels", (IOptions<TwilioOptions> twilio) =>
            new SandboxChannel[] { new("whatsapp", "WhatsApp (Twilio)", twilio.Value.From) });

        // The named channels' own routes are more specific than this one.
        app.MapMethods("/sandbox/api/{channel}/{**rest}", s_methods, (string channel) => TypedResults.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "No such channel or page",
            detail: channel == "whatsapp"
                ? "The channel whatsapp has inbound, outbox and faults."
                : "There is a stand-in for this channel: whatsapp."));
    }
}
