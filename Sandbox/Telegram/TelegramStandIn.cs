using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Telegram;

/// <summary>Telegram: one bot.</summary>
internal sealed partial class TelegramStandIn : StandIn
{
    // Doubling up to one and a half minutes, for a day.
    private static readonly TimeSpan[] s_waits =
        [.. Enumerable.Range(0, 7).Select(n => TimeSpan.FromSeconds(1 << n)), .. Enumerable.Repeat(TimeSpan.FromSeconds(90), 960)];

    private readonly HashSet<string> _openQueries = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile WebhookSetting _webhook;

    public TelegramStandIn(StandInTools tools, IOptions<TelegramOptions> options) : base(tools, new Faults { StatusSteps = [] })
    {
        BotToken = MadeUp.Unless(options.Value.BotToken, () => "7000000001:" + MadeUp.Letters(35));
        _webhook = Configured = new WebhookSetting(null, MadeUp.Unless(options.Value.SecretToken, () => MadeUp.Letters(32)));
    }

    public string BotToken { get; }

    public long BotId => long.TryParse(BotToken.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 7000000001;

    /// <summary>What the configuration says, before a program calls <c>setWebhook</c>.</summary>
    public WebhookSetting Configured { get; }

    public WebhookSetting CurrentWebhook
    {
        get => _webhook;
        set => _webhook = value;
    }

    public override string Channel => "telegram";

    public override string Name => "Telegram";

    public override string Address => BotId.ToString(CultureInfo.InvariantCulture);

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë", "5000000001"), new("Andreas", "5000000002")];

    public override string AddressForm => "The id of a person, 1 to 16 digits, such as 5000000001.";

    public override string SidForm => "A number.";

    public override IReadOnlyList<string> Abilities { get; } =
        [Ability.Text, Ability.Media, Ability.Button, Ability.Location, Ability.ReplyTo, Ability.Edit, Ability.Content, Ability.Event, Ability.Raw];

    public override IReadOnlyList<string> Events { get; } = ["blocked", "unblocked", "unknown"];

    public override IReadOnlyList<string> KnownSteps { get; } = [];

    public override IReadOnlyList<string> Secrets => [BotToken, BotToken[(BotToken.IndexOf(':', StringComparison.Ordinal) + 1)..], CurrentWebhook.SecretToken];

    public override string? ReadAddress(string text) => Person().IsMatch(text) ? text : null;

    public override bool IsSid(string text) => Digits().IsMatch(text);

    public override string NewSid(InboundRequest request) => NewId().ToString(CultureInfo.InvariantCulture);

    public override string NewMediaId() => "AgACAgIAAxkBAAI" + MadeUp.Letters(40);

    /// <summary>Updates and messages share one row of numbers that nothing takes twice.</summary>
    public long NewId() => NextNumber() - 1_767_225_600_000;

    public override Webhook Compose(IReadOnlyList<CustomerAct> acts)
    {
        var act = acts[0];
        var update = Updates.Of(this, act);
        if (act.Request.Button is not null)
        {
            lock (_gate) _openQueries.Add(update.Text("callback_query", "id")!);
        }

        return Signed(Answer.Json(200, update).Body, act.Sid, act.From, "Update");
    }

    public override Webhook Raw(string content, string sid) => Signed(Encoding.UTF8.GetBytes(content), sid, null, "Raw content");

    /// <summary>A query is answered once.</summary>
    public bool Answered(string queryId)
    {
        lock (_gate) return _openQueries.Remove(queryId);
    }

    public override Answer? Authorize(ApiRequest request) =>
        Faults.Current.TokenExpired || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Route("token")), Encoding.UTF8.GetBytes(BotToken))
            ? Error(401, "Unauthorized")
            : null;

    public override Answer TooManyRequests(int retryAfterSeconds) => Answer.Json(429, new JsonObject
    {
        ["ok"] = false, ["error_code"] = 429, ["description"] = string.Create(CultureInfo.InvariantCulture, $"Too Many Requests: retry after {retryAfterSeconds}"),
        ["parameters"] = new JsonObject { ["retry_after"] = retryAfterSeconds },
    }, ("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture)));

    public override Answer ServerError() => Faults.Next(2) == 0 ? Error(500, "Internal Server Error") : Error(502, "Bad Gateway");

    public static Answer Error(int code, string description) =>
        Answer.Json(code, new JsonObject { ["ok"] = false, ["error_code"] = code, ["description"] = description });

    private Webhook Signed(byte[] body, string sid, string? lane, string title)
    {
        var webhook = CurrentWebhook;
        var configured = WebhookAddress(Channel);
        var target = webhook.Url is null ? configured : new Uri(configured, new Uri(webhook.Url).PathAndQuery);
        return new Webhook(this, sid, target, RetryPlan.Faster(RetrySpeed, TimeSpan.FromSeconds(60), s_waits) with { HonouredRetryAfter = TimeSpan.FromHours(1) })
        {
            Title = title,
            Body = body,
            ContentType = "application/json",
            Lane = lane,
            Headers = _ => [("Accept-Encoding", "gzip, deflate"), ("X-Telegram-Bot-Api-Secret-Token", webhook.SecretToken)],
        };
    }

    [GeneratedRegex("^[1-9][0-9]{0,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Person();

    [GeneratedRegex("^[1-9][0-9]{0,17}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}

/// <param name="Url">Null: the address that the sandbox delivers to.</param>
internal sealed record WebhookSetting(string? Url, string SecretToken);
