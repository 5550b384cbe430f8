using System.Security.Cryptography;

namespace Assistify.AppHost.Settings;

/// <param name="Make">Called once; the data folder keeps what it made.</param>
/// <param name="Kept">The name that it is kept under, where it is not made of the channel's and its own.</param>
internal sealed record SandboxValue(string Name, Func<string> Make, bool IsSecret = true, string? Kept = null);

/// <summary>The account that a channel has in the sandbox: made up once, shared by ChannelService and the stand-in.</summary>
internal sealed record SandboxAccount(string Channel, params SandboxValue[] Values)
{
    public static readonly IReadOnlyList<SandboxAccount> All =
    [
        new("Twilio",
            new("AccountSid", static () => "AC" + Hex(32), IsSecret: false, Kept: "sandbox-twilio-account"), new("AuthToken", static () => Hex(32), Kept: "sandbox-twilio-token"),
            Fixed("From", SettingsCheck.SandboxSender)),
        new("WhatsApp", [Fixed("PhoneNumberId", "106540352242922"), .. Meta()]),
        new("Messenger", [Fixed("PageId", "104857600012345"), Fixed("AppId", "555000111222333"), .. Meta()]),
        new("Instagram", [Fixed("AccountId", "17841405822304914"), .. Meta()]),
        new("Telegram", new("BotToken", static () => "7000000001:" + Letters(35)), new("SecretToken", static () => Letters(32))),
        new("Slack", new("SigningSecret", static () => Hex(32)), new("BotToken", static () => "xoxb-" + Letters(40))),
        new("WeChat",
            new("AppId", static () => "wx" + Hex(16), IsSecret: false), new("AppSecret", static () => Hex(32)), new("Token", static () => Letters(16)),
            new("EncodingAesKey", static () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('='))),
        new("Custom", new SandboxValue("Secret", static () => "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))),
        new("Shopify",
            Fixed("Shop", "assistify-demo.myshopify.com"), new("AccessToken", static () => "shpat_" + Hex(32)), new("WebhookSecret", static () => Hex(32))),
    ];

    private static SandboxValue[] Meta() =>
        [new("AccessToken", static () => "EAA" + Letters(64)), new("AppSecret", static () => Hex(32)), new("VerifyToken", static () => Letters(16))];

    private static SandboxValue Fixed(string name, string value) => new(name, () => value, IsSecret: false);

    private static string Hex(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    private static string Letters(int length) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}
