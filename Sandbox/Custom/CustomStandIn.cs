using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Custom;

/// <summary>The same key that ChannelService is given.</summary>
internal sealed class CustomOptions
{
    public const string Section = "Channels:Custom";

    public string? Secret { get; set; }
}

/// <summary>A customer's own system on the custom channel: Standard Webhooks in both directions with one secret.</summary>
internal sealed partial class CustomStandIn(StandInTools tools, IOptions<CustomOptions> options) : StandIn(tools, new Faults { StatusSteps = [] })
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan[] s_waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    public string Secret { get; } = MadeUp.Unless(options.Value.Secret, () => "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    public override string Channel => "custom";

    public override string Name => "Custom channel";

    public override string Address => "shop";

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë", "u-1"), new("Andreas", "u-2")];

    public override string AddressForm => "The id of a person: letters, digits, dashes and underlines.";

    public override string SidForm => "msg_ and letters and digits.";

    public override IReadOnlyList<string> Abilities { get; } =
        [Ability.Text, Ability.Media, Ability.Button, Ability.Location, Ability.ReplyTo, Ability.Edit, Ability.Delete, Ability.Raw];

    public override int MostMedia => 10;

    public override int LongestText => 16_000;

    public override IReadOnlyList<string> KnownSteps { get; } = [];

    public override IReadOnlyList<string> Secrets => [Secret];

    public override string? ReadAddress(string text) => Person().IsMatch(text) ? text : null;

    public override bool IsSid(string text) => Id().IsMatch(text);

    public override string NewSid(InboundRequest request) => "msg_" + MadeUp.Letters(27);

    public override string NewMediaId() => MadeUp.Letters(20);

    public override void Check(InboundRequest request, Dictionary<string, string[]> errors)
    {
        if (request.Edit is { } edited && !IsSid(edited)) errors["edit"] = [SidForm];
        if (request.Delete is { } deleted && !IsSid(deleted)) errors["delete"] = [SidForm];
    }

    public override Webhook Compose(IReadOnlyList<CustomerAct> acts)
    {
        var act = acts[0];
        return Signed(Answer.Json(200, new JsonObject
        {
            ["type"] = act.Request switch { { Delete: not null } => "message.deleted", { Edit: not null } => "message.updated", _ => "message.created" },
            ["timestamp"] = act.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject { ["conversation"] = $"c-{act.From}", ["message"] = Content(act) },
        }).Body, act.Sid, "Webhook of the custom channel");
    }

    public override Webhook Raw(string content, string sid) => Signed(Encoding.UTF8.GetBytes(content), sid, "Raw content");

    /// <summary>Verifies our webhook as its receivers are told to.</summary>
    public override Answer? Authorize(ApiRequest request)
    {
        var id = request.Header("webhook-id");
        var timestamp = request.Header("webhook-timestamp");
        var signatures = request.Header("webhook-signature");
        if (id.Length == 0 || timestamp.Length == 0 || signatures.Length == 0) return Error(400, "Missing required headers");
        if (id.Contains('.', StringComparison.Ordinal)) return Error(400, "Invalid webhook-id");
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return Error(400, "Invalid webhook-timestamp");

        var age = Time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, 253_402_300_799));
        if (age > s_tolerance) return Error(401, "Message timestamp too old");
        if (age < -s_tolerance) return Error(401, "Message timestamp too new");

        var wanted = Encoding.UTF8.GetBytes(StandardWebhooks.Sign(Secret, id, timestamp, request.Body));
        var fits = signatures.Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), wanted));
        return Faults.Current.TokenExpired || !fits ? Error(401, "No matching signature found") : null;
    }

    public override Answer TooManyRequests(int retryAfterSeconds) =>
        Error(429, "Too many requests") with { Headers = [("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture))] };

    public override Answer ServerError() => Faults.Next(2) == 0 ? Error(500, "Internal error") : Error(503, "Unavailable");

    public static Answer Error(int status, string error) => Answer.Json(status, new JsonObject { ["error"] = error });

    private JsonObject Content(CustomerAct act)
    {
        var request = act.Request;
        var message = new JsonObject { ["id"] = (request.Delete ?? request.Edit ?? act.Sid)["msg_".Length..], ["from"] = new JsonObject { ["id"] = act.From, ["name"] = act.Name } };
        if (request.Delete is not null) return message;

        message["text"] = act.Text;
        if (request.Button is { } button) message["choice"] = new JsonObject { ["id"] = button.Payload ?? button.Text, ["title"] = button.Text };
        if (request.ReplyTo is { } quoted) message["replyTo"] = quoted;
        if (request.Location is { } place)
            message["location"] = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude, ["name"] = place.Label, ["address"] = place.Address };
        if (act.Files.Count > 0)
        {
            message["attachments"] = new JsonArray([.. act.Files.Select(file => new JsonObject
            {
                ["id"] = file.Id, ["type"] = file.Kind, ["contentType"] = file.ContentType, ["name"] = file.Name, ["size"] = file.Content.Length,
                ["url"] = $"{BaseAddress}/custom/files/{file.Id}?{Links.Sign(file.Id, TimeSpan.FromHours(1))}",
            })]);
        }

        return message;
    }

    private Webhook Signed(byte[] body, string sid, string title) => new(this, sid, WebhookAddress(Channel), RetryPlan.Faster(RetrySpeed, TimeSpan.FromSeconds(15), s_waits))
    {
        Title = title,
        Body = body,
        ContentType = "application/json",
        Headers = _ =>
        {
            var timestamp = Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            return
            [
                ("User-Agent", "custom-sender/1.0"), ("webhook-id", sid), ("webhook-timestamp", timestamp),
                ("webhook-signature", StandardWebhooks.Sign(Secret, sid, timestamp, body)),
            ];
        },
    };

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Person();

    [GeneratedRegex("^msg_[A-Za-z0-9]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
