using System.Text;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.WeChat;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.WeChat;

public sealed class WeChatSendTests
{
    private const string Token = """{"access_token":"T1","expires_in":7200}""";
    private const string Ok = """{"errcode":0,"errmsg":"ok"}""";

    private FakeProvider _wechat = null!;
    private ForwardTime _time = null!;
    private WeChatClient _client = null!;
    private WeChatAdapter _adapter = null!;

    [SetUp]
    public void Start()
    {
        (_wechat, _time) = (new FakeProvider(), new ForwardTime());
        _client = new WeChatClient(_wechat.Client(), _time);
        _adapter = new WeChatAdapter(
            FakeProvider.Connection("WeChat", "wechat", "gh_1"),
            new WeChatOptions { AppId = "wx1", AppSecret = "s&1", Token = "token", ApiBaseUrl = "http://wechat.test" }, _client);
    }

    [TearDown]
    public void Stop()
    {
        _client.Dispose();
        _wechat.Dispose();
    }

    [Test]
    public async Task A_text_goes_with_an_access_token_that_is_kept_until_shortly_before_its_end()
    {
        _wechat.Answers(Token).Answers(Ok).Answers(Ok).Answers(Token.Replace("T1", "T2", StringComparison.Ordinal)).Answers(Ok);

        Assert.That(await Send("你好 \"x\""), Is.TypeOf<SendResult.Accepted>());
        await Send("again");
        _time.Advance(TimeSpan.FromSeconds(7200 - 299));
        await Send("later");

        Assert.That(_wechat.Requests.Select(request => request.Uri.PathAndQuery), Is.EqualTo([
            "/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=s%261", "/cgi-bin/message/custom/send?access_token=T1",
            "/cgi-bin/message/custom/send?access_token=T1", "/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=s%261",
            "/cgi-bin/message/custom/send?access_token=T2"]));
        Assert.That(JsonNode.DeepEquals(_wechat.Requests[1].Json, JsonNode.Parse("""{"msgtype":"text","text":{"content":"你好 \"x\""},"touser":"oZoe"}""")));
        Assert.That(Encoding.UTF8.GetString(_wechat.Requests[1].Body), Does.Contain("你好"), "WeChat shows escapes as they are.");
    }

    [Test]
    public async Task A_token_that_ended_before_its_time_is_fetched_anew_once()
    {
        _wechat.Answers(Token).Answers("""{"errcode":40001,"errmsg":"invalid credential"}""").Answers(Token.Replace("T1", "T2", StringComparison.Ordinal)).Answers(Ok);

        Assert.That(await Send("Hello"), Is.TypeOf<SendResult.Accepted>());

        Assert.That(_wechat.Last.Uri.Query, Is.EqualTo("?access_token=T2"));
    }

    [TestCase("""{"errcode":40125,"errmsg":"invalid appsecret"}""", "Auth")]
    [TestCase("""{"errcode":40164,"errmsg":"invalid ip"}""", "Permission")]
    [TestCase("<html>", "Auth")]
    public async Task Without_a_token_nothing_is_sent(string answer, string failure)
    {
        _wechat.Answers(answer);

        var result = (SendResult.NotSent)await Send("Hello");

        Assert.That(_adapter.ClassOf(result.Code).ToString(), Is.EqualTo(failure));
        Assert.That(_wechat.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_lost_answer_to_the_token_is_not_a_lost_message()
    {
        _wechat.Fails(new TaskCanceledException()).Answers(Token).Fails(new TaskCanceledException());

        Assert.That(await Send("one"), Is.TypeOf<SendResult.NotSent>());
        Assert.That(await Send("two"), Is.EqualTo(new SendResult.Unknown("timeout")));
    }

    [Test]
    public async Task The_customer_sees_typing()
    {
        _wechat.Answers(Token).Answers(Ok);

        await _adapter.ShowRead(new InboundItem("1", "gh_1", new CustomerAddress("wechat", "oZoe"), new MessageContent("hi")), CancellationToken.None);

        Assert.That(_wechat.Last.Uri.PathAndQuery, Is.EqualTo("/cgi-bin/message/custom/typing?access_token=T1"));
        Assert.That(JsonNode.DeepEquals(_wechat.Last.Json, JsonNode.Parse("""{"touser":"oZoe","command":"Typing"}""")));
    }

    [Test]
    public async Task The_credentials_are_checked_by_what_they_give()
    {
        _wechat.Answers("""{"errcode":40013,"errmsg":"invalid appid"}""").Answers(Token);

        Assert.That(await _adapter.Check(CancellationToken.None), Is.EqualTo(new ConnectionCheck(false, "40013", "WeChat knows no such app (Channels__WeChat__AppId).")));
        Assert.That(await _adapter.Check(CancellationToken.None), Is.EqualTo(new ConnectionCheck(true)));
    }

    [TestCase(45015, typeof(SendResult.Refused), "WindowClosed")]
    [TestCase(45047, typeof(SendResult.Refused), "WindowClosed")]
    [TestCase(43004, typeof(SendResult.Refused), "RecipientBlocked")]
    [TestCase(40003, typeof(SendResult.Refused), "Undeliverable")]
    [TestCase(45002, typeof(SendResult.Refused), "InvalidRequest")]
    [TestCase(-1, typeof(SendResult.NotSent), "Temporary")]
    [TestCase(45009, typeof(SendResult.NotSent), "RateLimited")]
    public async Task An_error_says_what_can_be_done(int code, Type outcome, string failure)
    {
        _wechat.Answers(Token).Answers($$"""{"errcode":{{code}},"errmsg":"no"}""");

        var result = await Send("Hello");

        Assert.That(result, Is.TypeOf(outcome));
        var name = result is SendResult.NotSent notSent ? notSent.Code : ((SendResult.Refused)result).Code;
        Assert.That(_adapter.ClassOf(name).ToString(), Is.EqualTo(failure));
    }

    [Test]
    public void Long_texts_are_cut_by_bytes_and_choices_and_products_have_their_forms()
    {
        var parts = _adapter.Compose(FakeProvider.Delivery(
            new string('好', 1000), new Card("form", "1", "Yes", Action: "ok:1"),
            new Card("product", "2", "Vase", "Blue", new Money(5, "EUR"), "https://shop.example/v.jpg", "https://shop.example/v")));

        Assert.That(parts.Select(part => Encoding.UTF8.GetByteCount(part.Text)), Is.All.LessThanOrEqualTo(2048));
        Assert.That(parts.Select(part => part.Payload is null ? "text" : (string)JsonNode.Parse(part.Payload)!["msgtype"]!), Is.EqualTo(["text", "msgmenu", "news"]));
        Assert.That((string)JsonNode.Parse(parts[1].Payload!)!["msgmenu"]!["list"]![0]!["id"]!, Is.EqualTo("ok:1"));
        Assert.That((string)JsonNode.Parse(parts[2].Payload!)!["news"]!["articles"]![0]!["picurl"]!, Is.EqualTo("https://shop.example/v.jpg"));
    }

    private Task<SendResult> Send(string text) =>
        _adapter.Send(new OutboundMessage(Guid.CreateVersion7(), 0, "oZoe", text, null), CancellationToken.None);
}
