using System.Globalization;
using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Orders;

/// <summary>An order as Shopify tells of it, with whose it is. https://shopify.dev/docs/api/admin-rest/latest/resources/order</summary>
internal sealed class StoredOrder(JsonElement record, string shop)
{
    private const int MostLines = 50;

    // Without the country's code, less is too easily guessed.
    private const int ShortestPhone = 8;

    public DateTimeOffset? CreatedAt => Time("created_at");

    /// <summary>Whether one of these made it, by what is proven of them.</summary>
    public bool IsOf(IReadOnlyList<string> phones, IReadOnlyList<string> customers) =>
        Customer.Filled("id") is { } id && customers.Contains(id) || Phones().Any(own => phones.Any(phone => Digits(phone) == Digits(own)));

    /// <summary>Whether it was made with this e-mail address or telephone number, however that is written.</summary>
    public bool WasMadeWith(string contact)
    {
        if (contact.Contains('@', StringComparison.Ordinal)) return Emails().Any(email => Normalised(email) == Normalised(contact));
        if (PhoneNumber.Parse(contact) is { } international) return Phones().Any(phone => Digits(phone) == Digits(international));
        // As it is dialled at home.
        var national = Digits(contact).TrimStart('0');
        return national.Length >= ShortestPhone && Phones().Any(phone => Digits(phone).EndsWith(national, StringComparison.Ordinal));
    }

    public ShopOrder Show()
    {
        var id = record.Text("id") ?? "";
        return new ShopOrder(
            id, record.Text("name") ?? id, CreatedAt, Total(), record.Filled("financial_status"), Fulfilment(), Time("cancelled_at"),
            [.. record.Objects("line_items").Take(MostLines).Select(line => new ShopOrderLine(line.Text("title") ?? "", line.Integer("quantity") ?? 1))],
            [.. record.Objects("fulfillments").Where(IsUnderWay).Select(Parcel).Where(parcel => parcel is not { Number: null, Url: null })],
            $"https://{shop}/admin/orders/{id}");
    }

    public static string Normalised(string contact) =>
        contact.Contains('@', StringComparison.Ordinal) ? contact.Trim().ToLowerInvariant() : Digits(PhoneNumber.Parse(contact) ?? contact);

    public static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));

    private JsonElement? Customer => record.Object("customer");

    private IEnumerable<string> Emails() => Filled(record.Filled("email"), record.Filled("contact_email"), Customer.Filled("email"));

    private IEnumerable<string> Phones() => Filled(record.Filled("phone"), Customer.Filled("phone"));

    private static IEnumerable<string> Filled(params IEnumerable<string?> values) => values.OfType<string>();

    private Money? Total() => record.Decimal("total_price") is { } amount && record.Filled("currency") is { Length: 3 } currency ? new Money(amount, currency) : null;

    private string Fulfilment()
    {
        var status = record.Filled("fulfillment_status") ?? "unfulfilled";
        var parcels = record.Objects("fulfillments").Where(IsUnderWay).ToList();
        return status == "fulfilled" && parcels.Count > 0 && parcels.TrueForAll(parcel => parcel.Text("shipment_status") == "delivered") ? "delivered" : status;
    }

    private static bool IsUnderWay(JsonElement fulfilment) => fulfilment.Text("status") is not ("cancelled" or "error" or "failure");

    private static ShopParcel Parcel(JsonElement fulfilment) => new(
        fulfilment.Filled("tracking_company"), fulfilment.Filled("tracking_number"),
        Uri.TryCreate(fulfilment.Filled("tracking_url"), UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url.AbsoluteUri : null);

    private DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(record.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
