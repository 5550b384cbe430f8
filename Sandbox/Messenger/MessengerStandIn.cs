using System.Text.Json.Nodes;
using Assistify.Sandbox.Meta;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.Messenger;

internal sealed class MessengerOptions : MetaOptions
{
    public const string Section = "Channels:Messenger";

    public string? PageId { get; set; }

    public long? AppId { get; set; }
}

/// <summary>Messenger: one Facebook page.</summary>
internal sealed class MessengerStandIn(StandInTools tools, IOptions<MessengerOptions> options)
    : PageStandIn(tools, new Faults { StatusSteps = ["echo", "delivered"] }, MetaApp.From(options.Value.PageId, "104857600012345", options.Value))
{
    // Ids of the app are others than the page's for the same people.
    private const string AppPrefix = "10";

    public override string Channel => "facebook";

    public override string Name => "Messenger";

    public override string ObjectName => "page";

    public override string Platform => "messenger";

    public override string ReadPermission => "pages_messaging";

    public override long? AppId => options.Value.AppId ?? 555000111222333;

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë", "6712345678901234"), new("Andreas", "6712345678905678")];

    public override IReadOnlyList<string> Abilities { get; } =
    [
        Ability.Text, Ability.Media, Ability.Button, Ability.ReplyTo, Ability.Reaction, Ability.Edit, Ability.Echo, Ability.Batch, Ability.Content, Ability.Event, Ability.Raw,
    ];

    public override IReadOnlyList<string> Events { get; } = ["referral", "optin", "standby"];

    public override int LongestText => 2000;

    public override IReadOnlyList<string> KnownSteps { get; } = ["echo", "delivered", "read"];

    protected override string WebhookChannel => Channel;

    public override bool IsTooLong(string text) => text.Length > LongestText;

    public override string AppScoped(string pageScoped) => AppPrefix + pageScoped;

    /// <summary>A person of the app as the page knows him. https://developers.facebook.com/docs/messenger-platform/identity/id-matching</summary>
    /// <param name="page">Only this page's; all where it is empty.</param>
    public Answer IdsForPages(string user, string page)
    {
        if (!user.StartsWith(AppPrefix, StringComparison.Ordinal) || !Wrote(user[AppPrefix.Length..])) return GraphError.NoObject(user).Answer();
        var matches = new JsonArray();
        if (page.Length == 0 || page == Id)
            matches.Add(new JsonObject { ["id"] = user[AppPrefix.Length..], ["page"] = new JsonObject { ["name"] = "Assistify demo shop", ["id"] = Id } });
        return Answer.Json(200, new JsonObject { ["data"] = matches });
    }

    public override string NewMid() => "m_" + MadeUp.Letters(26);
}
