using System.Text;
using Assistify.Sandbox.Meta;
using Assistify.Sandbox.StandIns;
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
    public override string Channel => "instagram";

    public override string Name => "Instagram";

    public override string ObjectName => "instagram";

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

    // Counted in bytes: 250 emoji are enough.
    public override bool IsTooLong(string text) => Encoding.UTF8.GetByteCount(text) > LongestText;

    public override string NewMid() => "aWdfZAG1f" + MadeUp.Letters(40);
}
