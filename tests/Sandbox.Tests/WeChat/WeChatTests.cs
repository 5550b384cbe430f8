using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Assistify.Sandbox.WeChat;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.WeChat;

internal sealed class WeChatTests
{
    private const string Person = "oGzRT6abcDEF_123-xyz";

    [Test]
    public void The_published_signatures_come_out()
    {
        Assert.That(WeChatCrypt.Sign("test", "1410685589", "test"), Is.EqualTo("f21891de399b4e33a1a93c9a7b8a8fffb5a443ff"));
        Assert.That(WeChatCrypt.Sign("wxTokenPublic1", "1767225600", "1320562132"), Is.EqualTo("0cefbeaf6df786f6fc938aa4f63531e222d1af17"));
    }

    [Test]
    public async Task In_safe_mode_the_message_is_encrypted_and_signed()
    {
        await using var sandbox = await SandboxUnderTest.Start();

        var result = await sandbox.Inbound("wechat", new { from = Person, text = "请问有蓝色的吗？👟 a<b & c ]]>" });

        var webhook = await sandbox.TheWebhook();
        var encrypted = XElement.Parse(webhook.Body).Element("Encrypt")!.Value;
        Assert.That(webhook.Query("msg_signature"), Is.EqualTo(Sha1(Credentials.WeChatToken, webhook.Query("timestamp"), webhook.Query("nonce"), encrypted)));
        Assert.That(webhook.Query("signature"), Is.EqualTo(Sha1(Credentials.WeChatToken, webhook.Query("timestamp"), webhook.Query("nonce"))));
        var (xml, appId) = Decrypt(encrypted);
        Assert.That(appId, Is.EqualTo(Credentials.WeChatAppId));
        Assert.That(xml.Element("Content")!.Value, Is.EqualTo("请问有蓝色的吗？👟 a<b & c ]]>"));
        Assert.That(xml.Element("FromUserName")!.Value, Is.EqualTo(Person));
        Assert.That(xml.Element("MsgId")!.Value, Is.EqualTo(result.GetProperty("messageSid").GetString()));
    }

