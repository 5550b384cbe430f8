using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Operations;
using Assistify.ChannelService.Orders;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Assistify.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Assistify.ChannelService.Tests;

/// <summary>One replica of the service on a real database, with a fake broker and a fake Twilio.</summary>
internal sealed class ChannelApp : IAsyncDisposable
{
    public const string AccountSid = "AC5d0f3f2c9c1b4e6fa7d88a2b1c3e4f50";
    public const string AuthToken = "3f1c9a5be7d24c60b8e1f0a9d6c7b214";
    public const string Number = "whatsapp:+441632960001";
    public const string Customer = "whatsapp:+447700900123";
    public const string SecretsKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    public const string PublicUrl = "https://desk.example.com/api/webhooks/whatsapp";

    private static readonly TokenKey s_tokenKey = TokenKey.Create();
    private readonly WebApplication _app;

    private ChannelApp(WebApplication app, string connectionString, FakeBroker broker, FakeTwilio twilio, FakeMedia media, ForwardTime time)
    {
        (_app, ConnectionString, Broker, Twilio, Media, Time) = (app, connectionString, broker, twilio, media, time);
        Http = app.GetTestClient();
    }

    public string ConnectionString { get; }

    public FakeBroker Broker { get; }

    public FakeTwilio Twilio { get; }

    public FakeMedia Media { get; }

    public ForwardTime Time { get; }

    public HttpClient Http { get; }

    public Guid ConnectionId { get; } = Identifiers.Connection(Identifiers.DefaultWorkspace, "whatsapp", $"{AccountSid}/{Number}");

    public IServiceProvider Services => _app.Services;

