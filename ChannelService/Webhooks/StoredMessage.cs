using System.Text.Json;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Webhooks;

/// <summary>A message as it waits in the database for the broker.</summary>
/// <param name="Type">The record's name in Contracts.</param>
internal sealed record StoredMessage(string Type, string Payload)
{
    private static readonly Dictionary<string, Type> s_types =
        new[] { typeof(CustomerMessageReceived), typeof(MessageChanged), typeof(OutsideReplyReceived), typeof(CustomerAddressChanged) }
            .ToDictionary(type => type.Name);

    public static StoredMessage Of(IPartitioned message) =>
        new(message.GetType().Name, JsonSerializer.Serialize(message, message.GetType(), Json.Options));

    public IPartitioned Read() => (IPartitioned)JsonSerializer.Deserialize(Payload, s_types[Type], Json.Options)!;
}
