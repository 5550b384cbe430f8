using Assistify.Sandbox.Traffic;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Assistify.Sandbox.StandIns;

/// <summary>Somebody whose API we call: what goes wrong there, who may call, the errors that are answered.</summary>
internal abstract class Provider(StandInTools tools, Faults defaults)
{
    private readonly Lock _gate = new();
    private long _lastNumber;

    /// <summary>The name in <c>/sandbox/api/{channel}</c>.</summary>
    public abstract string Channel { get; }

    public abstract string Name { get; }

    /// <summary>The statuses that a program may ask for.</summary>
    public virtual IReadOnlyList<string> KnownSteps => [];

    /// <summary>Never shown, wherever they occur in a request.</summary>
    public abstract IReadOnlyList<string> Secrets { get; }

    public FaultSource Faults { get; } = new(defaults, tools.Time);

    protected TimeProvider Time => tools.Time;

    protected int RetrySpeed => tools.Options.Value.RetrySpeed;

    /// <summary>The stand-in's own address.</summary>
    public string BaseAddress => (tools.Server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost").TrimEnd('/');

    /// <summary>Where Assistify takes the channel's webhooks.</summary>
    public Uri WebhookAddress(string channel) => new($"{Origin()}/api/webhooks/{channel}");

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
