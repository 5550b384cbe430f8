using Assistify.ServiceDefaults;
using Assistify.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistify.Gateway.Tests;

/// <summary>A gateway on a real port in front of fake services.</summary>
internal sealed class GatewayUnderTest : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string> _settings;
    private readonly string _environment;

    private GatewayUnderTest(string environment, Dictionary<string, string> settings)
    {
        (_environment, _settings) = (environment, settings);
        UseKestrel(0);
        StartServer();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            .Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public LogLines Log { get; } = new();

    public static GatewayUnderTest Start(
        IReadOnlyList<FakeService> services, TestRedis redis, string environment = "Development", params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string> { ["ConnectionStrings:cache"] = redis.ConnectionString, ["Secrets:Key"] = FakeService.SecretsKey };
        foreach (var name in new[] { "chat", "channels", "ai", "analytics" })
        {
            var replicas = services.Where(service => service.Name == name).Select(service => service.Address).ToList();
            for (var i = 0; i < replicas.Count; i++) all[$"services:{name}:http:{i}"] = replicas[i];
            if (replicas is []) all[$"services:{name}:http:0"] = services[0].Address;
        }

        foreach (var (key, value) in settings) all[key] = value;
        return new GatewayUnderTest(environment, all);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        // On a busy machine Redis is slow, not away: limits hold.
        builder.ConfigureTestServices(services => services.AddSingleton(_ => new Cache(_settings["ConnectionStrings:cache"], TimeSpan.FromSeconds(30))));
    }

    protected override void Dispose(bool disposing)
    {
        Client?.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What a gateway logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add($"{logLevel} {formatter(state, exception)}");
    }

    public void Dispose()
    {
    }
}
