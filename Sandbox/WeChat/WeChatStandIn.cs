using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.WeChat;

/// <summary>The same keys that ChannelService is given. Without an AES key webhooks are plain.</summary>
internal sealed class WeChatOptions
{
    public const string Section = "Channels:WeChat";

    public string? AppId { get; set; }

    public string? AppSecret { get; set; }

    public string? Token { get; set; }

    public string? EncodingAesKey { get; set; }
}

/// <summary>WeChat: one official account.</summary>
internal sealed partial class WeChatStandIn(StandInTools tools, IOptions<WeChatOptions> options) : StandIn(tools, new Faults { StatusSteps = [] })
{
    public const string Account = "gh_7f083739789a";

    private static readonly TimeSpan s_tokenLife = TimeSpan.FromSeconds(7200);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);

    public string AppId { get; } = MadeUp.Unless(options.Value.AppId, () => "wx" + MadeUp.Hex(16));

    public string AppSecret { get; } = MadeUp.Unless(options.Value.AppSecret, () => MadeUp.Hex(32));

    public string Token { get; } = MadeUp.Unless(options.Value.Token, () => MadeUp.Letters(16));

    public string? EncodingAesKey { get; } = string.IsNullOrWhiteSpace(options.Value.AppId)
        ? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=')
        : options.Value.EncodingAesKey;

    public override string Channel => "wechat";

    public override string Name => "WeChat";

    public override string Address => Account;

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë", "oGzRT6abcDEF_123-xyz"), new("Andreas", "oGzRT6abcDEF_456-xyz")];

    public override string AddressForm => "An OpenID: o and letters, digits, dashes, underlines, such as oGzRT6abcDEF_123-xyz.";

    public override string SidForm => "A number.";

    public override IReadOnlyList<string> Abilities { get; } = [Ability.Text, Ability.Media, Ability.Button, Ability.Location, Ability.Event, Ability.Raw];

    public override IReadOnlyList<string> Events { get; } = ["subscribe", "unsubscribe", "CLICK", "SCAN"];

    public override IReadOnlyList<string> KnownSteps { get; } = [];

    public override TimeSpan Window => TimeSpan.FromHours(48);

    public override IReadOnlyList<string> Secrets => [AppSecret, Token, EncodingAesKey ?? "", .. _tokens.Keys];

    public override string? ReadAddress(string text) => OpenId().IsMatch(text) ? text : null;

    public override bool IsSid(string text) => Digits().IsMatch(text);

    public override string NewSid(InboundRequest request) => NewMsgId();

    public string NewMsgId() => string.Create(CultureInfo.InvariantCulture, $"{NextNumber()}{RandomNumberGenerator.GetInt32(1000):000}");

    public override string NewMediaId() => MadeUp.Letters(64);

    public override Webhook Compose(IReadOnlyList<CustomerAct> acts) => Signed(WeChatXml.Of(acts[0], PictureAddress), acts[0].Sid, "Message of a customer");

    public override Webhook Raw(string content, string sid) => Signed(content, sid, "Raw content");

    public override (Webhook Question, string Answer)? Handshake()
    {
        var echo = RandomNumberGenerator.GetInt32(int.MaxValue).ToString(CultureInfo.InvariantCulture);
        return (new Webhook(this, "handshake", Signature($"&echostr={echo}"), RetryPlan.Never(TimeSpan.FromSeconds(5)))
        {
            Method = HttpMethod.Get,
            Title = "Verification of the address",
        }, echo);
    }

    public override Answer? Authorize(ApiRequest request)
    {
        if (!_tokens.TryGetValue(request.Query["access_token"].ToString(), out var issued)) return Error(40001, "invalid credential, access_token is invalid or not latest");
        return Time.GetUtcNow() - issued > s_tokenLife || Faults.ExpiredAt > issued ? Error(42001, "access_token expired") : null;
    }

    public string Issue()
    {
        var token = $"{Time.GetUtcNow().ToUnixTimeSeconds() % 1000}_{MadeUp.Letters(80)}";
        _tokens[token] = Time.GetUtcNow();
        return token;
    }

    public override Answer TooManyRequests(int retryAfterSeconds) => Error(45009, "reach max api daily quota limit");

    public override Answer ServerError() => Error(-1, "system error");

    // Always with HTTP 200.
    public static Answer Error(int code, string message) => Answer.Json(200, new JsonObject { ["errcode"] = code, ["errmsg"] = message });

    private string PictureAddress(MediaFile file) => $"{BaseAddress}/wechat/pictures/{file.Id}?{Links.Sign(file.Id, TimeSpan.FromDays(3))}";

    private Webhook Signed(string xml, string sid, string title)
    {
        var encrypted = string.IsNullOrEmpty(EncodingAesKey) ? null : WeChatCrypt.Encrypt(EncodingAesKey, AppId, xml);
        var body = encrypted is null ? xml : $"<xml><ToUserName><![CDATA[{Account}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>";
        var wait = TimeSpan.FromSeconds(5);
        return new Webhook(this, sid, WebhookAddress(Channel), RetryPlan.Faster(RetrySpeed, wait, [wait, wait, wait]) with { IsTaken = static status => status == 200 })
        {
            Title = title,
            Body = Encoding.UTF8.GetBytes(body),
            ContentType = "text/xml",
            Headers = static _ => [("User-Agent", "Mozilla/4.0")],
            FreshTarget = () => Signature("", encrypted),
        };
    }

    // Each attempt has a time and a nonce of its own.
    private Uri Signature(string more, string? encrypted = null)
    {
        var timestamp = Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetInt32(int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var query = $"?signature={WeChatCrypt.Sign(Token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}{more}";
        if (encrypted is not null) query += $"&encrypt_type=aes&msg_signature={WeChatCrypt.Sign(Token, timestamp, nonce, encrypted)}";
        return new Uri(WebhookAddress(Channel), query);
    }

    [GeneratedRegex("^o[A-Za-z0-9_-]{10,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex OpenId();

    [GeneratedRegex("^[1-9][0-9]{0,18}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
