using Assistify.ChatService.Customers;

namespace Assistify.ChatService.Orders;

/// <summary>What shops know a person by, as far as a channel proves it. What he says of himself, such as the e-mail address of a web visitor, is not in it.</summary>
internal sealed record ProvenIdentity(IReadOnlyList<string> Phones, IReadOnlyList<string> ShopCustomers)
{
    private const string SignedIn = "customer/";

    /// <param name="identifiers">Of a customer: kind and value of each.</param>
    public static ProvenIdentity Of(params IReadOnlyList<(string Kind, string Value)> identifiers) => new(
        [.. identifiers.Select(one => PhoneOf(one.Kind, one.Value)).OfType<string>().Distinct()],
        [.. identifiers.Where(one => one.Kind == "shopify" && one.Value.StartsWith(SignedIn, StringComparison.Ordinal)).Select(one => one.Value[SignedIn.Length..])]);

    // The channel's own form, and the one form of ours: a shop may have either.
    private static string? PhoneOf(string kind, string value) => kind switch
    {
        PhoneIdentity.Kind => value,
        "whatsapp" => "+" + value.Replace("whatsapp:", "", StringComparison.Ordinal).TrimStart('+') is { Length: > 7 } number && number[1..].All(char.IsAsciiDigit) ? number : null,
        _ => null,
    };
}
