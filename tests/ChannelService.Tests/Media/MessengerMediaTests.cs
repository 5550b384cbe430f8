using System.Net;
using System.Text;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Slack;
using Assistify.ChannelService.Telegram;
using Assistify.ChannelService.WeChat;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Media;

/// <summary>How each messenger gives out what customers sent.</summary>
public sealed class MessengerMediaTests
{
    private readonly FakeMedia _media = new();
    private FakeProvider _api = null!;
    private FakeMedia.Provider _files = null!;
    private HttpClient _http = null!;
    private MediaClient _client = null!;

    [SetUp]
    public void Start()
    {
        (_api, _files) = (new FakeProvider(), new FakeMedia.Provider(_media));
        _http = new HttpClient(_files);
        _client = new MediaClient(_http);
    }

    [TearDown]
    public void Stop()
    {
        _http.Dispose();
        _files.Dispose();
        _api.Dispose();
    }

    [Test]
    public async Task Telegram_says_where_a_file_lies()
    {
        _api.Answers("""{"ok":true,"result":{"file_id":"f1","file_path":"photos/file_1.jpg"}}""");
        _media.Keep("http://telegram.test/file/bot7:AA/photos/file_1.jpg", [1, 2, 3]);

        using var response = await Telegram().OpenMedia(Named("f1"), _client, CancellationToken.None);

        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(_api.Last.Uri.PathAndQuery, Is.EqualTo("/bot7:AA/getFile?file_id=f1"));
    }

    [TestCase(400, """{"ok":false,"error_code":400,"description":"Bad Request: file is too big"}""", true, null)]
    [TestCase(429, """{"ok":false,"error_code":429,"parameters":{"retry_after":7}}""", false, 7)]
    [TestCase(200, """{"ok":true,"result":{"file_path":"../../getMe"}}""", false, null)]
    public async Task Telegrams_refusal_says_whether_asking_again_helps(int status, string answer, bool isFinal, int? seconds)
    {
        _api.Answers(answer, (HttpStatusCode)status);

        var refused = await Assert.ThrowsAsync<MediaUnavailableException>(() => Telegram().OpenMedia(Named("f1"), _client, CancellationToken.None));

        Assert.That((refused!.IsFinal, refused.RetryAfter?.TotalSeconds), Is.EqualTo((isFinal, (double?)seconds)));
    }

    [Test]
    public async Task Slacks_token_goes_to_Slack_and_nowhere_else()
    {
        _media.Keep("https://files.slack.com/files-pri/T1-F1/a.png", [1], "Bearer xoxb-1");
        _media.Keep("https://elsewhere.example/a.png", [2]);
        _media.Keep("https://evil-slack.com/a.png", [3]);

        foreach (var address in new[] { "https://files.slack.com/files-pri/T1-F1/a.png", "https://elsewhere.example/a.png", "https://evil-slack.com/a.png" })
            (await Slack().OpenMedia(new Attachment(Guid.CreateVersion7(), "image", "image/png", Source: address), _client, CancellationToken.None)).Dispose();

        Assert.That(_media.Fetched.Select(fetched => fetched.Authorization), Is.EqualTo(["Bearer xoxb-1", null, null]));
    }

    [Test]
    public async Task WeChats_media_come_with_a_token_that_is_fetched_anew_where_it_ended()
    {
        _api.Answers("""{"access_token":"T1","expires_in":7200}""").Answers("""{"access_token":"T2","expires_in":7200}""");
        _media.Files["http://wechat.test/cgi-bin/media/get?access_token=T1&media_id=m1"] = _ => Json("""{"errcode":40001}""");
        _media.Files["http://wechat.test/cgi-bin/media/get?access_token=T2&media_id=m1"] = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([9]) };
        using var client = new WeChatClient(_api.Client(), TimeProvider.System);

        using var response = await WeChat(client).OpenMedia(Named("m1"), _client, CancellationToken.None);

        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 9 }));
    }

    [TestCase("""{"errcode":40007,"errmsg":"invalid media_id"}""", "40007", true)]
    [TestCase("""{"errcode":-1,"errmsg":"busy"}""", "-1", false)]
    [TestCase("<html>", "unreadable_answer", false)]
    public async Task WeChats_error_is_no_medium(string answer, string code, bool isFinal)
    {
        _api.Answers("""{"access_token":"T1","expires_in":7200}""");
        _media.Files["http://wechat.test/cgi-bin/media/get?access_token=T1&media_id=m1"] = _ => Json(answer);
        using var client = new WeChatClient(_api.Client(), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<MediaUnavailableException>(() => WeChat(client).OpenMedia(Named("m1"), _client, CancellationToken.None));

        Assert.That((refused!.Code, refused.IsFinal), Is.EqualTo((code, isFinal)));
    }

    private static Attachment Named(string id) => new(Guid.CreateVersion7(), "image", "image/jpeg", ExternalId: id);

    private static HttpResponseMessage Json(string answer) => new(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };

    private TelegramAdapter Telegram() => new(
        FakeProvider.Connection("Telegram", "telegram", "7"), new TelegramOptions { BotToken = "7:AA", SecretToken = "s", ApiBaseUrl = "http://telegram.test" },
        new TelegramClient(_api.Client(), TimeProvider.System));

    private static SlackAdapter Slack() => new(
        FakeProvider.Connection("Slack", "slack", "T1"), new SlackOptions { SigningSecret = "s", BotToken = "xoxb-1" }, null!, TimeProvider.System);

    private static WeChatAdapter WeChat(WeChatClient client) => new(
        FakeProvider.Connection("WeChat", "wechat", "wx1"), new WeChatOptions { AppId = "wx1", AppSecret = "s", Token = "t", ApiBaseUrl = "http://wechat.test" }, client);
}
