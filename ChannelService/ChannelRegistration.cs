using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Operations;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Assistify.ChannelService;

/// <summary>What the service is made of. A further channel is one line in <see cref="AddChannels"/>.</summary>
internal static class ChannelRegistration
{
    public static void AddChannels(this IHostApplicationBuilder builder)
    {
        builder.AddProvider<TwilioOptions, TwilioClient>(
            new("Twilio", "whatsapp", [nameof(TwilioOptions.AuthToken), nameof(TwilioOptions.AuthTokenSecondary)],
                (services, connection, options) => new TwilioAdapter(connection, options, services.GetRequiredService<TwilioClient>())),
            TwilioClient.Name);
    }

    /// <summary>Connections that people make, and what else operators do here. Before the messaging: what is received needs its connection.</summary>
    public static void AddConnections(this IHostApplicationBuilder builder)
    {
        builder.AddTokens();
        builder.Services.TryAddSingleton<Secrets>();
        builder.Services.AddSingleton(PublicAddresses.TrustingKeys(builder.Configuration.GetSection("Channels"), "ApiBaseUrl", "CallbackUrl"));
        builder.Services.AddSingleton<ConnectionSecrets>().AddSingleton<ConnectionStore>().AddSingleton<ConnectionHealth>();
        builder.Services.AddSingleton<ConnectionViews>().AddSingleton<ConnectionChecks>().AddSingleton<WebhookAddresses>();
        builder.Services.AddRunning<ServedConnections>();
        builder.Services.AddSingleton<ProblemStore>().AddSingleton<DeadMessages>();
        builder.Services.AddRunning<OperatorActionNews>();
    }

    /// <summary>What providers keep of messages, brought into ChatService's store.</summary>
    public static void AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<InternalCalls>().AddSingleton<MediaJobs>();
        services.AddHttpClient<MediaClient>()
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => new SocketsHttpHandler
            {
                // Redirects are followed by hand, each checked like the first address.
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectCallback = provider.GetRequiredService<PublicAddresses>().Connect,
            });
        services.AddHttpClient<MediaUpload>().RemoveAllLoggers();
        services.AddRunning<MediaDownloads>();
    }

    /// <summary>Webhooks in: taken, stored while the broker is away, fetched where they were missed.</summary>
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new ChannelAdapters(provider.GetServices<IChannelAdapter>()));
        services.AddSingleton<IBroker, MassTransitBroker>();
        services.AddSingleton<ChannelTelemetry>().AddSingleton<Signals>().AddSingleton<BrokerState>().AddSingleton<WebhookStore>();
        services.AddSingleton(provider => new BadSignatures(
            provider.GetRequiredService<IOptions<LimitsOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<Cache>()));
        services.AddSingleton<PersonIntake>().AddSingleton<StatusIntake>().AddSingleton<RecordIntake>().AddSingleton<ReceiveWebhook>();
        services.AddRunning<Observations>();
        services.AddRunning<StoredWebhookRelay>();
        services.AddRunning<MissedMessages>();
        services.AddRunning<Cleanup>();
    }

    /// <summary>Deliveries out: the ledger, its senders and settlers.</summary>
    public static void AddDeliveries(this IServiceCollection services)
    {
        services.AddSingleton<Ledger>().AddSingleton<DeliveryIntake>();
        services.AddSingleton(provider => new DeliverySender(
            provider.GetRequiredService<Ledger>(), provider.GetRequiredService<ChannelAdapters>(), provider.GetRequiredService<DeliveryNews>(),
            provider.GetRequiredService<Signals>(), provider.GetRequiredService<ChannelTelemetry>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DeliverySender>>(), provider.GetService<Cache>()));
        services.AddHostedService(provider => provider.GetRequiredService<DeliverySender>());
        services.AddRunning<DeliveryNews>();
        services.AddRunning<DeliverySettler>();
    }

    /// <summary>The provider, the client of its API, and the connection that configuration gives to the default workspace, if it does.</summary>
    /// <param name="circuit">The name of the circuit around the provider's API.</param>
    private static void AddProvider<TOptions, TClient>(this IHostApplicationBuilder builder, ChannelProvider<TOptions> provider, string circuit)
        where TOptions : ConnectionOptions where TClient : class
    {
        builder.Services.AddSingleton<IChannelProvider>(provider);

        // Addresses and tokens in queries are people's: these calls are traced and measured, not logged.
        builder.Services.AddHttpClient<TClient>()
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(services => new SocketsHttpHandler
            {
                ConnectCallback = services.GetRequiredService<PublicAddresses>().Connect,
                // Credentials never follow a redirect.
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = 256,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddResilience(circuit, attemptTimeout: Ledger.CallTimeout, totalTimeout: Ledger.CallTimeout);

        var section = $"Channels:{provider.Name}";
        builder.Services.AddOptions<TOptions>()
            .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations().ValidateOnStart();
        if (builder.Configuration.GetSection(section).Get<TOptions>() is not { IsConfigured: true }) return;
        builder.Services.AddSingleton(services =>
        {
            var options = services.GetRequiredService<IOptions<TOptions>>().Value;
            return provider.Create(services, ((IChannelProvider)provider).Connect(options, Identifiers.DefaultWorkspace), options);
        });
    }

    private static void AddRunning<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
