using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.Meta;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.WhatsAppCloud;

/// <summary>WhatsApp by Meta's Cloud API: one business number.</summary>
internal sealed partial class WhatsAppCloudStandIn(StandInTools tools, IOptions<WhatsAppCloudOptions> options)
    : MetaStandIn(
        tools, new Faults { StatusSteps = ["sent", "delivered"], StatusErrorCode = 131026 },
        MetaApp.From(options.Value.PhoneNumberId, "106540352242922", options.Value))
{
    public const string DisplayNumber = "15550783881";
    public const string BusinessAccount = "102290129340398";

    public override string Channel => "whatsapp-cloud";

    public override string Name => "WhatsApp (Cloud API)";

    public override string Address => DisplayNumber;

    public override IReadOnlyList<SandboxPerson> People { get; } = [new("Zoë", "447700900124"), new("Andreas", "12025550144"), new("Sam, by username", "US.13491208655302741918")];

    public override string AddressForm => "A telephone number such as +447700900123, or a business-scoped id such as US.13491208655302741918.";

    public override string SidForm => "wamid. and letters of base64.";

    public override IReadOnlyList<string> Abilities { get; } =
    [
        Ability.Text, Ability.Media, Ability.Button, Ability.Location, Ability.ReplyTo, Ability.Reaction, Ability.Edit, Ability.Delete, Ability.Echo, Ability.Batch,
        Ability.Content, Ability.Event, Ability.Raw,
    ];

    public override IReadOnlyList<string> Events { get; } = ["unsupported", "user_changed_number"];

    public override int LongestText => 65_536;

    public override IReadOnlyList<string> KnownSteps { get; } = ["sent", "delivered", "read", "played", "failed"];

    protected override string WebhookChannel => "whatsapp";

    public override string? ReadAddress(string text)
    {
        var number = text.StartsWith("whatsapp:", StringComparison.Ordinal) ? text["whatsapp:".Length..] : text;
        return ScopedId().IsMatch(number) ? number : Number().IsMatch(number) ? number.TrimStart('+') : null;
    }

    public override bool IsSid(string text) => Wamid().IsMatch(text);

    public override string NewSid(InboundRequest request) => NewWamid();

    public override string NewMediaId() => string.Create(CultureInfo.InvariantCulture, $"100{NextNumber()}");

    public override void Check(InboundRequest request, Dictionary<string, string[]> errors)
    {
        if (request.Event == "user_changed_number" && request.Content?.TryGetProperty("wa_id", out _) != true)
            errors["content"] = ["The new number is needed as content.wa_id."];
        if (request.Batch && (request.Echo || request.Event is not null)) errors["batch"] = ["A batch is made of messages."];
    }

    public override Webhook Compose(IReadOnlyList<CustomerAct> acts) =>
        Signed(CloudWebhooks.Of(acts, Id, FileAddress), acts[0].Sid, acts.Count == 1 ? "Message of a customer" : $"Batch of {acts.Count} messages");

    public override Webhook? Report(Message message, string step, int? errorCode) =>
        Signed(CloudWebhooks.Status(message, step, errorCode, Id, Time.GetUtcNow()), message.Sid, $"Status {step}");

    public override Answer TooManyRequests(int retryAfterSeconds) =>
        new GraphError(130429, "(#130429) Rate limit hit", Details: "Message failed to send because there were too many messages sent from this phone number in a short period of time").Answer();

    public override Answer Send(ApiRequest request) => SendCloudMessage.Handle(this, request, Time.GetUtcNow());

    public override Answer? Look(ApiRequest request, string id)
    {
        if (id == Id)
        {
            return Answer.Json(200, new JsonObject
            {
                ["verified_name"] = "Assistify demo shop", ["code_verification_status"] = "VERIFIED", ["display_phone_number"] = "+1 555-078-3881",
                ["quality_rating"] = "GREEN", ["id"] = Id,
            });
        }

        var number = request.Query["phone_number_id"].ToString();
        if (!Media.TryGet(id, out var file) || (number.Length > 0 && number != Id)) return null;
        return Answer.Json(200, new JsonObject
        {
            ["messaging_product"] = "whatsapp", ["url"] = FileAddress(file), ["mime_type"] = file.ContentType, ["sha256"] = file.Sha256,
            ["file_size"] = file.Content.Length.ToString(CultureInfo.InvariantCulture), ["id"] = file.Id,
        });
    }

    public string NewWamid() => "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes(Guid.CreateVersion7(Time.GetUtcNow()).ToString("N") + "0"));

    // Good for five minutes, and only with the token.
    private string FileAddress(MediaFile file) => $"{BaseAddress}/meta/files/{Channel}/{file.Id}?{Links.Sign(file.Id, TimeSpan.FromMinutes(5))}";

    [GeneratedRegex(@"^\+?[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[A-Z]{2}\.[A-Za-z0-9]{1,128}$", RegexOptions.CultureInvariant)]
    private static partial Regex ScopedId();

    [GeneratedRegex("^wamid\\.[A-Za-z0-9+/=_-]{1,250}$", RegexOptions.CultureInvariant)]
    private static partial Regex Wamid();
}
