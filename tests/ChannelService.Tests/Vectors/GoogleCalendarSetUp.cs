using Assistify.ChannelService.GoogleCalendar;

namespace Assistify.ChannelService.Tests.Vectors;

internal sealed class GoogleCalendarSetUp() : ChannelSetUp("google_calendar_push")
{
    public override string Provider => "GoogleCalendar";

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
    [
        new GoogleCalendarOptions
        {
            Token = (string)vector.Config["channel_token"]!,
            ChannelId = (string?)vector.Config["channel_id"],
            ResourceId = (string?)vector.Config["resource_id"],
        },
    ];
}