    public TestServer Server => _app.GetTestServer();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="beside">Another replica, whose database, broker and provider this one shares.</param>
    /// <param name="workers">Whether senders, settlers and the other services in the background run.</param>
    /// <param name="configure">Has the last word on the services.</param>
    public static async Task<ChannelApp> Start(
        ChannelApp? beside = null, bool workers = true, IReadOnlyDictionary<string, string?>? settings = null, string publicUrl = PublicUrl,
        Action<IServiceCollection>? configure = null)
    {
        var connectionString = beside?.ConnectionString ?? await TestPostgres.NewDatabaseAsync();
        var time = beside?.Time ?? new ForwardTime();
        var broker = beside?.Broker ?? new FakeBroker();
        var twilio = beside?.Twilio ?? new FakeTwilio(time);
        var media = beside?.Media ?? new FakeMedia();

        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:channeldb"] = connectionString,
            ["Secrets:Key"] = SecretsKey,
            ["services:chat:http:0"] = "http://chat.test",
            ["Assistify:PublicUrl"] = "https://desk.example.com",
            ["Channels:Twilio:AccountSid"] = AccountSid,
            ["Channels:Twilio:AuthToken"] = AuthToken,
            ["Channels:Twilio:From"] = Number,
            ["Channels:Twilio:ApiBaseUrl"] = "http://twilio.test",
            ["Channels:Twilio:PublicUrl"] = publicUrl,
        });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<ITokenKeys>(new OneKey());
        builder.AddServiceDefaults();
        builder.AddDatabase<ChannelDbContext>("channeldb");
        builder.AddChannels();
        builder.AddConnections();
        builder.Services.AddWebhooks();
        builder.Services.AddDeliveries();
        builder.Services.AddMedia();
        builder.Services.AddSingleton<IBroker>(broker);
        builder.Services.AddSingleton<IErrorQueues>(broker);
        builder.Services.AddHttpClient<MediaClient>().ConfigurePrimaryHttpMessageHandler(() => new FakeMedia.Provider(media));
        builder.Services.AddHttpClient<MediaUpload>().ConfigurePrimaryHttpMessageHandler(() => new FakeMedia.Chat(media));
        builder.Services.AddHttpClient<TwilioClient>().ConfigurePrimaryHttpMessageHandler(() => new FakeTwilio.Line(twilio));
        if (!workers)
        {
            foreach (var service in builder.Services.Where(IsWorker).ToList()) builder.Services.Remove(service);
        }

        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseServiceDefaults();
        ReceiveWebhook.Map(app);
        DataDeletion.Map(app);
        app.MapConnections();
        app.MapOperations();
        app.MapFindOrders();
        await app.StartAsync();
        return new ChannelApp(app, connectionString, broker, twilio, media, time);
    }

    public HttpClient Operator(string role = "admin", Guid? workspaceId = null)
    {
        var client = _app.GetTestClient();
        var token = new TokenIssuer(() => s_tokenKey, Time).IssueOperator(
            Guid.CreateVersion7(), workspaceId ?? Identifiers.DefaultWorkspace, role, "Eve", Guid.CreateVersion7());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        return client;
    }

    /// <summary>Posts a form as Twilio does.</summary>
    public Task<HttpResponseMessage> Post(
        IEnumerable<KeyValuePair<string, string>> form, string path = "/api/webhooks/whatsapp", string? signature = null, string? signedUrl = null,
        string? from = null)
    {
        var pairs = form.ToList();
        var query = path.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? path[at..] : "";
        signature ??= TwilioSignature.Compute(signedUrl ?? PublicUrl + query, TwilioForm.Of(pairs), AuthToken);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(pairs) };
        request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);
        if (from is not null) request.Headers.TryAddWithoutValidation("X-Forwarded-For", from);
        return Http.SendAsync(request);
    }

    public static Dictionary<string, string> Message(string sid, string text = "hello", string from = Customer) => new()
    {
        ["MessageSid"] = sid, ["SmsMessageSid"] = sid, ["SmsSid"] = sid, ["SmsStatus"] = "received", ["AccountSid"] = AccountSid, ["From"] = from,
        ["To"] = Number, ["Body"] = text, ["NumMedia"] = "0", ["ProfileName"] = "Zoë", ["WaId"] = from["whatsapp:+".Length..], ["MessageType"] = "text",
    };

    public static Dictionary<string, string> Status(string sid, string status, string to = Customer) => new()
    {
        ["MessageSid"] = sid, ["SmsSid"] = sid, ["MessageStatus"] = status, ["SmsStatus"] = status, ["AccountSid"] = AccountSid, ["From"] = Number, ["To"] = to,
    };

    /// <summary>Calls the address that a message named for its status.</summary>
    public Task<HttpResponseMessage> ReportStatus(FakeTwilio.Message message, string status, params KeyValuePair<string, string>[] more)
    {
        var url = new Uri(message.StatusCallback!.Split('#')[0]);
        return Post([.. Status(message.Sid, status, message.To), .. more], url.PathAndQuery, signedUrl: url.OriginalString);
    }

    public DeliverMessage Delivery(
        string text = "Hello back", string address = Customer, Guid? previous = null, Guid? conversation = null, Author author = Author.Assistant, long version = 1) =>
        new(
            Guid.CreateVersion7(), conversation ?? Guid.CreateVersion7(), Identifiers.DefaultWorkspace, ConnectionId, "whatsapp",
            Partition.For(ConnectionId, address), address, text, [], [], author, version, previous, Time.GetUtcNow());

    public Task Deliver(DeliverMessage message) => Get<DeliveryIntake>().Accept(message, CancellationToken.None);

    public Task<LedgerRow> Row(Guid deliveryId, LedgerStatus expected, int seconds = 15) =>
        Poll.Get(
            async () => (await Get<Ledger>().Load([deliveryId], CancellationToken.None))[0], row => row.Status == expected,
            $"the delivery becomes {expected}", seconds);

    public async Task<IReadOnlyList<string>> Outcomes()
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var command = database.CreateCommand("SELECT outcome FROM webhook_logs ORDER BY received_at, id");
        var outcomes = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) outcomes.Add(reader.GetString(0));
        return outcomes;
    }

    public async Task<object?> Scalar(string sql)
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
    }

    private static bool IsWorker(ServiceDescriptor service) =>
        service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && service.ImplementationFactory?.Method.DeclaringType?.FullName?.Contains("ChannelService", StringComparison.Ordinal) == true;

    private sealed class OneKey : ITokenKeys
    {
        public ValueTask<TokenKey?> Find(string keyId, CancellationToken cancellationToken) => new(keyId == s_tokenKey.Id ? s_tokenKey : null);
    }
}
