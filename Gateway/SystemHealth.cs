using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.Gateway.Access;
using Assistify.Gateway.Proxy;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;

namespace Assistify.Gateway;

/// <summary>How the whole system is, from the services' own answers; asked at most once a second, however many want to know.</summary>
internal sealed class SystemHealth(IConfiguration configuration, Cache cache, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);

    // Without these two no message is taken or shown; without the others it waits.
    private static readonly string[] s_essential = ["chat", "channels"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(0.5) }) { Timeout = TimeSpan.FromSeconds(2) };
    private readonly Lock _lock = new();
    private Task<Part[]>? _latest;
    private long _askedAt;

    public sealed record Part(string Name, string Status, double LatencyMs, int Instances, int Answering, JsonNode? Dependencies);

    public async Task<(string Status, IReadOnlyList<Part> Parts, TimeSpan Age)> Get(CancellationToken cancellationToken)
    {
        Task<Part[]> latest;
        lock (_lock)
        {
            if (_latest is null || (_latest.IsCompleted && time.GetElapsedTime(_askedAt) >= s_fresh))
            {
                _askedAt = time.GetTimestamp();
                _latest = Task.WhenAll([.. Services.Names.Select(Ask), AskCache()]);
            }

            latest = _latest;
        }

        var parts = await latest.WaitAsync(cancellationToken);
        var status = parts.Any(part => part.Status == "unhealthy" && s_essential.Contains(part.Name)) ? "unhealthy"
            : parts.Any(part => part.Status != "healthy") ? "degraded"
            : "healthy";
        return (status, parts, time.GetElapsedTime(_askedAt));
    }

    public void Dispose() => _http.Dispose();

    private async Task<Part> Ask(string service)
    {
        var start = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Services.Addresses(configuration, service).Select(Ask));
        var latency = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1);
        var ready = answers.Where(answer => answer.Status != "unhealthy").ToList();
        var status = ready is [] ? "unhealthy"
            : ready.Count < answers.Length || ready.Exists(answer => answer.Status == "degraded") ? "degraded"
            : "healthy";
        return new Part(service, status, latency, answers.Length, ready.Count, answers.Select(answer => answer.Dependencies).FirstOrDefault(known => known is not null));
    }

    private async Task<(string Status, JsonNode? Dependencies)> Ask(Uri address)
    {
        try
        {
            using var ready = await _http.GetAsync(new Uri(address, "/health/ready"), CancellationToken.None);
            var details = await _http.GetAsync(new Uri(address, "/health/comprehensive"), CancellationToken.None);
            var dependencies = details.IsSuccessStatusCode
                ? JsonNode.Parse(await details.Content.ReadAsStringAsync())?["dependencies"]
                : null;
            var status = JsonNode.Parse(await ready.Content.ReadAsStringAsync())?["status"]?.GetValue<string>();
            return (ready.IsSuccessStatusCode ? status ?? "healthy" : "unhealthy", dependencies);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            return ("unhealthy", null);
        }
    }

    private async Task<Part> AskCache()
    {
        try
        {
            var latency = await cache.Ping(CancellationToken.None);
            return new Part("cache", "healthy", Math.Round(latency.TotalMilliseconds, 1), 1, 1, null);
        }
        catch (CacheUnavailableException)
        {
            return new Part("cache", "degraded", 0, 1, 0, null);
        }
    }
}

internal static class SystemHealthEndpoints
{
    /// <summary>Takes the place of the service's own answers, which would speak of the gateway alone.</summary>
    public static void MapSystemHealth(this WebApplication app)
    {
        app.MapGet("/health/ready", async (SystemHealth health, CancellationToken cancellationToken) =>
        {
            var (status, _, _) = await health.Get(cancellationToken);
            return Results.Json(new { status }, statusCode: status == "unhealthy" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }).WithOrder(-1);

        app.MapGet("/health/comprehensive", async (HttpContext http, SystemHealth health, IHostEnvironment environment) =>
        {
            if (!environment.IsDevelopment() && !await IsOperator(http))
            {
                await Problems.Write(http, StatusCodes.Status401Unauthorized, "Sign in as an operator to see the dependencies.");
                return;
            }

            var (status, parts, age) = await health.Get(http.RequestAborted);
            await http.Response.WriteAsJsonAsync(new
            {
                status,
                dependencies = parts.Select(part => new
                {
                    part.Name, part.Status, part.LatencyMs, ageMs = Math.Round(age.TotalMilliseconds), part.Instances, part.Answering, part.Dependencies,
                }),
            });
        }).WithOrder(-1);
    }

    private static async Task<bool> IsOperator(HttpContext http)
    {
        var bearer = TokenAuthentication.Bearer(http.Request).ToString();
        if (bearer.Length == 0) return false;
        try
        {
            var token = bearer.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal)
                ? (await http.RequestServices.GetRequiredService<ApiKeys>().Exchange(bearer, http.RequestAborted)).Token
                : await http.RequestServices.GetRequiredService<TokenValidator>().Validate(bearer, http.RequestAborted);
            return token is { IsCustomer: false };
        }
        catch (TokenKeysUnavailableException)
        {
            return false;
        }
    }
}
