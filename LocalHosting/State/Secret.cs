using System.Security.Cryptography;

namespace Assistify.LocalHosting.State;

internal static class Secret
{
    // No characters that need escaping in a URI, a connection string, a shell or a configuration file.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    public static string Password(int length = 24) => RandomNumberGenerator.GetString(Letters, length);
}
