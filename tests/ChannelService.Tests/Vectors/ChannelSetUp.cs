using System.Text.Json.Nodes;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>What the runner must know of one channel of the vector files: how its <c>config</c> becomes connections.</summary>
/// <param name="name">The channel as vector files call it; <c>provider_response</c> cases name it as their provider.</param>
internal abstract class ChannelSetUp(string name)
{
    /// <summary>A further channel is one line here.</summary>
    private static readonly ChannelSetUp[] s_all =
    [
        new TwilioSetUp(), new WhatsAppSetUp(), new MessengerSetUp(), new InstagramSetUp(), new TelegramSetUp(), new SlackSetUp(),
        new WeChatSetUp(), new CustomSetUp(), new ShopifySetUp(), new GoogleCalendarSetUp(),
    ];

    public static IReadOnlyList<ChannelSetUp> All => s_all;

    public string Name => name;

    /// <summary>The provider's name in configuration.</summary>
    public abstract string Provider { get; }

    /// <summary>Somebody to send to, as the provider writes addresses.</summary>
    public virtual string Customer => "1001";

    /// <summary>The fields of <c>text_limit</c> cases that are a message's own text: the adapter itself must keep within their limits.</summary>
    public virtual IReadOnlyList<string> TextFields => [];

    public static ChannelSetUp? Find(string name) => s_all.FirstOrDefault(setUp => setUp.Name == name);

    public static ChannelSetUp For(string name) =>
        Find(name) ?? throw new AssertionException($"The channel {name} of the vectors has no set-up in ChannelSetUp, so its cases cannot run.");

    /// <summary>The connections that a case's <c>config</c> describes; one that can send, where a case has none.</summary>
    public abstract IEnumerable<ConnectionOptions> Connections(VectorCase vector);

    /// <summary>Where the case's request goes here, without its query.</summary>
    public virtual string AddressOf(VectorRequest request, ChannelConnection connection) => $"/api/webhooks/{connection.Channel}";

    /// <summary>An item's account as the vector files write it.</summary>
    public virtual string AccountOf(string account) => account;

    /// <summary>What a published signature of this channel must be; null for another channel's scheme.</summary>
    public virtual JsonObject? Sign(string scheme, JsonNode inputs) => null;

    /// <summary>What this channel makes of a provider's answer, under the names of <c>expected</c>; by default of the answer to a send.</summary>
    public virtual Task<JsonObject> Answer(VectorApp app, IChannelAdapter adapter, VectorCase vector) => SendAnswer.Of(adapter, Customer);
}
