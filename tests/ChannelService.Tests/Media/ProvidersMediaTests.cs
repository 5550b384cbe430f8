using System.Net;
using System.Text;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Slack;
using Assistify.ChannelService.Telegram;
using Assistify.ChannelService.WeChat;
using Assistify.ChannelService.WhatsApp;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Media;

/// <summary>Each provider's way of handing out files, and of taking credentials.</summary>
public sealed class ProvidersMediaTests
{
    private readonly Wire _wire = new();

    private MediaClient Media => new(new HttpClient(_wire));

    [Test]
    public async Task WhatsApp_is_asked_for_an_address_that_takes_the_same_token()
    {
        const string Link = "https://lookaside.fbsbx.com/whatsapp/1";
        var options = new WhatsAppOptions { PhoneNumberId = "106", AccessToken = "token", AppSecret = "s", VerifyToken = "v" };
        var adapter = new WhatsAppAdapter(Connection("WhatsApp"), options, new WhatsAppClient(new HttpClient(_wire), TimeProvider.System));
        _wire.Answers[$"https://graph.facebook.com/v23.0/77?phone_number_id=106&appsecret_proof={GraphClient.Proof("token", "s")}"] = (200, $$"""{"url":"{{Link}}"}""");
        _wire.Answers[Link] = (200, "picture");

        Assert.That(await Open(adapter, new Attachment(Guid.NewGuid(), "image", "image/jpeg", ExternalId: "77")), Is.EqualTo("picture"));
        Assert.That(_wire.Seen[^1], Is.EqualTo((Link, "Bearer token")));

        Assert.That(await Refusal(adapter, new Attachment(Guid.NewGuid(), "image", "image/jpeg", ExternalId: "78")), Is.EqualTo(("http_404", false)));
        _wire.Answers["https://cdn.example.com/1"] = (200, "picture");
        await Open(adapter, new Attachment(Guid.NewGuid(), "image", "image/jpeg", Source: "https://cdn.example.com/1"));
        Assert.That(_wire.Seen[^1].Authorization, Is.Null, "not Meta's");
    }

    [Test]
    public async Task Telegram_names_a_path_for_a_file_id()
    {
        var adapter = Telegram();
        _wire.Answers["https://api.telegram.org/bot7:key/getFile?file_id=f1"] = (200, """{"ok":true,"result":{"file_path":"photos/1.jpg"}}""");
        _wire.Answers["https://api.telegram.org/file/bot7:key/photos/1.jpg"] = (200, "picture");
        _wire.Answers["https://api.telegram.org/bot7:key/getFile?file_id=f2"] = (400, """{"ok":false,"error_code":400,"description":"Bad Request: file is too big"}""");

        Assert.That(await Open(adapter, new Attachment(Guid.NewGuid(), "image", "image/jpeg", ExternalId: "f1")), Is.EqualTo("picture"));
        Assert.That(await Refusal(adapter, new Attachment(Guid.NewGuid(), "video", "video/mp4", ExternalId: "f2")), Is.EqualTo(("too_large", true)));
    }

    [TestCase("https://files.slack.com/files-pri/1", "Bearer xoxb-1")]
    [TestCase("https://files.slack.com.evil.example/1", null)]
    [TestCase("http://files.slack.com/1", null)]
    public async Task Slack_gets_its_token_at_its_own_hosts_only(string address, string? authorization)
    {
        _wire.Answers[address] = (200, "file");

        Assert.That(await Open(Slack(), new Attachment(Guid.NewGuid(), "document", "application/pdf", Source: address)), Is.EqualTo("file"));
        Assert.That(_wire.Seen[^1].Authorization, Is.EqualTo(authorization));
    }

    [Test]
    public async Task WeChat_gives_pictures_by_address_and_the_rest_by_id()
    {
        var adapter = WeChat();
        _wire.Answers["https://mmbiz.qpic.cn/1"] = (200, "picture");
        _wire.Answers["https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=s"] = (200, """{"access_token":"t","expires_in":7200}""");
        _wire.Answers["https://api.weixin.qq.com/cgi-bin/media/get?access_token=t&media_id=m1"] = (200, "voice");
        _wire.Answers["https://api.weixin.qq.com/cgi-bin/media/get?access_token=t&media_id=m2"] = (200, """{"errcode":40007,"errmsg":"invalid media_id"}""");

        Assert.That(await Open(adapter, new Attachment(Guid.NewGuid(), "image", "image/jpeg", Source: "https://mmbiz.qpic.cn/1", ExternalId: "m0")), Is.EqualTo("picture"));
        Assert.That(await Open(adapter, new Attachment(Guid.NewGuid(), "audio", "audio/amr", ExternalId: "m1")), Is.EqualTo("voice"));
        Assert.That(await Refusal(adapter, new Attachment(Guid.NewGuid(), "audio", "audio/amr", ExternalId: "m2")), Is.EqualTo(("40007", true)));
    }

