using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.Sandbox.Meta;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Instagram;

internal sealed class InstagramOptions : MetaOptions
{
    public const string Section = "Channels:Instagram";

    public string? AccountId { get; set; }
}

/// <summary>Instagram: one professional account.</summary>
internal sealed class InstagramStandIn(StandInTools tools, IOptions<InstagramOptions> options)
    : PageStandIn(tools, new Faults { StatusSteps = ["echo"] }, MetaApp.From(options.Value.AccountId, "17841405822304914", options.Value))
{
    private static readonly TimeSpan s_youngest = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(60);

    // Made here, and when; the configured one is old enough. One that was exchanged is good until it ends.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _made = new(StringComparer.Ordinal);

    public override string Channel => "instagram";

    public override string Name => "Instagram";

    public override string ObjectName => "instagram";

    public override string Platform => "instagram";

    public override string ReadPermission => "instagram_manage_messages";

    public override int MostShown => 20;

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë", "1254459154682919"), new("Andreas", "1254459154685678")];

    public override IReadOnlyList<string> Abilities { get; } =
    [
        Ability.Text, Ability.Media, Ability.Button, Ability.ReplyTo, Ability.Reaction, Ability.Edit, Ability.Delete, Ability.Echo, Ability.Batch, Ability.Content,
        Ability.Event, Ability.Raw,
    ];

    public override IReadOnlyList<string> Events { get; } = ["unsupported", "referral"];

    public override int LongestText => 1000;

    public override IReadOnlyList<string> KnownSteps { get; } = ["echo", "read"];

    protected override string WebhookChannel => Channel;

    protected override IReadOnlyList<string> Tokens => [App.AccessToken, .. _made.Keys];

    public override long EndOf(string token) => _made.TryGetValue(token, out var at) ? (at + s_lifetime).ToUnixTimeSeconds() : 0;

    /// <summary>
    /// <c>GET /refresh_access_token</c>: a token of Instagram's own login for a fresh one, unless it is of the last day.
    /// https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
    /// </summary>
    public Answer Refresh(ApiRequest request)
    {
        if (request.Query["grant_type"] != "ig_refresh_token") return GraphError.Parameter("grant_type must be ig_refresh_token").Answer();
        var now = Time.GetUtcNow();
        if (_made.TryGetValue(TokenOf(request), out var at) && now - at < s_youngest)
            return GraphError.Parameter("The access token must be at least 24 hours old to be refreshed").Answer();

        var token = "IGAA" + MadeUp.Letters(64);
        _made[token] = now;
        return Answer.Json(200, new JsonObject { ["access_token"] = token, ["token_type"] = "bearer", ["expires_in"] = (long)s_lifetime.TotalSeconds });
    }

    // Counted in bytes: 250 emoji are enough.
    public override bool IsTooLong(string text) => Encoding.UTF8.GetByteCount(text) > LongestText;

    public override string NewMid() => "aWdfZAG1f" + MadeUp.Letters(40);
}
