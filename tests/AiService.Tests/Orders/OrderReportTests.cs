using Assistify.AiService.Orders;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Orders;

/// <summary>What is told of an order, and what answers may say because of it.</summary>
public sealed class OrderReportTests
{
    private static readonly ShopOrder s_shipped = KnownOrders.Vase with
    {
        FulfilmentStatus = "fulfilled", Parcels = [new ShopParcel("ACS", "CY123456789", "https://track.example/CY123456789")],
    };

    [Test]
    public void Everything_that_is_known_is_told_on_the_customers_day()
    {
        var report = OrderReport.Of(s_shipped, "en", TimeZoneInfo.FindSystemTimeZoneById("Asia/Nicosia"));

        Assert.That(report.Tell, Is.EqualTo("Order #1001 (21 November 2026, 39.00 EUR): 2 × Blue stoneware vase. It has been shipped. It is paid. Tracking: ACS CY123456789 https://track.example/CY123456789."));
        Assert.That((report.State, report.Source.Kind), Is.EqualTo(("Shipped", SourceKind.Order)));
    }

    [Test]
    public void In_each_language_a_state_is_told_that_is_not_taken_for_another()
    {
        (string Status, DateTimeOffset? Cancelled, OrderStates State)[] states =
        [
            ("unfulfilled", null, OrderStates.Prepared), ("partial", null, OrderStates.Prepared), ("fulfilled", null, OrderStates.Shipped), ("delivered", null, OrderStates.Delivered),
            ("unfulfilled", DateTimeOffset.UnixEpoch, OrderStates.Cancelled),
        ];
        Assert.Multiple(() =>
        {
            foreach (var language in OrderPhrases.Languages)
            {
                foreach (var (status, cancelled, state) in states)
                {
                    foreach (var payment in new[] { "paid", "pending", "refunded", "partially_refunded", "voided", null })
                    {
                        var tell = OrderReport.Of(KnownOrders.Vase with { FulfilmentStatus = status, CancelledAt = cancelled, FinancialStatus = payment }, language, TimeZoneInfo.Utc).Tell;
                        Assert.That(OrderStateWords.In(Words.Fold(tell)), Is.EqualTo(state), tell);
                    }
                }
            }
        });
    }

    [TestCase("Your order has been shipped.", true)]
    [TestCase("Your order #1001 is on its way to you.", true)]
    [TestCase("Η παραγγελία σας είναι καθ' οδόν.", true)]
    [TestCase("Your order has been delivered.", false)]
    [TestCase("Your order has been cancelled.", false)]
    [TestCase("Your parcel will arrive soon.", false)]
    [TestCase("Your order has been shipped and delivered.", false)]
    public void A_model_may_tell_the_state_in_its_own_words_and_no_other_state(string said, bool may)
    {
        var report = OrderReport.Of(s_shipped, "en", TimeZoneInfo.Utc);

        Assert.That(ClaimCheck.Check(said, [report.Source]).Passed, Is.EqualTo(may));
        Assert.That(ClaimCheck.Check(said, [report.Source with { Kind = SourceKind.Tool }]).Passed, Is.False, "it is no order's");
    }

    [Test]
    public void A_result_is_read_back_as_it_was_written()
    {
        var reports = new OrderReports("found", [OrderReport.Of(s_shipped, "el", TimeZoneInfo.Utc)], "Tell it.");

        var read = OrderReports.Read(AiService.Providers.Prompt.AsData(reports.ToJson()))!;

        Assert.That((read.State, read.Orders.Single(), read.Note), Is.EqualTo((reports.State, reports.Orders[0], reports.Note)));
        Assert.That(OrderReports.Read("Nothing more was recorded."), Is.Null);
        Assert.That(OrderReports.Read("{}"), Is.Null);
    }
}
