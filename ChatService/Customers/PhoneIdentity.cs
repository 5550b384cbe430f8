using System.Text.RegularExpressions;
using Assistify.ChatService.Partitions;
using Assistify.Contracts;

namespace Assistify.ChatService.Customers;

/// <summary>
/// A number that a channel proves makes a person the same one on each of its connections, in whichever national form a provider writes it. It
/// is never written to: answers go to the address that the provider gave.
/// </summary>
internal static partial class PhoneIdentity
{
    /// <summary>Among a customer's identifiers; of no channel, and not shown.</summary>
    public const string Kind = "phone";

    private const string WhatsAppPrefix = "whatsapp:";

    /// <returns>Null where the channel does not prove the number: what somebody types into a form is anybody's.</returns>
    public static IdentifierKey? KeyOf(Guid workspaceId, CustomerAddress from) =>
        from is { Kind: "whatsapp", Phone: { } phone } && Canonical(phone) is { } number ? new(workspaceId, Kind, number) : null;

    /// <returns>The number that an identifier proves; null where it proves none.</returns>
    public static string? NumberOf(string kind, string value) => kind switch
    {
        Kind => value,
        "whatsapp" => Canonical(value.StartsWith(WhatsAppPrefix, StringComparison.Ordinal) ? value[WhatsAppPrefix.Length..] : value),
        _ => null,
    };

    /// <returns>The one form of a number in E.164; null where it is none.</returns>
    public static string? Canonical(string phone)
    {
        if (!International().IsMatch(phone)) return null;

        // Argentina: +54 9 11 … from abroad, 11 15 … at home. Mexico: +52 1 … until 2020. Brazil: mobiles got a 9 in front, which
        // WhatsApp leaves out for those that are older.
        var match = Argentina().Match(phone);
        if (match.Success) return $"+54{match.Groups["area"].Value}{match.Groups["rest"].Value}";
        match = Mexico().Match(phone);
        if (match.Success) return $"+52{match.Groups["rest"].Value}";
        match = Brazil().Match(phone);
        return match.Success ? $"+55{match.Groups["area"].Value}{match.Groups["rest"].Value}" : phone;
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex International();

    [GeneratedRegex(
        @"^\+54(?:9(?<area>)(?<rest>[0-9]{10})|9?(?<area>11)15(?<rest>[0-9]{8})|9?(?<area>[0-9]{3})15(?<rest>[0-9]{7})|9?(?<area>[0-9]{4})15(?<rest>[0-9]{6}))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Argentina();

    [GeneratedRegex(@"^\+521(?<rest>[0-9]{10})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Mexico();

    // A 9 before another digit belongs to the number: there were no such mobiles, and without it that is somebody's landline.
    [GeneratedRegex(@"^\+55(?<area>[0-9]{2})9(?<rest>[6-9][0-9]{7})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Brazil();
}
