using System.Text.RegularExpressions;

namespace Assistify.Sandbox.Twilio;

/// <summary>Two letters for the kind and 32 hexadecimal digits, never the same again, not even after a restart.</summary>
internal static partial class TwilioSid
{
    public static string New(string kind, DateTimeOffset now) => kind + Guid.CreateVersion7(now).ToString("N");

    public static bool IsMessage(string text) => Message().IsMatch(text);

    [GeneratedRegex("^(SM|MM)[0-9a-f]{32}$", RegexOptions.CultureInvariant)]
    private static partial Regex Message();
}
