using Assistify.Sandbox.Programs;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.StandIns;

/// <summary>
/// What stands in for the provider of one channel: an account with messages and files, and the webhooks that it sends.
/// Everything that providers have in common is outside of it.
/// </summary>
internal abstract class StandIn(StandInTools tools, Faults defaults) : Provider(tools, defaults)
{
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

    /// <summary>How long after the customer's message free text may be sent.</summary>
    public virtual TimeSpan Window => TimeSpan.FromHours(24);

    public MessageLog Messages { get; } = new(tools.Options.Value.Capacity);

    public MediaStore Media { get; } = new();

    public ExpiringLinks Links { get; } = new(tools.Time);

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
}

internal sealed record SandboxPerson(string Name, string Address);
