using System.Net;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Meta;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Meta;

public sealed class MetaDeliveryTests
{
    private ChannelApp _app = null!;
    private FakeGraph _graph = null!;

    [SetUp]
    public async Task Start() => (_app, _graph) = await FakeGraph.Start();

    [TearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        _graph.Dispose();
    }

    [Test]
    public async Task A_text_goes_to_the_number_with_the_name_of_its_delivery()
    {
        var message = await Sent(FakeGraph.Delivery(_app, "whatsapp", "Hi"));

        var call = _graph.Messages.Single();
        Assert.That(call.Uri.AbsoluteUri, Is.EqualTo($"http://graph.test/v23.0/{FakeGraph.Number}/messages?appsecret_proof={GraphClient.Proof("wa-token", FakeGraph.Secret)}"));
        Assert.That(call.Authorization, Is.EqualTo("Bearer wa-token"));
        AssertJson(call.Body, $$"""
            {"type":"text","text":{"body":"Hi","preview_url":false},"messaging_product":"whatsapp","recipient_type":"individual",
             "to":"447700900456","biz_opaque_callback_data":"{{message.DeliveryId}}:0"}
            """);
    }

    [Test]
    public async Task Somebody_without_a_number_is_written_to_by_his_id()
    {
        await Sent(FakeGraph.Delivery(_app, "whatsapp", "Hi", "US.13491208655302741918"));

        Assert.That((string?)_graph.Messages.Single().Body["recipient"], Is.EqualTo("US.13491208655302741918"));
        Assert.That(_graph.Messages.Single().Body.ContainsKey("to"), Is.False);
    }

    [Test]
    public async Task Messenger_and_instagram_take_their_own_form()
    {
        var page = await Sent(FakeGraph.Delivery(_app, "facebook", "Hi", "6712345678901234"));
        var account = await Sent(FakeGraph.Delivery(_app, "instagram", "Hola", "1254459154682919"));

        AssertJson(_graph.Messages[0].Body, $$"""
            {"recipient":{"id":"6712345678901234"},"message":{"text":"Hi","metadata":"{{page.DeliveryId}}:0"},
             "messaging_type":"RESPONSE"}
            """);
        Assert.That(_graph.Messages[0].Uri.AbsolutePath, Is.EqualTo($"/v23.0/{FakeGraph.Page}/messages"));
        AssertJson(_graph.Messages[1].Body, $$"""
            {"recipient":{"id":"1254459154682919"},"message":{"text":"Hola","metadata":"{{account.DeliveryId}}:0"} }
            """);
        Assert.That(_graph.Messages[1].Uri.PathAndQuery, Is.EqualTo($"/v25.0/{FakeGraph.Account}/messages"));
    }

    [TestCase(3, "button")]
    [TestCase(10, "list")]
    [TestCase(11, null)]
    public async Task Choices_are_buttons_a_list_or_numbered_lines(int count, string? form)
    {
        await Sent(FakeGraph.Delivery(_app, "whatsapp", "Which size?", cards: Choices(count)));

        var body = _graph.Messages.Single().Body;
        Assert.That((string?)body["interactive"]?["type"], Is.EqualTo(form));
        if (form == "button") Assert.That((string?)body["interactive"]!["action"]!["buttons"]![2]!["reply"]!["id"], Is.EqualTo("size:2"));
        else if (form == "list") Assert.That(body["interactive"]!["action"]!["sections"]![0]!["rows"]!.AsArray(), Has.Count.EqualTo(10));
        else Assert.That((string?)body["text"]!["body"], Does.StartWith("Which size?\n1. Size 0\n2. Size 1").And.EndsWith("11. Size 10"));
    }

    [Test]
    public async Task Three_choices_with_long_titles_are_a_list_that_keeps_them_whole()
    {
        var title = "A title that has no room on any button or row";

        await Sent(FakeGraph.Delivery(_app, "whatsapp", "Which?", cards: new Card("form", "a", title, Action: "a")));

        var row = _graph.Messages.Single().Body["interactive"]!["action"]!["sections"]![0]!["rows"]![0]!;
        Assert.That((string?)row["title"], Has.Length.LessThanOrEqualTo(24).And.EndsWith("…"));
        Assert.That((string?)row["description"], Is.EqualTo(title));
    }

