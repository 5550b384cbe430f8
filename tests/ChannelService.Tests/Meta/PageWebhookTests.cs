using System.Text;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Meta;

public sealed class PageWebhookTests
{
    [Test]
    public void An_edit_of_each_number_is_one_and_a_reaction_each_of_its_own()
    {
        var edits = Read(""" "message_edit":{"mid":"m1","text":"size 43","num_edit":"2"} """).Concat(Read(""" "message_edit":{"mid":"m1","text":"size 43","num_edit":2} """));
        var reaction = (ChangeItem)Read(""" "reaction":{"mid":"m1","action":"react","reaction":"love","emoji":"❤"} """).Single();

        Assert.That(edits.Select(item => item.ExternalId), Is.All.EqualTo("edited:m1:2"));
        Assert.That((reaction.Change, reaction.Target, reaction.Emoji), Is.EqualTo((MessageChange.Reacted, "m1", "❤")));
    }

    [Test]
    public void A_referral_an_optin_and_a_hand_over_are_noted()
    {
        var items = Read(""" "referral":{"ref":"spring","source":"SHORTLINK","type":"OPEN_THREAD"} """)
            .Concat(Read(""" "optin":{"type":"notification_messages","ref":"x"} """))
            .Concat(Read(""" "pass_thread_control":{"new_owner_app_id":"1"} """))
            .Concat(Read(""" "something_new":{} """)).Cast<NoticeItem>();

        Assert.That(items.Select(item => (item.Kind, item.Detail)), Is.EqualTo(new (string, string?)[]
        {
            ("referral", "SHORTLINK OPEN_THREAD spring"), ("optin", "notification_messages x"), ("system", "pass_thread_control"), ("unknown", null),
        }));
    }

    [Test]
    public void A_place_is_a_location_and_an_advertisement_the_messages_referral()
    {
        var message = (InboundItem)Read(
            """
            "message":{"mid":"m1","attachments":[{"type":"location","title":"Here","payload":{"coordinates":{"lat":35.1,"long":33.4}}}],
             "referral":{"ref":"r1","source":"ADS","ads_context_data":{"ad_title":"Sale"}}}
            """).Single();

        Assert.That(message.Content.Location, Is.EqualTo(new Location(35.1, 33.4, "Here")));
        Assert.That(message.Content.Referral, Is.EqualTo(new Referral("Sale", SourceId: "r1", SourceType: "ADS")));
        Assert.That(message.Content.Attachments, Is.Null);
    }

    [Test]
    public void A_receipt_names_a_time_or_messages()
    {
        var receipt = (ReceiptItem)Read(""" "delivery":{"mids":["m1","m2"],"watermark":1767225600500} """).Single();

        Assert.That((receipt.Status, receipt.Watermark), Is.EqualTo((DeliveryStatus.Delivered, (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(1767225600500))));
        Assert.That(receipt.MessageExternalIds, Is.EqualTo(["m1", "m2"]));
        Assert.That(Read(""" "delivery":{} """), Is.Empty);
    }

    private static IReadOnlyList<WebhookItem> Read(string what) =>
        new PageWebhook("page", "facebook", FakeGraph.App).Read(Encoding.UTF8.GetBytes(FakeGraph.Messaging(what))).Items;
}
