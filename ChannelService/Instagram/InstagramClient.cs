using Assistify.ChannelService.Meta;

namespace Assistify.ChannelService.Instagram;

/// <summary>The part of the Graph API that is Instagram's: its failures suspend nothing else.</summary>
internal sealed class InstagramClient(HttpClient http, TimeProvider time) : GraphClient(http, time)
{
    public const string Name = "instagram";
}
