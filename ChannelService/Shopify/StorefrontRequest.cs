using System.Globalization;
using System.Text.RegularExpressions;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Shopify;

/// <summary>
/// Reads what the chat in the shop asks for through the app proxy: <c>POST {"text":"…","visitorId":"…","name":"…","clientMessageId":"…"}</c>
/// writes, <c>GET ?visitorId=…&amp;after=…</c> fetches the answers. Who is logged in, Shopify says; guests are whoever knows their visitor id.
/// </summary>
internal static partial class StorefrontRequest
{
    private const int MaxText = 4000;
    private const int MaxName = 100;

    /// <param name="answers">The answers to an address after a place.</param>
    public static WebhookContent Read(WebhookRequest request, TwilioForm query, Func<string?, long, IResult> answers)
    {
        var shop = query["shop"]?.ToLowerInvariant() ?? "";
        var customer = query["logged_in_customer_id"];
        if (customer is not null && !Digits().IsMatch(customer)) return Bad("logged_in_customer_id is no number");
        return request.Method == HttpMethods.Get
            ? ReadFetch(query, shop, customer, answers)
            : ReadWritten(request, query, shop, customer);
    }

    private static WebhookContent ReadFetch(TwilioForm query, string shop, string? customer, Func<string?, long, IResult> answers)
    {
        var visitor = query["visitorId"];
        if (visitor is not null && !Visitor().IsMatch(visitor)) return Bad("visitorId is 8 to 64 letters, digits, _ and -");
        var after = 0L;
        if (query["after"] is { } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after)) return Bad("after is no number");
        var address = AddressOf(customer, visitor);

        // Opening the page is noted; asking again and again is not.
        return (query.Has("after") ? WebhookContent.Of() : WebhookContent.Of(new NoticeItem(query["signature"]!, shop, "proxy_request", address)))
            with { Answer = answers(address, after) };
    }

    private static WebhookContent ReadWritten(WebhookRequest request, TwilioForm query, string shop, string? customer)
    {
        if (WireJson.Parse(request.Body.Span) is not { } root) return Bad("The body is not a JSON object");
        if (root.Text("text")?.Trim() is not { Length: > 0 and <= MaxText } text) return Bad($"text is 1 to {MaxText} characters");
        var visitor = root.Text("visitorId");
        if (visitor is not null && !Visitor().IsMatch(visitor)) return Bad("visitorId is 8 to 64 letters, digits, _ and -");
        if (AddressOf(customer, visitor) is not { } address) return Bad("visitorId is missing");
        if (root.Text("name") is { Length: > MaxName }) return Bad($"name is at most {MaxName} characters");
        if (root.Text("clientMessageId") is { Length: > 64 }) return Bad("clientMessageId is at most 64 characters");

        // The same request twice is one message, and so is what the script sends again under its own id.
        var id = root.Text("clientMessageId") is { Length: > 0 } own ? $"{address}:{own}" : query["signature"]!;
        return WebhookContent.Of(new InboundItem(
            id, shop, new CustomerAddress("shopify", address, root.Text("name")), new MessageContent(text), SentAt: WireJson.UnixTime(query["timestamp"])))
            with { Answer = TypedResults.Json(new Dictionary<string, string> { ["status"] = "accepted" }) };
    }

    private static string? AddressOf(string? customer, string? visitor) =>
        customer is not null ? ShopifyWebhook.AddressOf(customer) : visitor is not null ? $"visitor/{visitor}" : null;

    // To the script in the shop, not to Shopify: it must see that it was wrong.
    private static WebhookContent Bad(string reason) =>
        WebhookContent.Nothing(WebhookOutcome.Malformed, reason) with { Answer = TypedResults.Problem($"{reason}.", statusCode: StatusCodes.Status400BadRequest) };

    [GeneratedRegex("^[0-9]{1,20}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex("^[A-Za-z0-9_-]{8,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Visitor();
}
