using Assistify.ChannelService.Meta;

namespace Assistify.ChannelService.Messenger;

/// <summary>The part of the Graph API that is Messenger's: its failures suspend nothing else.</summary>
internal sealed class MessengerClient(HttpClient http, TimeProvider time) : GraphClient(http, time)
{
    public const string Name = "messenger";
}
