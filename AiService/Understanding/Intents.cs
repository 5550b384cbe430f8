using System.Collections.Frozen;

namespace Assistify.AiService.Understanding;

/// <summary>The names of what customers of shops, marketplaces, events and studios want.</summary>
public static class Intents
{
    public const string Greeting = "greeting";
    public const string Thanks = "thanks";
    public const string Goodbye = "goodbye";
    public const string OpeningHours = "opening_hours";
    public const string Location = "location";
    public const string Contact = "contact";
    public const string Shipping = "shipping";
    public const string ShippingCost = "shipping_cost";
    public const string Returns = "returns";
    public const string Payment = "payment";
    public const string GiftWrapping = "gift_wrapping";
    public const string Care = "care";
    public const string Discount = "discount";
    public const string OrderStatus = "order_status";
    public const string ProductSearch = "product_search";
    public const string ProductPrice = "product_price";
    public const string Availability = "availability";
    public const string Complaint = "complaint";
    public const string TalkToPerson = "talk_to_person";
    public const string Yes = "yes";
    public const string No = "no";
    public const string OptOut = "opt_out";
    public const string SmallTalk = "small_talk";
    public const string CancelOrder = "cancel_order";
    public const string ChangeOrder = "change_order";
    public const string RefundStatus = "refund_status";
    public const string PlaceOrder = "place_order";
    public const string PaymentProblem = "payment_problem";
    public const string Account = "account";
    public const string Invoice = "invoice";
    public const string Warranty = "warranty";
    public const string Customization = "customization";
    public const string GiftCard = "gift_card";
    public const string Wholesale = "wholesale";
    public const string BookAppointment = "book_appointment";
    public const string ChangeAppointment = "change_appointment";
    public const string CancelAppointment = "cancel_appointment";
    public const string EventTickets = "event_tickets";
    public const string SellWithUs = "sell_with_us";
    public const string Other = "other";

    /// <summary>After which people take over or are asked to, or something that was agreed is undone: nobody is understood so by words that say nothing.</summary>
    public static readonly FrozenSet<string> WithConsequences = new[]
    {
        Complaint, TalkToPerson, OptOut, CancelOrder, ChangeOrder, BookAppointment, ChangeAppointment, CancelAppointment,
    }.ToFrozenSet(StringComparer.Ordinal);
}
