using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Messages;

/// <summary>
/// What a page says of itself: <c>{ "url", "title", "product", "cart": [{ "product", "quantity" }] }</c> and texts, numbers and truths by names of
/// its own. Small, since it goes with every message.
/// </summary>
internal static class PageContextReader
{
    private const int LongestAll = 6_000;
    private const int LongestUrl = 2_000;
    private const int LongestText = 300;
    private const int LongestName = 40;
    private const int MostFacts = 20;
    private const int MostLines = 20;
    private const int MostPieces = 100_000;

    /// <returns>Null where nothing is said, or something is wrong with it.</returns>
    public static PageContext? Read(Invalid invalid, JsonElement given)
    {
        if (given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        // Its bytes are as they came: what is no UTF-8 would be no text further down.
        var raw = JsonMarshal.GetRawUtf8Value(given);
        if (given.ValueKind != JsonValueKind.Object || !Utf8.IsValid(raw) || Encoding.UTF8.GetCharCount(raw) > LongestAll)
        {
            invalid.Add("context", $"An object of at most {LongestAll} characters.");
            return null;
        }

        var page = new PageContext();
        var facts = new Dictionary<string, string>();
        foreach (var member in given.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            if (NameOf(member) is not { } name)
            {
                invalid.Add("context", $"Names of 1 to {LongestName} characters.");
                continue;
            }

            switch (name)
            {
                case "url":
                    if (Text(member.Value, LongestUrl) is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") page = page with { Url = url };
                    else invalid.Add("context.url", $"An http or https address of at most {LongestUrl} characters.");
                    break;
                case "title":
                    page = page with { Title = Required(name, member.Value) };
                    break;
                case "product":
                    page = page with { Product = Required(name, member.Value) };
                    break;
                case "cart":
                    if (Cart(member.Value) is { } cart) page = page with { Cart = cart };
                    else invalid.Add("context.cart", $$"""At most {{MostLines}} lines such as { "product": "blue-vase", "quantity": 1 }.""");
                    break;
                default:
                    if (Required(name, member.Value) is { } fact) facts[name] = fact;
                    break;
            }
        }

        if (facts.Count > MostFacts) invalid.Add("context", $"At most {MostFacts} names of the page's own.");
        return page with { Facts = facts.Count > 0 ? facts : null };

        string? Required(string name, JsonElement value)
        {
            var text = Text(value, LongestText);
            if (text is null) invalid.Add($"context.{name}", $"A text of 1 to {LongestText} characters, a number, true or false.");
            return text;
        }
    }

    private static List<CartLine>? Cart(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostLines) return null;
        var lines = new List<CartLine>();
        foreach (var line in value.EnumerateArray())
        {
            if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty("product", out var named) || Text(named, LongestText) is not { } product) return null;
            var quantity = 1;
            if (line.TryGetProperty("quantity", out var pieces) && !(pieces.ValueKind == JsonValueKind.Number && pieces.TryGetInt32(out quantity))) return null;
            if (quantity is < 1 or > MostPieces) return null;
            lines.Add(new CartLine(product, quantity));
        }

        return lines;
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name is { Length: > 0 and <= LongestName } name ? StorableText.From(name) : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    private static string? Text(JsonElement value, int most)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText() is { } raw && raw.Length <= most ? raw : null;
            case JsonValueKind.String:
                try
                {
                    return value.GetString()?.Trim() is { Length: > 0 } text && text.Length <= most ? StorableText.From(text) : null;
                }
                catch (InvalidOperationException)
                {
                    return null;
                }
            default:
                return null;
        }
    }
}
