using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Replies;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Orders;

/// <summary>What may be told of an order, as a tool gives it and as it is recorded.</summary>
/// <param name="State">One of <see cref="OrderStates"/>; null where the shop's word for it says nothing to a customer.</param>
/// <param name="Tell">All of it in the customer's language: the source that an answer rests on.</param>
internal sealed record OrderReport(string Id, string Name, string? State, string Tell)
{
    private const int MostLines = 6;

    /// <summary>Whether something of it is to come.</summary>
    public bool IsUnderWay => State is nameof(OrderStates.Prepared) or nameof(OrderStates.Shipped);

    public Source Source => new($"order/{Id}", Name, null, Tell, SourceKind.Order);

    public static OrderReport Of(ShopOrder order, string language, TimeZoneInfo zone)
    {
        var phrases = OrderPhrases.In(language);
        var (state, said) = StateOf(order, phrases);
        var facts = new List<string>();
        // The month's name in the customer's language, and the day where he is.
        if (order.CreatedAt is { } created) facts.Add(TimeZoneInfo.ConvertTime(created, zone).ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(Phrases.In(language).Language)));
        if (order.Total is { } total) facts.Add($"{total.Amount.ToString(CultureInfo.InvariantCulture)} {total.Currency}");
        var about = facts.Count == 0 ? "" : $" ({string.Join(", ", facts)})";
        var lines = order.Lines.Take(MostLines).Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Quantity} × {line.Title}")).ToList();
        if (order.Lines.Count > MostLines) lines.Add("…");
        var contents = lines.Count == 0 ? "." : $": {string.Join(", ", lines)}.";
        string?[] sentences = [$"{phrases.Order} {order.Name}{about}{contents}", said, PaymentOf(order, phrases), .. order.Parcels.Select(parcel => Parcel(parcel, phrases))];
        return new OrderReport(order.Id, order.Name, state?.ToString(), string.Join(' ', sentences.OfType<string>()));
    }

    private static (OrderStates? State, string? Said) StateOf(ShopOrder order, OrderPhrases phrases) => order switch
    {
        { CancelledAt: not null } => (OrderStates.Cancelled, phrases.Cancelled),
        { FulfilmentStatus: "unfulfilled" } => (OrderStates.Prepared, phrases.Prepared),
        { FulfilmentStatus: "partial" } => (OrderStates.Prepared, phrases.Partly),
        { FulfilmentStatus: "fulfilled" } => (OrderStates.Shipped, phrases.Shipped),
        { FulfilmentStatus: "delivered" } => (OrderStates.Delivered, phrases.Delivered),
        _ => (null, null),
    };

    private static string? PaymentOf(ShopOrder order, OrderPhrases phrases) => order.FinancialStatus switch
    {
        "paid" => phrases.Paid,
        "pending" or "partially_paid" => order.CancelledAt is null ? phrases.Unpaid : null,
        "refunded" => phrases.Refunded,
        "partially_refunded" => phrases.PartlyRefunded,
        _ => null,
    };

    private static string Parcel(ShopParcel parcel, OrderPhrases phrases) =>
        string.Format(CultureInfo.InvariantCulture, phrases.Parcel, string.Join(' ', new[] { parcel.Carrier, parcel.Number, parcel.Url }.OfType<string>()));
}

/// <summary>What came of looking for orders, in the words of a tool's result.</summary>
/// <param name="State">An <see cref="OrderSearch"/>, or <see cref="Away"/>.</param>
/// <param name="Note">For a model: what to do with it.</param>
internal sealed record OrderReports(string State, IReadOnlyList<OrderReport> Orders, string? Note = null)
{
    public const string Away = "away";

    public JsonNode ToJson() => JsonSerializer.SerializeToNode(this, Json.Options)!;

    /// <returns>Null where a result says something else, as one of a tool that was not run.</returns>
    public static OrderReports? Read(string result)
    {
        try
        {
            return JsonSerializer.Deserialize<OrderReports>(result, Json.Options) is { State: not null, Orders: not null } reports ? reports : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
