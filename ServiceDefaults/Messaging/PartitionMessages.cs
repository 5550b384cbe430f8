using System.Collections.Frozen;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>Reads the messages of the partitions out of the envelopes in which the bus publishes them.</summary>
/// <param name="types">What the handler understands; each implements <see cref="Contracts.IPartitioned"/>.</param>
internal sealed class PartitionMessages(IEnumerable<Type> types)
{
    private const string TraceHeader = "MT-Activity-Id";

    private readonly FrozenDictionary<string, Type> _types = types.ToFrozenDictionary(MessageUrn.ForTypeString);

    /// <returns>Null for a type that the handler does not understand.</returns>
    /// <exception cref="JsonException">It is not an envelope, or not what its type says.</exception>
    public Contracts.IPartitioned? Read(ReadOnlySpan<byte> body)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(body, SystemTextJsonMessageSerializer.Options);
        foreach (var name in envelope?.MessageType ?? [])
        {
            if (_types.TryGetValue(name, out var type))
                return (Contracts.IPartitioned?)envelope!.Message.Deserialize(type, SystemTextJsonMessageSerializer.Options);
        }

        return null;
    }

    /// <returns>Of the publisher; none where the headers name none.</returns>
    public static ActivityContext TraceOf(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(TraceHeader, out var value) == true && value is byte[] bytes
        && ActivityContext.TryParse(Encoding.ASCII.GetString(bytes), null, isRemote: true, out var trace) ? trace : default;

    private sealed record Envelope(string[]? MessageType, JsonElement Message);
}
