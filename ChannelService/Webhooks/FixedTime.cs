using System.Security.Cryptography;
using System.Text;

namespace Assistify.ChannelService.Webhooks;

/// <summary>Compares what proves an origin in a time that says nothing about where it differs.</summary>
internal static class FixedTime
{
    public static bool Equal(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    /// <summary>Whether it is one of the secrets; all are compared.</summary>
    public static bool IsOneOf(string given, IEnumerable<string> secrets)
    {
        var found = false;
        foreach (var secret in secrets) found |= Equal(given, secret);
        return found;
    }
}
