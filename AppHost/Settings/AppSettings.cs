using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assistify.LocalHosting.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Assistify.AppHost.Settings;

/// <summary>The configuration, checked, with what is missing filled in: environment variables, then <c>.env</c>, then defaults.</summary>
internal sealed class AppSettings
{
    // Standard names that .NET and OpenTelemetry read themselves: how much is logged, how many traces are kept.
    private static readonly string[] s_everyService = ["Logging:", "Telemetry:", "OTEL_TRACES_SAMPLER", "OTEL_METRIC_EXPORT_INTERVAL"];
    private readonly IConfiguration _configuration;
    private readonly KeptValues _kept;

    private AppSettings(IConfiguration configuration, string root)
    {
        _configuration = configuration;
        DataFolder = Path.GetFullPath(Text("ASSISTIFY_DATA") ?? ".assistify", root);
        try
        {
            DataRoot.Create(DataFolder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The data folder {DataFolder} cannot be made: {failure.Message.TrimEnd('.')} (ASSISTIFY_DATA names another one).");
        }

        _kept = new KeptValues(Path.Combine(DataFolder, "application.json"));
        Owner = Owner.From(Text("ASSISTIFY_OWNER_EMAIL"), Text("ASSISTIFY_OWNER_PASSWORD"), _kept);
    }

    public string DataFolder { get; }

    public Owner Owner { get; }

    public bool IsDevelopment => !string.Equals(Text("ASSISTIFY_ENVIRONMENT"), "Production", StringComparison.OrdinalIgnoreCase);

    public string EnvironmentName => IsDevelopment ? "Development" : "Production";

    public int HttpPort => Number("ASSISTIFY_HTTP_PORT", 8080);

    public string PublicUrl => (Text("ASSISTIFY_PUBLIC_URL") ?? $"http://localhost:{HttpPort}").TrimEnd('/');

    /// <summary>How this machine reaches the gateway, whatever the public address is.</summary>
    public string LocalAddress => $"http://localhost:{HttpPort}";

    public bool Demo => bool.Parse(Text("ASSISTIFY_DEMO") ?? (IsDevelopment ? "true" : "false"));

    /// <summary>In Development a channel runs against the sandbox unless somebody gave credentials of a real account.</summary>
    public IReadOnlyList<SandboxAccount> SandboxAccounts =>
        IsDevelopment ? [.. SandboxAccount.All.Where(account => account.Values.All(value => Text($"Channels:{account.Channel}:{value.Name}") is null))] : [];

    /// <summary>Tells instances on one host name apart, in cookie names for one.</summary>
    public string Instance => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DataFolder)))[..8];

    /// <summary>Loads and checks; whoever started the host reads one sentence where something is wrong.</summary>
    public static AppSettings Load(ConfigurationManager configuration, string appHostDirectory)
    {
        try
        {
            return Read(configuration, Path.GetFullPath("..", appHostDirectory));
        }
        catch (Exception failure) when (failure is SettingException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"assistify: {failure.Message}");
            Environment.Exit(1);
            throw;
        }
    }

    /// <summary>As <see cref="Load"/>, with an exception where something is wrong.</summary>
    internal static AppSettings Read(ConfigurationManager configuration, string root)
    {
        // First in the list of sources: whatever the host already has wins.
        ((IConfigurationBuilder)configuration).Sources.Insert(
            0, new MemoryConfigurationSource { InitialData = DotEnv.Read(Path.Combine(root, ".env")).ToList() });
        SettingsCheck.Run(configuration);
        var settings = new AppSettings(configuration, root);
        if (!settings.IsDevelopment) ProductionCheck.Run(configuration, settings);
        return settings;
    }

    public bool IsExternal(string server) => Text($"ConnectionStrings:{server}") is not null;

    public int Replicas(string service) =>
        Number($"ASSISTIFY_REPLICAS:{(service == "channels" ? "CHANNEL" : service.ToUpperInvariant())}", 1);

    /// <summary>The environment variables of one service.</summary>
    public IEnumerable<Setting> For(string service)
    {
        yield return new("ASPNETCORE_ENVIRONMENT", EnvironmentName);
        yield return new("DOTNET_ENVIRONMENT", EnvironmentName);
        yield return new("Assistify__Environment", EnvironmentName);
        yield return new("Assistify__Instance", Instance);
        yield return new("Assistify__Demo", Demo ? "true" : "false");
        yield return new("Assistify__PublicUrl", PublicUrl);
        yield return new("Secrets__Key", SecretsKey(), IsSecret: true);
        if (Text("Secrets:PreviousKey") is { } previousKey) yield return new("Secrets__PreviousKey", previousKey, IsSecret: true);
        if (service == "chat")
        {
            yield return new("Media__Path", Path.Combine(DataFolder, "media"));
            yield return new("Owner__Email", Owner.Email);
            if (Owner.Password is { } password) yield return new("Owner__Password", password, IsSecret: true);
        }

        if (service == "sandbox") yield return new("Sandbox__DeliverTo", LocalAddress);
        if (service == "gateway" && Replicas(service) > 1) yield return new("Gateway__SharedPort", "true");

        if (service is "channels" or "sandbox")
        {
            foreach (var setting in SandboxAccounts.SelectMany(Credentials)) yield return setting;
        }

        foreach (var (path, value) in Given())
        {
            var key = KnownKeys.All.First(known => known.Matches(path));
            if (key.Services.Split(' ').Contains(service)) yield return new(key.Written(path), value, key.IsSecret);
        }

        foreach (var (path, value) in _configuration.AsEnumerable())
        {
            if (!string.IsNullOrWhiteSpace(value) && s_everyService.Any(prefix => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                yield return new(path.Replace(":", "__", StringComparison.Ordinal), value);
        }
    }

    // Encrypts what services keep of other people's secrets: made once, kept with the data that it protects.
    private string SecretsKey() => Text("Secrets:Key")
        ?? _kept.GetOrAdd("secrets-key", static () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    private IEnumerable<Setting> Credentials(SandboxAccount account)
    {
        var prefix = $"Channels__{account.Channel}__";
        foreach (var value in account.Values)
        {
            var kept = value.Kept ?? $"sandbox-{account.Channel}-{value.Name}".ToLowerInvariant();
            yield return new(prefix + value.Name, _kept.GetOrAdd(kept, value.Make), value.IsSecret);
        }

        // Where webhooks go and what is signed with them, and where the custom channel's answers go.
        if (account.Channel == "Twilio" && Text("Channels:Twilio:PublicUrl") is null) yield return new(prefix + "PublicUrl", $"{LocalAddress}/api/webhooks/whatsapp#rc=5&rp=all");
        if (account.Channel == "Custom" && Text("Channels:Custom:CallbackUrl") is null) yield return new(prefix + "CallbackUrl", $"{LocalAddress}/sandbox/api/custom/callback");
    }

    private IEnumerable<(string Path, string Value)> Given() => _configuration.AsEnumerable()
        .Where(static pair => !string.IsNullOrWhiteSpace(pair.Value) && KnownKeys.All.Any(known => known.Matches(pair.Key)))
        .Select(static pair => (pair.Key, pair.Value!));

    private string? Text(string key) => _configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private int Number(string key, int otherwise) =>
        Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

/// <summary>One environment variable of a service.</summary>
internal sealed record Setting(string Name, string Value, bool IsSecret = false);
