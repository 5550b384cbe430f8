using System.Security.Cryptography;
using System.Text;

namespace Assistify.Contracts;

/// <summary>
/// Ids that every service derives in the same way from what a thing is, so that a thing seen twice, even by two replicas
/// at once, is one thing. All are UUIDv8 (RFC 9562 §5.8) made of the first 16 bytes of a SHA-256.
/// </summary>
public static class Identifiers
{
    /// <summary>The workspace that configuration speaks of.</summary>
    public static readonly Guid DefaultWorkspace = Derive("workspace/default");

    /// <summary>The connection of a provider's account; stable over restarts and replicas.</summary>
    public static Guid Connection(Guid workspaceId, string channel, string account) =>
        Derive($"connection/{workspaceId}/{channel}/{account}");

    /// <summary>The same webhook delivered twice yields the same id. No time in it: not every provider sends one.</summary>
    public static Guid InboundMessage(Guid connectionId, string externalId) => Derive($"inbound/{connectionId}/{externalId}");

    /// <summary>One answer per turn: the reply to <paramref name="version"/> of a conversation's turn.</summary>
    public static Guid Reply(Guid conversationId, long version) => Derive($"reply/{conversationId}/{version}");

    public static Guid Derive(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        var id = hash[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80); // version 8
        id[8] = (byte)((id[8] & 0x3F) | 0x80); // variant
        return new Guid(id, bigEndian: true);
    }
}
