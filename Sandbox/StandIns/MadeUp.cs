using System.Security.Cryptography;

namespace Assistify.Sandbox.StandIns;

/// <summary>Credentials of a stand-in that was given none: good for nothing but this process.</summary>
internal static class MadeUp
{
    public static string Hex(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    public static string Letters(int length) =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);

    /// <summary>The configured value, or a made-up one.</summary>
    public static string Unless(string? configured, Func<string> make) => string.IsNullOrWhiteSpace(configured) ? make() : configured.Trim();
}