    [Test]
    public async Task Each_says_whether_it_takes_the_credentials()
    {
        Assert.That(await Telegram().Check(default), Is.EqualTo(new ConnectionCheck(false, "404", "Telegram refused the bot's token (Channels__Telegram__BotToken).")));
        _wire.Answers["https://api.telegram.org/bot7:key/getMe"] = (200, """{"ok":true,"result":{"id":7}}""");
        Assert.That(await Telegram().Check(default), Is.EqualTo(new ConnectionCheck(true)));

        _wire.Answers["https://slack.com/api/auth.test"] = (200, """{"ok":false,"error":"invalid_auth"}""");
        Assert.That((await Slack().Check(default))!.Code, Is.EqualTo("invalid_auth"));
        _wire.Answers["https://slack.com/api/auth.test"] = (200, """{"ok":true,"team_id":"T1"}""");
        Assert.That((await Slack().Check(default))!.Ok, Is.True);

        _wire.Answers["https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=s"] = (200, """{"errcode":40013,"errmsg":"invalid appid"}""");
        Assert.That(((await WeChat().Check(default))!.Ok, (await WeChat().Check(default))!.Code), Is.EqualTo((false, "40013")));

        var options = new WhatsAppOptions { PhoneNumberId = "106", AccessToken = "token", AppSecret = "s", VerifyToken = "v" };
        var whatsApp = new WhatsAppAdapter(Connection("WhatsApp"), options, new WhatsAppClient(new HttpClient(_wire), TimeProvider.System));
        Assert.That((await whatsApp.Check(default))!.Code, Is.EqualTo("http_404"));
        _wire.Answers[$"https://graph.facebook.com/v23.0/106?fields=id&appsecret_proof={GraphClient.Proof("token", "s")}"] = (200, """{"id":"106"}""");
        Assert.That((await whatsApp.Check(default))!.Ok, Is.True);
    }

    private TelegramAdapter Telegram() => new TelegramAdapter(
        Connection("Telegram"), new TelegramOptions { BotToken = "7:key", SecretToken = "x" }, new TelegramClient(new HttpClient(_wire), TimeProvider.System));

    private SlackAdapter Slack() => new SlackAdapter(
        Connection("Slack"), new SlackOptions { SigningSecret = "s", BotToken = "xoxb-1" }, new SlackClient(new HttpClient(_wire), TimeProvider.System), TimeProvider.System);

    private WeChatAdapter WeChat() => new WeChatAdapter(
        Connection("WeChat"), new WeChatOptions { AppId = "wx1", AppSecret = "s", Token = "t" }, new WeChatClient(new HttpClient(_wire), TimeProvider.System));

    private static ChannelConnection Connection(string provider) => new(
        Guid.NewGuid(), Identifiers.DefaultWorkspace, provider, provider.ToLowerInvariant(), "1", TimeSpan.Zero, SignatureMode.Enforce);

    private async Task<string> Open(IChannelAdapter adapter, Attachment attachment)
    {
        using var response = await adapter.OpenMedia(attachment, Media, default);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<(string Code, bool IsFinal)> Refusal(IChannelAdapter adapter, Attachment attachment)
    {
        try
        {
            await adapter.OpenMedia(attachment, Media, default);
        }
        catch (MediaUnavailableException exception)
        {
            return (exception.Code, exception.IsFinal);
        }
        throw new AssertionException("It was given.");
    }

    private sealed class Wire : HttpMessageHandler
    {
        public Dictionary<string, (int Status, string Body)> Answers { get; } = [];

        public List<(string Address, string? Authorization)> Seen { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!.AbsoluteUri;
            Seen.Add((address, request.Headers.Authorization?.ToString()));
            if (!Answers.TryGetValue(address, out var answer)) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(answer.Body));
            content.Headers.ContentType = new(answer.Body.StartsWith('{') ? "application/json" : "application/octet-stream");
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = content });
        }
    }
}
