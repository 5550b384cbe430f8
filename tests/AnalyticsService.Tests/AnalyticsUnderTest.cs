using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.AnalyticsService.Events;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Assistify.AnalyticsService.Tests;

/// <summary>The service on a database of its own, without a broker: events go straight to the consumer's log.</summary>
internal sealed class AnalyticsUnderTest : IAsyncDisposable
{
    public static readonly Guid Workspace = Guid.Parse("0198c0de-0000-7000-8000-000000000001");

    private readonly TokenKey _key = TokenKey.Create();
    private readonly WebApplicationFactory<Program> _factory;

    public AnalyticsUnderTest()
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Development");
            host.UseSetting("ConnectionStrings:analyticsdb", TestPostgres.NewDatabase());
            host.UseSetting("ConnectionStrings:messaging", "amqp://nobody:nothing@127.0.0.1:1");
            host.ConfigureTestServices(services =>
            {
                services.AddSingleton<ITokenKeys>(new OneKey(_key));
                foreach (var broker in services.Where(IsOfTheBroker).ToArray()) services.Remove(broker);
            });
        });
        Client = As(Roles.Viewer, Workspace);
    }

    /// <summary>A viewer of <see cref="Workspace"/>.</summary>
    public HttpClient Client { get; }

    public EventLog Log => _factory.Services.GetRequiredService<EventLog>();

    public T Get<T>() where T : notnull => _factory.Services.GetRequiredService<T>();

    public HttpClient Anonymous() => _factory.CreateClient();

    public HttpClient As(string role, Guid workspace)
    {
        var issuer = new TokenIssuer(() => _key, TimeProvider.System);
        var token = role == Roles.Customer
            ? issuer.IssueCustomer(Guid.NewGuid(), Guid.NewGuid(), workspace, "web")
            : issuer.IssueOperator(Guid.NewGuid(), workspace, role, null, Guid.NewGuid());
        var client = _factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        return client;
    }

    public async Task Clear()
    {
        await using var command = _factory.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("truncate events");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The only value that the query gives.</summary>
    public async Task<string?> Row(string sql)
    {
        await using var command = _factory.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync();
    }

    public Task Record(params RecordedEvent[] events) => Log.Append(new EventsRecorded(events), CancellationToken.None);

    public Task<JsonElement> Get(string path) => Client.GetFromJsonAsync<JsonElement>("/api/analytics" + path);

    /// <summary>Header and rows of the figure's CSV; no test value needs quotes.</summary>
    public async Task<string[][]> Csv(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/analytics" + path);
        request.Headers.Accept.ParseAdd("text/csv");
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        if (response.Content.Headers.ContentType!.MediaType != "text/csv") throw new InvalidOperationException("The answer is not CSV.");
        var text = await response.Content.ReadAsStringAsync();
        return [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
        _key.Dispose();
    }

    private static bool IsOfTheBroker(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (service.ImplementationType ?? service.ImplementationFactory?.Method.ReturnType)?.FullName is { } name
        && (name.StartsWith("MassTransit.", StringComparison.Ordinal) || name.EndsWith("BrokerTopology", StringComparison.Ordinal));

    private sealed class OneKey(TokenKey key) : ITokenKeys
    {
        public ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken) => new(keyId == key.Id ? key : null);
    }
}
