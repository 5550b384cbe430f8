using System.Text.Json;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Connections;

/// <summary>A connection's credentials at rest: one encrypted value, bound to the connection, so that it means nothing in another row.</summary>
internal sealed class ConnectionSecrets(Secrets secrets)
{
    public byte[] Protect(Guid connectionId, IReadOnlyDictionary<string, string> values) =>
        secrets.Protect(JsonSerializer.SerializeToUtf8Bytes(values), Purpose(connectionId));

    /// <exception cref="System.Security.Cryptography.CryptographicException">Written under a key that this service does not have.</exception>
    public Dictionary<string, string> Unprotect(Guid connectionId, byte[] value) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(secrets.Unprotect(value, Purpose(connectionId))) ?? [];

    private static string Purpose(Guid connectionId) => $"connection/{connectionId}/secrets";
}
