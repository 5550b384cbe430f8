using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.Programs;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Meta;

/// <summary>Messenger and Instagram: people with scoped ids write to a page or an account, through one Send API.</summary>
internal abstract partial class PageStandIn(StandInTools tools, Faults defaults, MetaApp app) : MetaStandIn(tools, defaults, app)
{
    // Profiles that the page may ask for are those of people who wrote.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _writers = new(StringComparer.Ordinal);
    private readonly Lock _namesGate = new();

    /// <summary><c>page</c> or <c>instagram</c>, in every webhook.</summary>
    public abstract string ObjectName { get; }

    /// <summary>The app that our messages come from, as echoes name it; null where they don't.</summary>
    public virtual long? AppId => null;

    public override string Address => Id;

    public override string AddressForm => "A scoped id of 10 to 20 digits, such as 6712345678901234.";

    public override string SidForm => "Letters, digits, dashes and underlines.";

    public override bool TakesMediaAddresses => true;

    public override int MostMedia => 10;

    /// <summary>What the Conversations API calls the product.</summary>
    public abstract string Platform { get; }

    /// <summary>The permission without which conversations are not shown.</summary>
    public abstract string ReadPermission { get; }

    /// <summary>How many messages of a conversation are shown in full.</summary>
    public virtual int MostShown => int.MaxValue;

    public abstract bool IsTooLong(string text);

    public abstract string NewMid();

    public override string? ReadAddress(string text) => ScopedId().IsMatch(text) ? text : null;

    public override bool IsSid(string text) => Mid().IsMatch(text);

    public override string NewSid(InboundRequest request) => NewMid();

    public override string NewMediaId() => NextNumber().ToString(CultureInfo.InvariantCulture);

    public override void Check(InboundRequest request, Dictionary<string, string[]> errors)
    {
        if (request.Batch && (request.Echo || request.Event is not null)) errors["batch"] = ["A batch is made of messages."];
    }

    public override Webhook Compose(IReadOnlyList<CustomerAct> acts)
    {
        lock (_namesGate)
        {
            foreach (var act in acts)
            {
                _writers.Add(act.From);
                if (act.Name.Length > 0) _names[act.From] = act.Name;
            }
        }

        return Signed(PageWebhooks.Of(this, acts, FileAddress), acts[0].Sid, acts.Count == 1 ? "Message of a customer" : $"Batch of {acts.Count} messages");
    }

    public override Webhook? Report(Message message, string step, int? errorCode) =>
        PageWebhooks.Report(this, message, step, Time.GetUtcNow()) is { } content ? Signed(content, message.Sid, $"Status {step}") : null;

    public override Answer Send(ApiRequest request) => SendPageMessage.Handle(this, request, Time.GetUtcNow());

    public override Answer TooManyRequests(int retryAfterSeconds) => new GraphError(613, "(#613) Calls to this api have exceeded the rate limit.").Answer();

    public override Answer? Look(ApiRequest request, string id)
    {
        if (id == Id) return Answer.Json(200, new JsonObject { ["name"] = "Assistify demo shop", ["id"] = Id });

        string? name;
        lock (_namesGate) _names.TryGetValue(id, out name);
        if (name is null) return null;

        var parts = name.Split(' ', 2);
        return Answer.Json(200, new JsonObject { ["first_name"] = parts[0], ["last_name"] = parts.ElementAtOrDefault(1) ?? "", ["name"] = name, ["id"] = id });
    }

    /// <summary>The person's id for the app, whichever of its pages he writes to.</summary>
    public virtual string AppScoped(string pageScoped) => pageScoped;

    public bool Wrote(string pageScoped)
    {
        lock (_namesGate) return _writers.Contains(pageScoped);
    }

    /// <summary>The person took the app away and wants what it knows deleted: Meta calls with a form that it signs.</summary>
    public Webhook DemandDeletion(string pageScoped)
    {
        var now = Time.GetUtcNow();
        var demand = new JsonObject
        {
            ["user_id"] = AppScoped(pageScoped), ["algorithm"] = "HMAC-SHA256", ["issued_at"] = now.ToUnixTimeSeconds(), ["expires"] = now.AddHours(1).ToUnixTimeSeconds(),
        };
        return new(this, "data_deletion", WebhookAddress("meta/data_deletion"), RetryPlan.Never(TimeSpan.FromSeconds(30)))
        {
            Title = "Demand to delete a person's data",
            Body = Encoding.ASCII.GetBytes("signed_request=" + MetaSignature.SignedRequest(App.AppSecret, MetaJson.Write(demand))),
            ContentType = "application/x-www-form-urlencoded",
            Headers = static _ => [("User-Agent", "facebookexternalua"), ("Accept", "*/*")],
        };
    }

    /// <summary>Public for an hour for whoever has the address.</summary>
    public string FileAddress(MediaFile file) => file.Url ?? $"{BaseAddress}/meta/files/{Channel}/{file.Id}?{Links.Sign(file.Id, TimeSpan.FromHours(1))}";

    [GeneratedRegex("^[1-9][0-9]{9,19}$", RegexOptions.CultureInvariant)]
    private static partial Regex ScopedId();

    [GeneratedRegex("^[A-Za-z0-9_-]{3,250}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mid();
}