    [Test]
    public async Task A_long_text_keeps_its_buttons_on_a_last_piece_that_may_have_them()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 700));

        await Sent(FakeGraph.Delivery(_app, "whatsapp", text, cards: Choices(2)), parts: 4);

        Assert.That(_graph.Messages.SkipLast(1).Select(call => (string?)call.Body["type"]), Is.All.EqualTo("text"));
        var last = (string)_graph.Messages[^1].Body["interactive"]!["body"]!["text"]!;
        Assert.That(last, Has.Length.LessThanOrEqualTo(1024));
        Assert.That(string.Join(' ', _graph.Messages.SkipLast(1).Select(call => (string?)call.Body["text"]!["body"]).Append(last)), Is.EqualTo(text));
    }

    [Test]
    public async Task Cards_are_pictures_with_a_caption_and_the_text_comes_last()
    {
        await Sent(FakeGraph.Delivery(_app, "whatsapp", "Look:", cards: [s_vase, new Card("product", "2", "Red vase")]), parts: 2);

        AssertJson(_graph.Messages[0].Body["image"]!, """{"link":"https://shop.example/vase.jpg","caption":"Blue vase – 39.9 EUR\nHand made\nhttps://shop.example/vase"}""");
        Assert.That((string?)_graph.Messages[1].Body["text"]!["body"], Is.EqualTo("Look:\n\n• Red vase"));
    }

    [Test]
    public async Task Cards_are_a_carousel_on_messenger_and_choices_quick_replies()
    {
        await Sent(FakeGraph.Delivery(_app, "facebook", "Look:", cards: [s_vase, .. Choices(13)]), parts: 2);

        AssertJson(_graph.Messages[0].Body["message"]!["attachment"]!, """
            {"type":"template","payload":{"template_type":"generic","elements":[{"title":"Blue vase","subtitle":"39.9 EUR – Hand made",
             "image_url":"https://shop.example/vase.jpg","default_action":{"type":"web_url","url":"https://shop.example/vase"},
             "buttons":[{"type":"web_url","url":"https://shop.example/vase","title":"Open"}]}]}}
            """);
        Assert.That(_graph.Messages[1].Body["message"]!["quick_replies"]!.AsArray(), Has.Count.EqualTo(13));
        Assert.That((string?)_graph.Messages[1].Body["message"]!["quick_replies"]![12]!["payload"], Is.EqualTo("size:12"));
    }

    [Test]
    public async Task What_is_outside_the_window_is_refused_before_any_call()
    {
        var message = FakeGraph.Delivery(_app, "facebook", "Too late") with { WindowExpiresAt = _app.Time.GetUtcNow().AddSeconds(-1) };

        await _app.Deliver(message);

        var row = await _app.Row(message.DeliveryId, LedgerStatus.Failed);
        Assert.That((row.ErrorCode, row.Error), Is.EqualTo(("window_closed", row.Error)));
        Assert.That(row.Error, Does.Contain("too long ago"));
        Assert.That(_graph.Calls, Is.Empty);
    }

    [Test]
    public async Task A_template_goes_out_whenever_the_customer_wrote_last()
    {
        var message = await Sent(FakeGraph.Delivery(_app, "whatsapp", "Your order 1001 comes on Friday") with
        {
            Author = Author.Agent, Template = new MessageTemplate("order_update", "en_GB", ["1001", "Friday"]),
        });

        AssertJson(_graph.Messages.Single().Body, $$"""
            {"type":"template","template":{"name":"order_update","language":{"code":"en_GB"},"components":[{"type":"body","parameters":[{"type":"text","text":"1001"},{"type":"text","text":"Friday"}]}]},
             "messaging_product":"whatsapp","recipient_type":"individual","to":"447700900456","biz_opaque_callback_data":"{{message.DeliveryId}}:0"}
            """);
    }

    [Test]
    public async Task A_template_for_a_channel_without_templates_is_refused_and_never_sent_as_text()
    {
        var message = FakeGraph.Delivery(_app, "facebook", "Your order comes") with { Author = Author.Agent, Template = new MessageTemplate("order_update", null, []) };

        await _app.Deliver(message);

        Assert.That((await _app.Row(message.DeliveryId, LedgerStatus.Failed)).ErrorCode, Is.EqualTo("no_templates"));
        Assert.That(_graph.Calls, Is.Empty);
    }

    [Test]
    public async Task People_may_answer_for_a_week_where_meta_granted_it()
    {
        var closed = _app.Time.GetUtcNow().AddDays(-5);
        var message = await Sent(FakeGraph.Delivery(_app, "facebook", "Sorry that it took so long", "6712345678901234") with { Author = Author.Agent, WindowExpiresAt = closed });

        AssertJson(_graph.Messages.Single().Body, $$"""
            {"recipient":{"id":"6712345678901234"},"message":{"text":"Sorry that it took so long","metadata":"{{message.DeliveryId}}:0"},
             "messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT"}
            """);

        foreach (var late in new[]
        {
            FakeGraph.Delivery(_app, "facebook", "By the assistant", "1") with { WindowExpiresAt = closed },
            FakeGraph.Delivery(_app, "facebook", "After a week", "2") with { Author = Author.Agent, WindowExpiresAt = _app.Time.GetUtcNow().AddDays(-7) },
            FakeGraph.Delivery(_app, "instagram", "Not granted", "3") with { Author = Author.Agent, WindowExpiresAt = closed },
        })
        {
            await _app.Deliver(late);
            Assert.That((await _app.Row(late.DeliveryId, LedgerStatus.Failed)).ErrorCode, Is.EqualTo("window_closed"), late.Text);
        }
    }

    [Test]
    public async Task Refusals_are_final_and_say_why()
    {
        _graph.OnSend = _ => FakeGraph.Error(400, 131047);
        var message = FakeGraph.Delivery(_app, "whatsapp");

        await _app.Deliver(message);

        var row = await _app.Row(message.DeliveryId, LedgerStatus.Failed);
        Assert.That((row.ErrorCode, row.Error), Is.EqualTo(("131047", MetaErrors.Describe("131047"))));
        Assert.That(_graph.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Too_much_for_one_person_keeps_nobody_else_waiting()
    {
        _graph.OnSend = call => (string?)call.Body["to"] == "447700900001" ? FakeGraph.Error(400, 131056) : null;
        var slow = FakeGraph.Delivery(_app, "whatsapp", "slow", "447700900001");
        await _app.Deliver(slow);
        await Poll.Get(() => _graph.Messages.Count, count => count >= 2, "the message is tried again");

        for (var person = 0; person < 8; person++) await Sent(FakeGraph.Delivery(_app, "whatsapp", "quick", $"44770090010{person}"));

        Assert.That((await _app.Get<Ledger>().Load([slow.DeliveryId], CancellationToken.None))[0].Status, Is.AnyOf(LedgerStatus.Queued, LedgerStatus.Sending));
        _graph.OnSend = _ => null;
        await _app.Row(slow.DeliveryId, LedgerStatus.Sent, seconds: 90);
    }

    [Test]
    public async Task A_lost_answer_is_settled_by_the_status_that_names_the_delivery()
    {
        _graph.OnSend = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut");
        var message = FakeGraph.Delivery(_app, "whatsapp");
        await _app.Deliver(message);
        await _app.Row(message.DeliveryId, LedgerStatus.Unknown);

        await FakeGraph.Post(_app, "whatsapp", FakeGraph.WhatsApp(
            $$"""
            "statuses":[{"id":"wamid.LOST","status":"delivered","timestamp":"1767225600","recipient_id":"447700900456","biz_opaque_callback_data":"{{message.DeliveryId}}:0"}]
            """));

        Assert.That((await _app.Row(message.DeliveryId, LedgerStatus.Delivered)).ExternalId, Is.EqualTo("wamid.LOST"));
        Assert.That(_graph.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_lost_answer_is_settled_by_the_echo_that_names_the_delivery()
    {
        _graph.OnSend = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut");
        var message = FakeGraph.Delivery(_app, "facebook", "Hi", "6712345678901234");
        await _app.Deliver(message);
        await _app.Row(message.DeliveryId, LedgerStatus.Unknown);

        await FakeGraph.Post(_app, "facebook", FakeGraph.Messaging(
            $$""" "message":{"is_echo":true,"app_id":{{FakeGraph.App}},"mid":"m_lost","text":"Hi","metadata":"{{message.DeliveryId}}:0"} """,
            FakeGraph.Page, "6712345678901234"));

        Assert.That((await _app.Row(message.DeliveryId, LedgerStatus.Sent)).ExternalId, Is.EqualTo("m_lost"));
        Assert.That(_app.Broker.Published.OfType<OutsideReplyReceived>(), Is.Empty);
    }

    [Test]
    public async Task What_nothing_settles_is_sent_once_more_where_doubles_are_allowed()
    {
        await Stop();
        (_app, _graph) = await FakeGraph.Start(allowDoubles: true);
        _graph.OnSend = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut");
        var lost = FakeGraph.Delivery(_app, "whatsapp", "lost");
        await _app.Deliver(lost);
        await _app.Row(lost.DeliveryId, LedgerStatus.Unknown);

        _app.Time.Advance(TimeSpan.FromMinutes(3));
        await Poll.Get(() => _graph.Messages.Count, sent => sent == 2, "it is sent once more");
        await _app.Row(lost.DeliveryId, LedgerStatus.Unknown);
        _app.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.That((await _app.Row(lost.DeliveryId, LedgerStatus.Unsettled, seconds: 90)).Attempt, Is.EqualTo(2));
        Assert.That(_graph.Messages, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_nothing_settles_stays_unknown_and_keeps_nobody_waiting()
    {
        _graph.OnSend = call => call.Body.ToJsonString().Contains("lost", StringComparison.Ordinal) ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut") : null;
        var lost = FakeGraph.Delivery(_app, "whatsapp", "lost");
        var next = FakeGraph.Delivery(_app, "whatsapp", "next");
        await _app.Deliver(lost);
        await _app.Row(lost.DeliveryId, LedgerStatus.Unknown);
        await _app.Deliver(next);

        _app.Time.Advance(TimeSpan.FromMinutes(3));

        await _app.Row(lost.DeliveryId, LedgerStatus.Unsettled, seconds: 90);
        await _app.Row(next.DeliveryId, LedgerStatus.Sent);
        Assert.That(_graph.Messages, Has.Count.EqualTo(2));
        Assert.That(_app.Broker.Updates.Last(update => update.DeliveryId == lost.DeliveryId).Status, Is.EqualTo(DeliveryStatus.Unknown));

        await FakeGraph.Post(_app, "whatsapp", FakeGraph.WhatsApp(
            $$""" "statuses":[{"id":"wamid.LATE","status":"read","recipient_id":"447700900456","biz_opaque_callback_data":"{{lost.DeliveryId}}:0"}] """));
        await _app.Row(lost.DeliveryId, LedgerStatus.Read);
    }

    [Test]
    public async Task A_receipt_is_about_everything_before_it_and_nothing_after()
    {
        var first = await Sent(FakeGraph.Delivery(_app, "facebook", "first", "6712345678901234"));
        var second = await Sent(FakeGraph.Delivery(_app, "facebook", "second", "6712345678901234"));
        var other = await Sent(FakeGraph.Delivery(_app, "facebook", "other", "6700000000000000"));
        var watermark = _app.Time.GetUtcNow().AddMilliseconds(5).ToUnixTimeMilliseconds();
        _app.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await Sent(FakeGraph.Delivery(_app, "facebook", "later", "6712345678901234"));

        await FakeGraph.Post(_app, "facebook", FakeGraph.Messaging($$""" "read":{"watermark":{{watermark}}} """));
        await FakeGraph.Post(_app, "facebook", FakeGraph.Messaging($$""" "delivery":{"watermark":{{watermark}}} """));

        await _app.Row(first.DeliveryId, LedgerStatus.Read);
        await _app.Row(second.DeliveryId, LedgerStatus.Read);
        await _app.Row(other.DeliveryId, LedgerStatus.Sent);
        await _app.Row(later.DeliveryId, LedgerStatus.Sent);
        Assert.That(_app.Broker.Updates.Where(update => update.Status == DeliveryStatus.Read).Select(update => update.DeliveryId), Is.EquivalentTo([first.DeliveryId, second.DeliveryId]));
    }

    [Test]
    public async Task Customers_see_that_their_message_was_read()
    {
        await FakeGraph.Post(_app, "whatsapp", FakeGraph.WhatsApp(""" "messages":[{"from":"447700900456","id":"wamid.IN","timestamp":"1767225600","type":"text","text":{"body":"Hi"}}] """));
        await FakeGraph.Post(_app, "facebook", FakeGraph.Messaging(""" "message":{"mid":"m_in","text":"Hi"} """));

        var calls = await Poll.Get(() => _graph.Calls, calls => calls.Count >= 3, "read marks are made");
        AssertJson(calls.Single(call => call.Body["status"] is not null).Body, """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN","typing_indicator":{"type":"text"}}""");
        Assert.That(calls.Select(call => (string?)call.Body["sender_action"]).OfType<string>(), Is.EqualTo(["mark_seen", "typing_on"]));
    }

    [Test]
    public async Task Statuses_end_the_same_in_whichever_order_they_come()
    {
        string[] statuses = ["sent", "delivered", "read", "sent"];
        foreach (var (order, place) in Permutations(statuses).Select((order, place) => (order, place)))
        {
            var message = await Sent(FakeGraph.Delivery(_app, "whatsapp", "Hi", $"4477009{place:00000}"));
            var id = (await _app.Get<Ledger>().Load([message.DeliveryId], CancellationToken.None))[0].ExternalId;
            foreach (var status in order)
            {
                await FakeGraph.Post(_app, "whatsapp", FakeGraph.WhatsApp(
                    $$""" "statuses":[{"id":"{{id}}","status":"{{status}}","recipient_id":"1"}] """));
            }
            Assert.That(await Status(message), Is.EqualTo(LedgerStatus.Read), string.Join(", ", order));
        }
    }

    [Test]
    public async Task A_check_says_whether_the_token_is_taken()
    {
        var adapters = _app.Get<ChannelAdapters>();

        Assert.That(await adapters.Find(FakeGraph.Connection("whatsapp"))!.Check(CancellationToken.None), Is.EqualTo(new ConnectionCheck(true)));
        Assert.That(
            await adapters.Find(FakeGraph.Connection("facebook"))!.Check(CancellationToken.None),
            Is.EqualTo(new ConnectionCheck(false, "190", MetaErrors.Describe("190"))));
    }

    [TestCase(400, 131056, nameof(SendResult.NotSent), nameof(FailureClass.RateLimitedPair))]
    [TestCase(429, 130429, nameof(SendResult.NotSent), nameof(FailureClass.RateLimited))]
    [TestCase(400, 613, nameof(SendResult.NotSent), nameof(FailureClass.RateLimited))]
    [TestCase(503, 131016, nameof(SendResult.NotSent), nameof(FailureClass.Temporary))]
    [TestCase(401, 190, nameof(SendResult.Refused), nameof(FailureClass.Auth))]
    [TestCase(403, 200, nameof(SendResult.Refused), nameof(FailureClass.Permission))]
    [TestCase(403, 299, nameof(SendResult.Refused), nameof(FailureClass.Permission))]
    [TestCase(500, 10, nameof(SendResult.Refused), nameof(FailureClass.Permission))]
    [TestCase(400, 131026, nameof(SendResult.Refused), nameof(FailureClass.Undeliverable))]
    [TestCase(400, 132015, nameof(SendResult.Refused), nameof(FailureClass.Template))]
    [TestCase(400, 131050, nameof(SendResult.Refused), nameof(FailureClass.RecipientOptedOut))]
    [TestCase(403, 368, nameof(SendResult.Refused), nameof(FailureClass.AccountRestricted))]
    [TestCase(400, 100, nameof(SendResult.Refused), nameof(FailureClass.InvalidRequest))]
    public void The_code_decides_whatever_the_http_status(int status, int code, string result, string failure)
    {
        var classified = MetaErrors.Classify((HttpStatusCode)status, code, null, null);

        Assert.That(classified.GetType().Name, Is.EqualTo(result));
        Assert.That(MetaErrors.ClassOf(code.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString(), Is.EqualTo(failure));
    }

    [Test]
    public void A_failure_that_is_not_metas_own_leaves_the_outcome_open() =>
        Assert.That(MetaErrors.Classify(HttpStatusCode.BadGateway, null, null, null), Is.InstanceOf<SendResult.Unknown>());

    private static readonly Card s_vase = new(
        "product", "1", "Blue vase", "Hand made", new Money(39.9m, "EUR"), "https://shop.example/vase.jpg", "https://shop.example/vase");

    private static Card[] Choices(int count) => [.. Enumerable.Range(0, count).Select(n => new Card("form", $"{n}", $"Size {n}", Action: $"size:{n}"))];

    private async Task<LedgerStatus> Status(DeliverMessage message) =>
        (await _app.Get<Ledger>().Load([message.DeliveryId], CancellationToken.None))[0].Status;

    private static IEnumerable<string[]> Permutations(string[] all) =>
        all.Length == 1 ? [all] : all.SelectMany((first, place) => Permutations([.. all.Where((_, other) => other != place)]).Select(rest => (string[])[first, .. rest]));

    private async Task<DeliverMessage> Sent(DeliverMessage message, int parts = 1)
    {
        await _app.Deliver(message);
        await Poll.Get(
            async () => await _app.Get<Ledger>().Load([message.DeliveryId], CancellationToken.None),
            rows => rows.Count <= parts && rows.All(row => row.Status == LedgerStatus.Sent), "the delivery is sent");
        return message;
    }

    private static void AssertJson(JsonNode actual, string expected) =>
        Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), Is.True, $"was {actual.ToJsonString()}");
}
