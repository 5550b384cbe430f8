using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Slack;

/// <summary>Slack: one app in one workspace, whose people write to it directly.</summary>
internal sealed partial class SlackStandIn(StandInTools tools, IOptions<SlackOptions> options) : StandIn(tools, new Faults { StatusSteps = ["echo"] })
{
    public const string Team = "T061EG9R6";
    public const string AppId = "A0FFV41KK";
    public const string BotUser = "U0BOT00001";
    public const string BotId = "B0BOT00001";

    private static readonly TimeSpan[] s_waits = [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Lock _namesGate = new();

    public string SigningSecret { get; } = MadeUp.Unless(options.Value.SigningSecret, () => MadeUp.Hex(32));

    public string BotToken { get; } = MadeUp.Unless(options.Value.BotToken, () => "xoxb-" + MadeUp.Letters(40));

    public override string Channel => "slack";

    public override string Name => "Slack";

    public override string Address => BotUser;

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë", "U2147483697"), new("Andreas", "U2147483698")];

    public override string AddressForm => "The id of a member, such as U2147483697.";

    public override string SidForm => "A time such as 1767225599.000200.";

    public override IReadOnlyList<string> Abilities { get; } =
    [
        Ability.Text, Ability.Media, Ability.Button, Ability.ReplyTo, Ability.Reaction, Ability.Edit, Ability.Delete, Ability.Content, Ability.Event, Ability.Raw,
    ];

    public override IReadOnlyList<string> Events { get; } = ["slash_command", "app_mention", "app_rate_limited"];

    public override int LongestText => 40_000;

    public override int MostMedia => 10;

    public override IReadOnlyList<string> KnownSteps { get; } = ["echo"];

    public override IReadOnlyList<string> Secrets => [SigningSecret, BotToken];

    public override string? ReadAddress(string text) => Member().IsMatch(text) ? text : null;

    public override bool IsSid(string text) => Timestamp().IsMatch(text);

    public override string NewSid(InboundRequest request) => NewTimestamp();

    public override string NewMediaId() => "F" + Base36(NextNumber());

    /// <summary>Unique within the workspace; a text, though it looks like a number.</summary>
    public string NewTimestamp()
    {
        var number = NextNumber();
        return string.Create(CultureInfo.InvariantCulture, $"{number / 1000}.{number % 1000:000}{RandomNumberGenerator.GetInt32(1000):000}");
    }

    /// <summary>The conversation of a member with the app.</summary>
    public static string DirectChannel(string member) => "D" + member[1..];

    /// <returns>Whom a message to this channel reaches: the member of a direct one, else the channel itself; null where there is none.</returns>
    public string? Reaches(string channel) => channel switch
    {
        ['U' or 'W', ..] => ReadAddress(channel),
        ['D', ..] => ReadAddress("U" + channel[1..]),
        ['C' or 'G', ..] when ReadAddress("U" + channel[1..]) is not null => channel,
        _ => null,
    };

    public string? NameOf(string member)
    {
        lock (_namesGate) return _names.GetValueOrDefault(member) ?? People.FirstOrDefault(person => person.Address == member)?.Name;
    }

    public override Webhook Compose(IReadOnlyList<CustomerAct> acts)
    {
        var act = acts[0];
        if (act.Name.Length > 0)
        {
            lock (_namesGate) _names[act.From] = act.Name;
        }

        if (act.Request.Button is not null) return Form(SlackPayloads.Interaction(this, act), act.Sid, "Interaction");
        if (act.Request.Event == "slash_command") return Form(SlackPayloads.Command(this, act), act.Sid, "Slash command");
        return Json(SlackPayloads.Event(this, act), act.Sid, "Event");
    }

    public override Webhook Raw(string content, string sid) => content.StartsWith('{')
        ? Signed(Encoding.UTF8.GetBytes(content), "application/json", sid, "Raw content", EventRetries)
        : Signed(Encoding.UTF8.GetBytes(content), "application/x-www-form-urlencoded", sid, "Raw content", EventRetries);

    public override Webhook? Report(Message message, string step, int? errorCode) => Json(SlackPayloads.Own(message), message.Sid, "Own message");

    public override (Webhook Question, string Answer)? Handshake()
    {
        var challenge = MadeUp.Letters(48);
        var body = new JsonObject { ["token"] = "deprecated", ["challenge"] = challenge, ["type"] = "url_verification" };
        return (Signed(Answer.Json(200, body).Body, "application/json", "handshake", "Verification of the address", RetryPlan.Never(TimeSpan.FromSeconds(3))), challenge);
    }

    // HTTP 200 says nothing: what went wrong is in the body.
    public override Answer? Authorize(ApiRequest request)
    {
        var token = request.Bearer is { Length: > 0 } bearer ? bearer : request.Form["token"].ToString();
        if (token.Length == 0) return Error("not_authed");
        if (Faults.Current.TokenExpired) return Error("token_expired");
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(BotToken)) ? null : Error("invalid_auth");
    }

    public override Answer TooManyRequests(int retryAfterSeconds) =>
        Error("ratelimited", 429, ("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture)));

    public override Answer ServerError() => Faults.Next(2) == 0 ? Error("internal_error", 500) : Error("service_unavailable", 503);

    public static Answer Error(string error, int status = 200, params (string Name, string Value)[] headers) =>
        Answer.Json(status, new JsonObject { ["ok"] = false, ["error"] = error }, headers);

    private RetryPlan EventRetries => RetryPlan.Faster(RetrySpeed, TimeSpan.FromSeconds(3), s_waits);

    private Webhook Json(JsonObject content, string sid, string title) => Signed(Answer.Json(200, content).Body, "application/json", sid, title, EventRetries);

    // What people do with their hands is not repeated: they see that it failed.
    private Webhook Form(string content, string sid, string title) =>
        Signed(Encoding.UTF8.GetBytes(content), "application/x-www-form-urlencoded", sid, title, RetryPlan.Never(TimeSpan.FromSeconds(3)));

    private Webhook Signed(byte[] body, string contentType, string sid, string title, RetryPlan retries) => new(this, sid, WebhookAddress(Channel), retries)
    {
        Title = title,
        Body = body,
        ContentType = contentType,
        Headers = attempt => Headers(body, attempt),
    };

    // Each repetition has a time and a signature of its own.
    private List<(string Name, string Value)> Headers(byte[] body, WebhookAttempt attempt)
    {
        var timestamp = Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        List<(string, string)> headers =
        [
            ("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"), ("Accept", "*/*"), ("X-Slack-Request-Timestamp", timestamp),
            ("X-Slack-Signature", SlackSignature.Sign(SigningSecret, timestamp, body)),
        ];
        if (attempt.LastFailure is { } failure)
        {
            headers.Add(("X-Slack-Retry-Num", (attempt.Number - 1).ToString(CultureInfo.InvariantCulture)));
            headers.Add(("X-Slack-Retry-Reason", failure switch { "ct" => "connection_failed", "rt" => "http_timeout", _ => "http_error" }));
        }

        return headers;
    }

    private static string Base36(long number)
    {
        var text = "";
        for (; number > 0; number /= 36) text = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(int)(number % 36)] + text;
        return text;
    }

    [GeneratedRegex("^[UW][A-Z0-9]{6,20}$", RegexOptions.CultureInvariant)]
    private static partial Regex Member();

    [GeneratedRegex("^[0-9]{10}\\.[0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();
}
