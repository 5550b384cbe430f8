using Assistify.AppHost.Settings;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

var builder = DistributedApplication.CreateBuilder(args);
var settings = AppSettings.Load(builder.Configuration, builder.AppHostDirectory);

// Servers. A connection string in the configuration (ConnectionStrings__chatdb) replaces the server of that name.
IResourceBuilder<PostgresServerResource>? postgres = null;
var chatDb = Database("chatdb");
var channelDb = Database("channeldb");
var aiDb = Database("aidb");
var analyticsDb = Database("analyticsdb");
IResourceBuilder<IResourceWithConnectionString> messaging = settings.IsExternal("messaging")
    ? builder.AddConnectionString("messaging")
    : builder.AddRabbitMQ("messaging").WithDataVolume();
IResourceBuilder<IResourceWithConnectionString> cache = settings.IsExternal("cache")
    ? builder.AddConnectionString("cache")
    : builder.AddRedis("cache");

// Services
var chat = Service("chat", "ChatService")
    .WithReference(chatDb).WaitFor(chatDb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(cache).WaitFor(cache);

var channels = Service("channels", "ChannelService")
    .WithReference(channelDb).WaitFor(channelDb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(cache).WaitFor(cache)
    .WithReference(chat);

var ai = Service("ai", "AiService")
    .WithReference(aiDb).WaitFor(aiDb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(cache).WaitFor(cache)
    .WithReference(chat);
chat.WithReference(ai).WithReference(channels);

var analytics = Service("analytics", "AnalyticsService")
    .WithReference(analyticsDb).WaitFor(analyticsDb)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(chat);

var gateway = Service("gateway", "Gateway", settings.HttpPort)
    .WithReference(chat).WaitFor(chat)
    .WithReference(channels).WaitFor(channels)
    .WithReference(ai).WaitFor(ai)
    .WithReference(analytics).WaitFor(analytics)
    .WithReference(cache).WaitFor(cache)
    .WithExternalHttpEndpoints().WithUrlForEndpoint("http", url => url.DisplayText = "Chat with the shop");

// Stand-ins for the providers, never in Production.
if (settings.IsDevelopment)
{
    var sandbox = Service("sandbox", "Sandbox")
        .WithReference(gateway)
        .WithUrlForEndpoint("http", url =>
        {
            url.Url = $"{settings.PublicUrl}/sandbox";
            url.DisplayText = "Phones of the sandbox";
        });
    gateway.WithReference(sandbox);
    foreach (var account in settings.SandboxAccounts) channels.WithEnvironment($"Channels__{account.Channel}__ApiBaseUrl", sandbox.GetEndpoint("http"));
}

settings.Owner.Introduce(settings.LocalAddress);
builder.Build().Run();

IResourceBuilder<IResourceWithConnectionString> Database(string name) => settings.IsExternal(name)
    ? builder.AddConnectionString(name)
    : (postgres ??= builder.AddPostgres("postgres").WithDataVolume()).AddDatabase(name);

IResourceBuilder<ProjectResource> Service(string name, string project, int? port = null) => builder
    .AddProject(name, $"../{project}/{project}.csproj")
    .WithHttpEndpoint(port)
    .WithReplicas(settings.Replicas(name))
    .WithSettings(settings)
    .WithHttpHealthCheck("/health/ready");
