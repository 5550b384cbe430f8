using System.Text;
using Assistify.ChannelService.Webhooks;
using Assistify.ChannelService.WhatsApp;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Meta;

public sealed class WhatsAppWebhookTests
{
    [Test]
    public void A_place_a_contact_and_a_form_are_told_whole()
    {
        var items = Read(
            """
            "messages":[
              {"from":"447700900456","id":"w1","type":"location","location":{"latitude":35.1,"longitude":33.4,"name":"Office","address":"1 High St"}},
              {"from":"447700900456","id":"w2","type":"contacts","contacts":[{"name":{"formatted_name":"Ana Silva"},"phones":[{"phone":"+44 7700 900111","wa_id":"447700900111"}],"emails":[{"email":"ana@example.com"}]}]},
              {"from":"447700900456","id":"w3","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"size\":\"42\"}"}}},
              {"from":"447700900456","id":"w4","type":"document","document":{"id":"77","mime_type":"application/pdf","filename":"invoice.pdf"},"context":{"from":"1","id":"w0"}}]
            """);

        var contents = items.Cast<InboundItem>().Select(item => item.Content).ToList();
        Assert.That(contents[0].Location, Is.EqualTo(new Location(35.1, 33.4, "Office", "1 High St")));
        Assert.That(contents[1].Attachments!.Single(), Has.Property("FileName").EqualTo("Ana Silva, +44 7700 900111, ana@example.com").And.Property("Kind").EqualTo("contact"));
        Assert.That((contents[2].Text, contents[2].Form), Is.EqualTo(("Sent", """{"size":"42"}""")));
        Assert.That(contents[3].Attachments!.Single(), Has.Property("FileName").EqualTo("invoice.pdf").And.Property("ExternalId").EqualTo("77"));
        Assert.That(contents[3].ReplyToExternalId, Is.EqualTo("w0"));
    }

    [Test]
    public void Edits_and_deletions_name_their_target()
    {
        var items = Read(
            """
            "messages":[
              {"from":"447700900456","id":"w1","type":"edit","edit":{"original_message_id":"w0","message":{"type":"text","text":{"body":"size 43"}}}},
              {"from":"447700900456","id":"w2","type":"revoke","revoke":{"original_message_id":"w0"}}]
            """);

        Assert.That(items.Cast<ChangeItem>().Select(item => (item.Change, item.Target, item.Text)), Is.EqualTo(
            new (MessageChange, string, string?)[] { (MessageChange.Edited, "w0", "size 43"), (MessageChange.Deleted, "w0", null) }));
    }

    [Test]
    public void An_advertisement_and_a_product_are_where_the_message_came_from()
    {
        var items = Read(
            """
            "messages":[
              {"from":"447700900456","id":"w1","type":"text","text":{"body":"Hi"},"referral":{"source_url":"https://fb.me/x","source_type":"ad","source_id":"9","headline":"Sale","ctwa_clid":"c1"}},
              {"from":"447700900456","id":"w2","type":"text","text":{"body":"This?"},"context":{"referred_product":{"catalog_id":"1","product_retailer_id":"p1"}}}]
            """);

        Assert.That(((InboundItem)items[0]).Content.Referral, Is.EqualTo(new Referral("Sale", null, "https://fb.me/x", "9", "ad", "c1")));
        Assert.That(((InboundItem)items[1]).Content.Referral, Is.EqualTo(new Referral(null, SourceId: "p1", SourceType: "product")));
    }

    [Test]
    public void A_group_talks_among_itself_and_an_unknown_kind_stays_visible()
    {
        var items = Read(
            """
            "messages":[{"from":"447700900456","id":"w1","group_id":"g1","type":"text","text":{"body":"lunch?"}},{"from":"447700900456","id":"w2","type":"hologram","hologram":{}}]
            """).Cast<InboundItem>().ToList();

        Assert.That((items[0].Group, items[0].AnswerWanted), Is.EqualTo(("g1", false)));
        Assert.That((items[1].Kind, items[1].Content.Unsupported), Is.EqualTo((InboundKind.Unsupported, "hologram")));
    }

    [Test]
    public void An_error_of_the_account_is_noted_once()
    {
        var items = Read(""" "errors":[{"code":131042,"title":"Payment"},{"code":131042,"title":"Payment"}] """);

        Assert.That(items.Cast<NoticeItem>().Select(item => (item.Kind, item.Detail)).Distinct(), Is.EqualTo(new (string, string?)[] { ("provider_error", "131042") }));
        Assert.That(items.Select(item => item.ExternalId).Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public void Half_a_surrogate_pair_and_repeated_members_hurt_nobody()
    {
        var items = Read(
            """
            "messages":[{"from":"1","from":"447700900456","id":"w1","type":"text","text":{"body":"caf\u00e9 \ud83d \"ok\"\n\\ud83d"}},{"from":"447700900457","id":"w2","type":"text","text":{"body":"fine"}}]
            """).Cast<InboundItem>().ToList();

        Assert.That(items.Select(item => (item.From.Value, item.Content.Text)), Is.EqualTo(
            new[] { ("447700900456", "café \uFFFD \"ok\"\n\\ud83d"), ("447700900457", "fine") }));
    }

    private static IReadOnlyList<WebhookItem> Read(string what) => WhatsAppWebhook.Read(Encoding.UTF8.GetBytes(FakeGraph.WhatsApp(what))).Items;
}
