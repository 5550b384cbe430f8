using System.Diagnostics;
using Assistify.Load.Reading;
using Assistify.Load.WhatsApp;
using Assistify.Testing;

namespace Assistify.Load.Systems;

/// <summary>A running system with everybody who deals with it from outside: an operator, the provider, and who reads its outbox.</summary>
internal sealed class TestedSystem : IAsyncDisposable
{
    private TestedSystem(RunningSystem running, SystemOptions options, TimeSpan startup)
    {
        Running = running;
        Options = options;
        Startup = startup;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = running.BaseAddress,
            Timeout = TimeSpan.FromSeconds(30),
        };
        Operator = new Operator(Http, running.OwnerEmail, running.OwnerPassword);
        Outbox = new Outbox(Http);
    }

    public RunningSystem Running { get; }

    public SystemOptions Options { get; }

    /// <summary>From the start of the process until everything was ready.</summary>
    public TimeSpan Startup { get; }

    public Uri Address => Running.BaseAddress;

    /// <summary>Where the stand-ins of the providers listen themselves.</summary>
    public Uri Sandbox => new(Running.Replicas("sandbox")[0].Endpoints[0]);

    public HttpClient Http { get; }

    public Operator Operator { get; }

    public Outbox Outbox { get; }

    public static async Task<TestedSystem> Start(SystemOptions options, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var running = await RunningSystem.Start(options.Variables(), options.DataFolder, cancellationToken: cancellationToken);
        return new TestedSystem(running, options, Stopwatch.GetElapsedTime(began));
    }

    public TwilioWebhooks Twilio() => new(TwilioAccount.Of(EnvironmentOf("channels")), Address);

    /// <summary>What a service was given by AppHost; secrets and connection strings that it made up are found here.</summary>
    public Dictionary<string, string> EnvironmentOf(string resource) => ProcFiles.Environment(
        Running.Replicas(resource)[0].ProcessId ?? throw new InvalidOperationException($"{resource} is not running."));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Running.DisposeAsync();
    }
}
