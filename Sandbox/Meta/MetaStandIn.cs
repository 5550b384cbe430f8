using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Meta;

/// <summary>What Meta's three messengers have in common: the Graph API's token and errors, the signature, the handshake, the repetitions.</summary>
internal abstract class MetaStandIn(StandInTools tools, Faults defaults, MetaApp app) : StandIn(tools, defaults)
{
    // Some at once, then with falling frequency for days.
    private static readonly TimeSpan[] s_waits =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), .. Enumerable.Repeat(TimeSpan.FromHours(4), 42),
    ];

    /// <summary>The id in the addresses of the API: a phone number's, a page's, an account's.</summary>
    public string Id => app.Id;

    public MetaApp App => app;

    public override IReadOnlyList<string> Secrets => [.. Tokens, app.AppSecret, app.VerifyToken];

    /// <summary>The access tokens that are good.</summary>
    protected virtual IReadOnlyList<string> Tokens => [app.AccessToken];

    /// <summary>The channel in the address of our webhooks.</summary>
    protected abstract string WebhookChannel { get; }

    /// <summary>The whole of <c>POST /{version}/{id}/messages</c>.</summary>
    public abstract Answer Send(ApiRequest request);

    /// <summary><c>GET /{version}/{id}</c> of something that this app can see; null where there is no such thing.</summary>
    public abstract Answer? Look(ApiRequest request, string id);

    /// <summary>When the token ends, in seconds since 1970; 0: when somebody ends it.</summary>
    public virtual long EndOf(string token) => 0;

    public bool IsToken(string text) => Tokens.Any(token => Fits(text, token));

    public bool Knows(ApiRequest request) => IsToken(TokenOf(request));

    public override Answer? Authorize(ApiRequest request)
    {
        if (Faults.Current.TokenExpired) return GraphError.ExpiredToken.Answer();
        if (!Knows(request)) return GraphError.WrongToken.Answer();
        var proof = request.Query["appsecret_proof"].ToString();
        return proof.Length == 0 || Fits(proof, MetaSignature.Proof(app.AppSecret, TokenOf(request))) ? null : GraphError.WrongProof.Answer();
    }

    public override Answer ServerError() => (Faults.Next(2) == 0 ? GraphError.Unknown : GraphError.Unavailable).Answer();

    public override Webhook Raw(string content, string sid) => Signed(Encoding.UTF8.GetBytes(content), sid, "Raw content");

    public override (Webhook Question, string Answer)? Handshake()
    {
        var challenge = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var query = $"?hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(app.VerifyToken)}";
        return (new Webhook(this, "handshake", new Uri(WebhookAddress(WebhookChannel), query), RetryPlan.Never(TimeSpan.FromSeconds(5)))
        {
            Method = HttpMethod.Get,
            Title = "Verification handshake",
        }, challenge);
    }

    protected Webhook Signed(JsonObject content, string sid, string title) => Signed(MetaJson.Write(content), sid, title);

    private Webhook Signed(byte[] body, string sid, string title) =>
        new(this, sid, WebhookAddress(WebhookChannel), RetryPlan.Faster(RetrySpeed, TimeSpan.FromSeconds(5), s_waits) with { IsTaken = static status => status == 200 })
        {
            Title = title,
            Body = body,
            ContentType = "application/json",
            Headers = _ => [("User-Agent", "facebookexternalua"), ("Accept", "*/*"), ("X-Hub-Signature-256", MetaSignature.Sign(app.AppSecret, body))],
        };

    protected static string TokenOf(ApiRequest request) => request.Bearer is { Length: > 0 } bearer ? bearer : request.Query["access_token"].ToString();

    private static bool Fits(string given, string wanted) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));
}

/// <summary>The credentials of one app for one phone number, page or account.</summary>
internal sealed record MetaApp(string Id, string AccessToken, string AppSecret, string VerifyToken)
{
    public static MetaApp From(string? id, string otherwise, MetaOptions options) => new(
        MadeUp.Unless(id, () => otherwise), MadeUp.Unless(options.AccessToken, () => "EAA" + MadeUp.Letters(64)),
        MadeUp.Unless(options.AppSecret, () => MadeUp.Hex(32)), MadeUp.Unless(options.VerifyToken, () => MadeUp.Hex(16)));
}

/// <summary>The same keys that ChannelService is given.</summary>
internal abstract class MetaOptions
{
    public string? AccessToken { get; set; }

    public string? AppSecret { get; set; }

    public string? VerifyToken { get; set; }
}
