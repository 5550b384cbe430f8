using Assistify.Sandbox.Programs;
using Assistify.Sandbox.Traffic;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.StandIns;

/// <summary>
/// What stands in for one provider: an account with messages, files and faults, the webhooks that it sends and the errors that it answers.
/// Everything that providers have in common is outside of it.
/// </summary>
internal abstract class StandIn(StandInTools tools, Faults defaults)
{
    private readonly Lock _gate = new();
    private long _lastNumber;

    /// <summary>The name in <c>/sandbox/api/{channel}</c>.</summary>
    public abstract string Channel { get; }

    public abstract string Name { get; }

    /// <summary>The shop's address on the channel.</summary>
    public abstract string Address { get; }

    /// <summary>People with a phone, to begin with.</summary>
    public abstract IReadOnlyList<SandboxPerson> People { get; }

    /// <summary>How an address of a customer looks, for people.</summary>
    public abstract string AddressForm { get; }

    /// <summary>How an id of a message looks, for people.</summary>
    public abstract string SidForm { get; }

    /// <summary>What customers can do here.</summary>
    public abstract IReadOnlyList<string> Abilities { get; }

    /// <summary>The <see cref="InboundRequest.Event"/>s that the provider has.</summary>
    public virtual IReadOnlyList<string> Events => [];

    public virtual int LongestText => 4096;

    public virtual int MostMedia => 1;

    /// <summary>Whether media may live elsewhere.</summary>
    public virtual bool TakesMediaAddresses => false;

    /// <summary>The statuses that a program may ask for.</summary>
    public abstract IReadOnlyList<string> KnownSteps { get; }

    /// <summary>How long after the customer's message free text may be sent.</summary>
    public virtual TimeSpan Window => TimeSpan.FromHours(24);

    /// <summary>Never shown, wherever they occur in a request.</summary>
    public abstract IReadOnlyList<string> Secrets { get; }

    public FaultSource Faults { get; } = new(defaults, tools.Time);

    public MessageLog Messages { get; } = new(tools.Options.Value.Capacity);

    public MediaStore Media { get; } = new();

    public ExpiringLinks Links { get; } = new(tools.Time);

    protected TimeProvider Time => tools.Time;

    protected int RetrySpeed => tools.Options.Value.RetrySpeed;

    /// <summary>The stand-in's own address.</summary>
    public string BaseAddress => (tools.Server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost").TrimEnd('/');

    /// <summary>Where Assistify takes the channel's webhooks.</summary>
    public virtual Uri WebhookAddress(string channel) => new($"{Origin()}/api/webhooks/{channel}");

    /// <returns>The customer's address as the provider writes it, or null where it is none.</returns>
    public abstract string? ReadAddress(string text);

    public abstract bool IsSid(string text);

    public abstract string NewSid(InboundRequest request);

    public abstract string NewMediaId();

    /// <summary>Adds what is wrong with the request by the provider's own rules.</summary>
    public virtual void Check(InboundRequest request, Dictionary<string, string[]> errors)
    {
    }

    /// <summary>The webhook that tells of the acts; more than one only where the channel has batches.</summary>
    public abstract Webhook Compose(IReadOnlyList<CustomerAct> acts);

    /// <summary>The program's own content, signed as the provider signs.</summary>
    public abstract Webhook Raw(string content, string sid);

    /// <returns>Null where the provider reports nothing about this step.</returns>
    public virtual Webhook? Report(Message message, string step, int? errorCode) => null;

    /// <returns>The question whether the webhook's address is ours, and the answer that proves it; null where the provider has none.</returns>
    public virtual (Webhook Question, string Answer)? Handshake() => null;

    /// <returns>What to answer instead, or null where the caller may go on.</returns>
    public abstract Answer? Authorize(ApiRequest request);

    public abstract Answer TooManyRequests(int retryAfterSeconds);

    public abstract Answer ServerError();

    /// <summary>Grows with every call and over restarts; about the milliseconds since 1970.</summary>
    protected long NextNumber()
    {
        lock (_gate) return _lastNumber = Math.Max(_lastNumber + 1, Time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private string Origin()
    {
        var configured = tools.Options.Value.DeliverTo;
        return string.IsNullOrEmpty(configured) ? "http://localhost:8080" : new Uri(configured).GetLeftPart(UriPartial.Authority);
    }
}

/// <summary>What every stand-in is made with.</summary>
internal sealed class StandInTools(TimeProvider time, IServer server, IOptions<SandboxOptions> options)
{
    public TimeProvider Time => time;

    public IServer Server => server;

    public IOptions<SandboxOptions> Options => options;
}

internal sealed record SandboxPerson(string Name, string Address);
