using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Assistify.ChatService.Conversations;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Assistify.ChatService.Tests.Support;

/// <summary>The service on a real database of its own, with a broker that a test can look into.</summary>
internal sealed class ChatHost : WebApplicationFactory<Program>
{
    // A busy machine is slow: answers are waited for as long as the service allows.
    private const string LongestWait = "wait=30";

    private readonly TokenKey _key = TokenKey.Create();
    private readonly string _database = TestPostgres.NewDatabase();
    private readonly string _media = Directory.CreateTempSubdirectory("assistify-media-").FullName;
    private FakeBroker? _broker;

    public FakeBroker Broker => _broker ??= new FakeBroker(() => Services.GetRequiredService<IPartitionHandler>());

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public string MediaFolder => _media;

    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Has the last word on the services.</summary>
    public Action<IServiceCollection> Configure { get; set; } = _ => { };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("ConnectionStrings:chatdb", _database);
        builder.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
        builder.UseSetting("ConnectionStrings:cache", "127.0.0.1:1");
        builder.UseSetting("Secrets:Key", Convert.ToBase64String(new byte[32]));
        builder.UseSetting("Media:Path", _media);
        builder.UseSetting("Assistify:Demo", "true");
        builder.UseSetting("Owner:Email", "owner@localhost");
        builder.UseSetting("Owner:Password", "a password for tests");
        foreach (var (name, value) in Settings) builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            foreach (var hosted in services.Where(IsOfTheBroker).ToList()) services.Remove(hosted);
            services.Replace(ServiceDescriptor.Singleton<IMessagePublisher>(Broker));
            services.RemoveAll<ITokenIssuer>();
            services.RemoveAll<ITokenKeys>();
            services.AddSingleton<ITokenIssuer>(new TokenIssuer(() => _key, TimeProvider.System));
            services.AddSingleton<ITokenKeys>(new OneKey(_key));
            Configure(services);
        });
    }

    private static bool IsOfTheBroker(ServiceDescriptor service)
    {
        if (service.ServiceType != typeof(IHostedService)) return false;
        var type = service.ImplementationType ?? service.ImplementationFactory?.GetType().GenericTypeArguments.LastOrDefault();
        return type?.Namespace?.StartsWith("MassTransit", StringComparison.Ordinal) == true
            || type?.Name is "BrokerTopology" or "PartitionOwnership";
    }

    public Task Handle(params object[] messages) => Services.GetRequiredService<IPartitionHandler>().Handle(
        [.. messages.Select(m => new PartitionMessage(m, ((IPartitioned)m).Partition, default))], CancellationToken.None);

    public HttpClient Operator(string role = "agent", Guid? workspaceId = null, Guid? id = null)
    {
        var client = CreateClient();
        var token = Services.GetRequiredService<ITokenIssuer>().IssueOperator(
            id ?? Guid.NewGuid(), workspaceId ?? Some.Workspace, role, "Eve", Guid.NewGuid());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        client.DefaultRequestHeaders.Add("Prefer", LongestWait);
        return client;
    }

    /// <summary>An operator who is in the list of people, as everybody who signs in is.</summary>
    public async Task<(HttpClient Client, Guid Id)> StoredOperator(string role)
    {
        var response = await Operator("owner").PostAsJsonAsync(
            "/api/users", new { email = $"{Guid.NewGuid():N}@shop.example", name = "Adam", role, password = "a password for tests" });
        response.EnsureSuccessStatusCode();
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        return (Operator(role, id: id), id);
    }

    /// <summary>A new web customer with a session.</summary>
    public async Task<WebCustomer> Customer(object? request = null)
    {
        var client = CreateClient();
        var response = await client.PostAsJsonAsync("/api/chat/sessions", request ?? new { });
        response.EnsureSuccessStatusCode();
        var session = await response.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        client.DefaultRequestHeaders.Add("Prefer", LongestWait);
        return new WebCustomer(
            client, session.GetProperty("conversationId").GetGuid(), session.GetProperty("customerId").GetGuid(),
            session.GetProperty("visitorId").GetString()!, session.GetProperty("token").GetString()!);
    }

    /// <summary>The assistant answers every request that wants an answer.</summary>
    public void AnswerWith(string text, bool handOver = false) => Broker.Assistant = async request =>
    {
        if (!request.AnswerWanted) return;
        await Broker.Publish(Some.Reply(request, text, handOver), CancellationToken.None);
    };

    public async Task<List<T>> Query<T>(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await using var reader = await command.ExecuteReaderAsync();
        var result = new List<T>();
        while (await reader.ReadAsync()) result.Add(reader.GetFieldValue<T>(0));
        return result;
    }

    public async Task<Conversation> Conversation(string address)
    {
        await using var command = Database.CreateCommand(
            $"select {ConversationRows.Columns} from conversations c where c.address = $1 order by c.created_at desc limit 1");
        command.Parameters.AddWithValue(address);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return ConversationRows.Read(reader);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
        await base.DisposeAsync();
        TestPostgres.Drop(_database);
        Directory.Delete(_media, recursive: true);
    }

    private sealed class OneKey(TokenKey key) : ITokenKeys
    {
        public ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken) => new(keyId == key.Id ? key : null);
    }
}

internal sealed record WebCustomer(HttpClient Client, Guid ConversationId, Guid CustomerId, string VisitorId, string Token);