    [Test]
    public async Task In_plain_mode_it_is_not_and_every_kind_has_its_form()
    {
        await using var sandbox = await SandboxUnderTest.Start(settings: new() { ["Channels:WeChat:EncodingAesKey"] = "" });

        await sandbox.Inbound("wechat", new { from = Person, location = new { latitude = 31.2, longitude = 121.4, label = "Shop" } });
        await sandbox.Inbound("wechat", new { from = Person, @event = "subscribe", text = "qrscene_1" });
        await sandbox.Inbound("wechat", new { from = Person, button = new { text = "Yes", payload = "101" } });
        await sandbox.Inbound("wechat", new { from = Person, media = new[] { new { contentType = "image/png", base64 = Convert.ToBase64String([1, 2, 3]) } } });

        var xml = sandbox.Webhooks.Select(webhook => XElement.Parse(webhook.Body)).ToList();
        Assert.That((xml[0].Element("Location_X")!.Value, xml[0].Element("Location_Y")!.Value), Is.EqualTo(("31.200000", "121.400000")));
        Assert.That((xml[1].Element("Event")!.Value, xml[1].Element("EventKey")!.Value, xml[1].Element("MsgId")), Is.EqualTo(("subscribe", "qrscene_1", (XElement?)null)));
        Assert.That(xml[2].Element("bizmsgmenuid")!.Value, Is.EqualTo("101"));
        Assert.That(await sandbox.Program.GetByteArrayAsync(new Uri(xml[3].Element("PicUrl")!.Value).PathAndQuery), Is.EqualTo(new byte[] { 1, 2, 3 }));
        var token = await Token(sandbox);
        Assert.That(await sandbox.Program.GetByteArrayAsync($"/cgi-bin/media/get?access_token={token}&media_id={xml[3].Element("MediaId")!.Value}"), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Three_repetitions_carry_the_same_message_with_signatures_of_their_own()
    {
        await using var sandbox = await SandboxUnderTest.Start();
        sandbox.Answer = _ => 500;

        var result = await sandbox.Inbound("wechat", new { from = Person, text = "hi" });

        Assert.That(result.GetProperty("attempts").GetInt32(), Is.EqualTo(4));
        Assert.That(sandbox.Webhooks.Select(webhook => webhook.Query("nonce")).Distinct().Count(), Is.EqualTo(4));
        Assert.That(sandbox.Webhooks.Select(webhook => Decrypt(XElement.Parse(webhook.Body).Element("Encrypt")!.Value).Xml.Element("MsgId")!.Value).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Tokens_are_handed_out_expire_and_are_renewed()
    {
        await using var sandbox = await SandboxUnderTest.Start();
        Assert.That(Code((await sandbox.Call($"/cgi-bin/token?grant_type=client_credential&appid=wx1&secret={Credentials.WeChatSecret}", null)).Body), Is.EqualTo(40013));
        Assert.That(Code((await sandbox.Call($"/cgi-bin/token?grant_type=client_credential&appid={Credentials.WeChatAppId}&secret=guess", null)).Body), Is.EqualTo(40125));

        var token = await Token(sandbox);
        Assert.That(await Send(sandbox, token, "你好"), Is.Zero);
        await sandbox.SetFaults("wechat", new { tokenExpired = true });
        Assert.That(await Send(sandbox, token, "late"), Is.EqualTo(42001));
        Assert.That(await Send(sandbox, await Token(sandbox), "renewed"), Is.Zero);
        Assert.That(await Send(sandbox, "guess", "x"), Is.EqualTo(40001));
        Assert.That((await sandbox.OutboxOf("wechat")).Select(item => item.GetProperty("body").GetString()), Is.EqualTo(new[] { "你好", "renewed" }));
    }

    [Test]
    public async Task What_WeChat_refuses_is_refused_with_its_code()
    {
        await using var sandbox = await SandboxUnderTest.Start();
        var token = await Token(sandbox);

        Assert.That(await Send(sandbox, token, new string('你', 682)), Is.Zero);
        Assert.That(await Send(sandbox, token, new string('你', 683)), Is.EqualTo(45002));
        Assert.That(await Send(sandbox, token, "x", to: "nobody"), Is.EqualTo(40003));
        Assert.That(await Send(sandbox, token, ""), Is.EqualTo(44004));
        await sandbox.SetFaults("wechat", new { enforceWindow = true });
        Assert.That(await Send(sandbox, token, "x"), Is.EqualTo(45015));
        await sandbox.SetFaults("wechat", new { sendStatus429 = 1 });
        Assert.That(await Send(sandbox, token, "x"), Is.EqualTo(45009));
        await sandbox.SetFaults("wechat", new { recipientGone = 1 });
        Assert.That(await Send(sandbox, token, "x"), Is.EqualTo(43004));
    }

    [Test]
    public async Task The_address_is_verified_by_its_echo()
    {
        await using var sandbox = await SandboxUnderTest.Start();
        sandbox.AnswerBody = webhook => webhook.Query("echostr");

        Assert.That((await sandbox.Call("/sandbox/api/wechat/handshake", new { })).Body.GetProperty("passed").GetBoolean(), Is.True);
    }

    private static async Task<string> Token(SandboxUnderTest sandbox) =>
        (await sandbox.Call("/cgi-bin/stable_token", new { grant_type = "client_credential", appid = Credentials.WeChatAppId, secret = Credentials.WeChatSecret })).Body.GetProperty("access_token").GetString()!;

    private static async Task<int> Send(SandboxUnderTest sandbox, string token, string text, string to = Person) =>
        Code((await sandbox.Call($"/cgi-bin/message/custom/send?access_token={token}", new { touser = to, msgtype = "text", text = new { content = text } })).Body);

    private static int Code(JsonElement body) => body.GetProperty("errcode").GetInt32();

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "WeChat's protocol prescribes SHA-1.")]
    private static string Sha1(params string[] parts) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Order(StringComparer.Ordinal))))).ToLowerInvariant();

    private static (XElement Xml, string AppId) Decrypt(string encrypted)
    {
        var key = Convert.FromBase64String(Credentials.EncodingAesKey + "=");
        using var aes = Aes.Create();
        aes.Key = key;
        var padded = aes.DecryptCbc(Convert.FromBase64String(encrypted), key.AsSpan(0, 16), PaddingMode.None);
        Assert.That(padded.Length % 32, Is.Zero);
        var plain = padded.AsSpan(0, padded.Length - padded[^1]);
        var length = BinaryPrimitives.ReadInt32BigEndian(plain[16..20]);
        return (XElement.Parse(Encoding.UTF8.GetString(plain[20..(20 + length)])), Encoding.UTF8.GetString(plain[(20 + length)..]));
    }
}
