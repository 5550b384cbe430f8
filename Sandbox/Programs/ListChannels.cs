using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Programs;

/// <param name="Abilities">What customers can do on it.</param>
internal sealed record SandboxChannel(
    string Channel, string Name, string Address, IReadOnlyList<SandboxPerson> People, string AddressForm, IReadOnlyList<string> Abilities,
    IReadOnlyList<string> Events, int LongestText, IReadOnlyList<string> KnownSteps, bool HasHandshake);

/// <summary><c>GET /sandbox/api/channels</c>: the phones that there are.</summary>
internal static class ListChannels
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    public static void Map(IEndpointRouteBuilder app, IReadOnlyList<StandIn> standIns)
    {
        app.MapGet("/sandbox/api/channels", () => standIns.Select(one => new SandboxChannel(
            one.Channel, one.Name, one.Address, one.People, one.AddressForm, one.Abilities, one.Events, one.LongestText, one.KnownSteps, one.Handshake() is not null)));

        // The named channels' own routes are more specific than this one.
        app.MapMethods("/sandbox/api/{channel}/{**rest}", s_methods, (string channel) => TypedResults.Problem(
            statusCode: StatusCodes.Status404NotFound,
            title: "No such channel or page",
            detail: standIns.Any(one => one.Channel == channel)
                ? $"The channel {channel} has inbound, outbox, faults, exchanges and handshake."
                : $"There is a stand-in for these channels: {string.Join(", ", standIns.Select(one => one.Channel))}."));
    }
}
