using System.Text;
using Assistify.ChannelService.WeChat;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.WeChat;

public sealed class WeChatWebhookTests
{
    private const string Key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private const string OldKey = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba";
    private const string AppId = "wx5823bf96d3bd56c7";
    private const string Text = "<xml><ToUserName>gh_1</ToUserName><FromUserName>oZoe</FromUserName><CreateTime>1767225600</CreateTime><MsgType>text</MsgType><Content>你好</Content><MsgId>77</MsgId></xml>";

    private static readonly WeChatAdapter s_plain = Adapter(key: null, originalId: null);
    private static readonly WeChatAdapter s_safe = Adapter(Key, "gh_1");

    [TestCase(Key, AppId, null)]
    [TestCase(OldKey, AppId, null)]
    public void An_encrypted_message_is_taken_under_either_key(string key, string appId, string? reason)
    {
        var request = Encrypted(WeChatCipher.Encrypt(Encoding.UTF8.GetBytes(Text), appId, key));

        Assert.That(s_safe.Verify(request), Is.EqualTo(reason));
        var item = (InboundItem)s_safe.Read(request).Items.Single();
        Assert.That((item.ExternalId, item.Account, item.From.Value, item.Content.Text), Is.EqualTo(("77", "gh_1", "oZoe", "你好")));
    }

    [Test]
    public void A_message_for_another_app_is_nobodys_here()
    {
        var request = Encrypted(WeChatCipher.Encrypt(Encoding.UTF8.GetBytes(Text), "wx_other", Key));

        Assert.That(s_safe.Verify(request), Is.Null);
        var account = s_safe.Read(request).Items.Single().Account;
        Assert.That((s_safe.Serves(account), Adapter(Key, originalId: null).Serves(account)), Is.EqualTo((false, false)));
    }

    [Test]
    public void Changed_ciphertext_and_plain_messages_are_refused_in_safe_mode()
    {
        var encrypted = WeChatCipher.Encrypt(Encoding.UTF8.GetBytes(Text), AppId, Key);
        var changed = Encrypted(encrypted) with { Body = Encoding.UTF8.GetBytes($"<xml><Encrypt>{encrypted.Replace(encrypted[5], encrypted[5] == 'A' ? 'B' : 'A')}</Encrypt></xml>") };
        var plain = FakeProvider.Webhook(Text, $"?signature={WeChatSignature.Compute("token", "1", "2")}&timestamp=1&nonce=2", "text/xml");

        Assert.That(s_safe.Verify(changed), Is.EqualTo("signature_mismatch"));
        Assert.That(s_safe.Verify(plain), Is.EqualTo("missing_signature"));
        Assert.That(s_plain.Verify(plain), Is.Null);
    }

    [Test]
    public void What_another_key_encrypted_is_unreadable_and_says_so()
    {
        var request = Encrypted(WeChatCipher.Encrypt(Encoding.UTF8.GetBytes(Text), AppId, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"));

        var content = s_safe.Read(request);

        Assert.That((content.Outcome, content.Reason), Is.EqualTo((WebhookOutcome.Malformed, "The message cannot be decrypted (Channels__WeChat__EncodingAesKey).")));
    }

    [TestCase("<MsgType>image</MsgType><PicUrl>http://p.example/1</PicUrl><MediaId>m1</MediaId>", "image", "http://p.example/1", "m1", "")]
    [TestCase("<MsgType>voice</MsgType><MediaId>m2</MediaId><Format>amr</Format><Recognition>hello</Recognition>", "audio", null, "m2", "hello")]
    [TestCase("<MsgType>video</MsgType><MediaId>m3</MediaId>", "video", null, "m3", "")]
    public void A_medium_has_its_address_or_its_id(string fields, string kind, string? source, string id, string text)
    {
        var item = Plain(fields + "<MsgId>9</MsgId>");

        var attachment = item.Content.Attachments!.Single();
        Assert.That((attachment.Kind, attachment.Source, attachment.ExternalId, item.Content.Text), Is.EqualTo((kind, source, id, text)));
    }

    [Test]
    public void Places_choices_and_what_nobody_knows_are_kept()
    {
        var place = Plain("<MsgType>location</MsgType><Location_X>35.1</Location_X><Location_Y>33.4</Location_Y><Label>Shop</Label><MsgId>1</MsgId>");
        var choice = Plain("<MsgType>text</MsgType><Content>Yes</Content><bizmsgmenuid>ok:1</bizmsgmenuid><MsgId>2</MsgId>");
        var click = Plain("<MsgType>event</MsgType><Event>CLICK</Event><EventKey>HELP</EventKey>");
        var unknown = Plain("<MsgType>hologram</MsgType><MsgId>3</MsgId>");

        Assert.That(place.Content.Location, Is.EqualTo(new Location(35.1, 33.4, "Shop")));
        Assert.That(choice.Content.Choice, Is.EqualTo(new Choice("ok:1", "Yes")));
        Assert.That((click.Kind, click.Content.Choice!.Id), Is.EqualTo((InboundKind.Postback, "HELP")));
        Assert.That((unknown.Kind, unknown.Content.Unsupported), Is.EqualTo((InboundKind.Unsupported, "hologram")));
    }

    [TestCase("<xml><a>")]
    [TestCase("<xml><a>1</a></xml")]
    [TestCase("<html></html>")]
    [TestCase("")]
    [TestCase("<!DOCTYPE xml [<!ENTITY x \"y\">]><xml><a>&x;</a></xml>")]
    public void What_is_no_message_is_no_document(string body) => Assert.That(WeChatXml.Parse(Encoding.UTF8.GetBytes(body)), Is.Null);

    [Test]
    public void Nested_elements_do_not_leak_into_their_parents()
    {
        var xml = WeChatXml.Parse("<xml><List><Item>1</Item><Item>2</Item></List><Empty/><MsgType><![CDATA[text]]></MsgType></xml>"u8.ToArray())!;

        Assert.That((xml["List"], xml["Item"], xml["Empty"], xml["MsgType"]), Is.EqualTo(((string?)null, (string?)null, (string?)null, "text")));
    }

    private static InboundItem Plain(string fields) => (InboundItem)s_plain.Read(FakeProvider.Webhook(
        $"<xml><ToUserName>gh_1</ToUserName><FromUserName>oZoe</FromUserName><CreateTime>1767225600</CreateTime>{fields}</xml>", contentType: "text/xml")).Items.Single();

    private static WebhookRequest Encrypted(string encrypted) => FakeProvider.Webhook(
        $"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>",
        $"?signature={WeChatSignature.Compute("token", "1", "2")}&timestamp=1&nonce=2&encrypt_type=aes&msg_signature={WeChatSignature.Compute("token", "1", "2", encrypted)}", "text/xml");

    private static WeChatAdapter Adapter(string? key, string? originalId) => new(
        FakeProvider.Connection("WeChat", "wechat", originalId ?? AppId),
        new WeChatOptions { AppId = AppId, AppSecret = "s", Token = "token", EncodingAesKey = key, EncodingAesKeySecondary = key is null ? null : OldKey, OriginalId = originalId }, null!);
}
