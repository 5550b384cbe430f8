namespace Assistify.Sandbox.Tests;

/// <summary>What the stand-ins are given; the same values as in the published cases where there are any.</summary>
internal static class Credentials
{
    public const string PhoneNumberId = "106540352242922";
    public const string PageId = "104857600012345";
    public const string AccountId = "17841405822304914";
    public const string WhatsAppToken = "EAA-whatsapp-token";
    public const string MessengerToken = "EAA-messenger-token";
    public const string InstagramToken = "EAA-instagram-token";
    public const string AppSecret = "5b1d0e7c9a3f4e2d8b6a7c5e4f3d2a1b";
    public const string VerifyToken = "vt-7Qm2-public";

    public const string BotToken = "7000000001:AAF-secret-part_of_the_token";
    public const string SecretToken = "tg_Secret-Public_01";
    public const string SigningSecret = "6f1a2b3c4d5e6f708192a3b4c5d6e7f8";
    public const string SlackToken = "xoxb-1-2-abc";

    public const string CustomSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    public const string WeChatAppId = "wx0123456789abcdef";
    public const string WeChatSecret = "0123456789abcdef0123456789abcdef";
    public const string WeChatToken = "wxTokenPublic1";
    public const string EncodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    public const string Shop = "demo-shoes.myshopify.com";
    public const string ShopToken = "shpat_0123456789abcdef";
    public const string ShopSecret = "hush-public-9f2e7c4b";

    public const string ClientId = "123.apps.googleusercontent.com";
    public const string ClientSecret = "GOCSPX-secret";
    public const string RefreshToken = "1//refresh";
    public const string CalendarId = "shop@example.com";

    public static IReadOnlyList<(string Key, string Value)> All { get; } =
    [
        ("Channels:WhatsApp:PhoneNumberId", PhoneNumberId), ("Channels:WhatsApp:AccessToken", WhatsAppToken),
        ("Channels:WhatsApp:AppSecret", AppSecret), ("Channels:WhatsApp:VerifyToken", VerifyToken),
        ("Channels:Messenger:PageId", PageId), ("Channels:Messenger:AccessToken", MessengerToken),
        ("Channels:Messenger:AppSecret", AppSecret), ("Channels:Messenger:VerifyToken", VerifyToken),
        ("Channels:Instagram:AccountId", AccountId), ("Channels:Instagram:AccessToken", InstagramToken),
        ("Channels:Telegram:BotToken", BotToken), ("Channels:Telegram:SecretToken", SecretToken),
        ("Channels:Slack:SigningSecret", SigningSecret), ("Channels:Slack:BotToken", SlackToken),
        ("Channels:Custom:Secret", CustomSecret),
        ("Channels:WeChat:AppId", WeChatAppId), ("Channels:WeChat:AppSecret", WeChatSecret), ("Channels:WeChat:Token", WeChatToken),
        ("Channels:WeChat:EncodingAesKey", EncodingAesKey),
        ("Channels:Shopify:Shop", Shop), ("Channels:Shopify:AccessToken", ShopToken), ("Channels:Shopify:WebhookSecret", ShopSecret),
        ("Calendar:Google:ClientId", ClientId), ("Calendar:Google:ClientSecret", ClientSecret), ("Calendar:Google:RefreshToken", RefreshToken),
        ("Calendar:Google:CalendarId", CalendarId),
        ("Channels:Instagram:AppSecret", AppSecret), ("Channels:Instagram:VerifyToken", VerifyToken),
    ];
}
