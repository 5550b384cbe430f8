using Assistify.Load.Systems;
using Assistify.Load.WhatsApp;

namespace Assistify.Load.Channels;

/// <summary>A message of a customer and how it is sent, as often as one likes.</summary>
internal sealed record CustomerMessage(TestedChannel Channel, string Address, string Id, Func<CancellationToken, Task<int>> Post)
{
    /// <summary>The id by which Assistify gives the message out.</summary>
    public string StoredId => Channel.StoredId?.Invoke(Address, Id) ?? Id;
}

/// <summary>Customers who write on any channel: Twilio's webhooks are made here, the others' by the sandbox.</summary>
internal sealed class Writers(TestedSystem system) : IDisposable
{
    private readonly TwilioWebhooks _twilio = system.Twilio();
    private readonly SandboxInbound _sandbox = new(system.Sandbox);

    public SandboxInbound Sandbox => _sandbox;

    public CustomerMessage Message(TestedChannel channel, long number, string text, Random random)
    {
        var (address, id, name) = (channel.Address(number), channel.NewId(random), $"Customer {number}");
        if (channel != TestedChannel.Twilio) return new CustomerMessage(channel, address, id, token => _sandbox.Post(channel, address, id, text, name, token));

        var webhook = SignedWebhook.Message(_twilio.Account, id, address["whatsapp:".Length..], text, name);
        return new CustomerMessage(channel, address, id, token => _twilio.Post(webhook, token));
    }

    public void Dispose()
    {
        _twilio.Dispose();
        _sandbox.Dispose();
    }
}
