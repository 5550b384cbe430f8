using System.Diagnostics;
using Assistify.ChannelService.Connections;
using Assistify.ChannelService.Custom;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.GoogleCalendar;
using Assistify.ChannelService.Instagram;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Messenger;
using Assistify.ChannelService.Meta;
using Assistify.ChannelService.Operations;
using Assistify.ChannelService.Orders;
using Assistify.ChannelService.Shopify;
using Assistify.ChannelService.Slack;
using Assistify.ChannelService.Telegram;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.WeChat;
using Assistify.ChannelService.Webhooks;
using Assistify.ChannelService.WhatsApp;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Assistify.ChannelService;

/// <summary>What the service is made of. A further channel is one line in <see cref="AddChannels"/>.</summary>
internal static class ChannelRegistration
{
    private static readonly string[] s_metaSecrets =
        [nameof(MetaOptions.AccessToken), nameof(MetaOptions.AppSecret), nameof(MetaOptions.AppSecretSecondary), nameof(MetaOptions.VerifyToken)];

    public static void AddChannels(this IHostApplicationBuilder builder)
    {
        builder.AddProvider<TwilioOptions, TwilioClient>(
            new("Twilio", "whatsapp", [nameof(TwilioOptions.AuthToken), nameof(TwilioOptions.AuthTokenSecondary)],
                (services, connection, options) => new TwilioAdapter(connection, options, services.GetRequiredService<TwilioClient>())),
            TwilioClient.Name);
        builder.AddProvider<WhatsAppOptions, WhatsAppClient>(
            new("WhatsApp", "whatsapp", s_metaSecrets,
                (services, connection, options) => new WhatsAppAdapter(connection, options, services.GetRequiredService<WhatsAppClient>())),
            WhatsAppClient.Name);
        builder.AddProvider<MessengerOptions, MessengerClient>(
            new("Messenger", "facebook", s_metaSecrets,
                (services, connection, options) => new MessengerAdapter(connection, options, services.GetRequiredService<MessengerClient>())),
            MessengerClient.Name);
        builder.AddProvider<InstagramOptions, InstagramClient>(
            new("Instagram", "instagram", s_metaSecrets,
                (services, connection, options) => new InstagramAdapter(connection, options, services.GetRequiredService<InstagramClient>())),
            InstagramClient.Name);
        builder.AddProvider<TelegramOptions, TelegramClient>(
            new("Telegram", "telegram", [nameof(TelegramOptions.BotToken), nameof(TelegramOptions.SecretToken), nameof(TelegramOptions.SecretTokenSecondary)],
                (services, connection, options) => new TelegramAdapter(connection, options, services.GetRequiredService<TelegramClient>())),
            TelegramClient.Name, secretAddresses: true);
        builder.AddProvider<SlackOptions, SlackClient>(
            new("Slack", "slack", [nameof(SlackOptions.SigningSecret), nameof(SlackOptions.SigningSecretSecondary), nameof(SlackOptions.BotToken)],
                (services, connection, options) => new SlackAdapter(
                    connection, options, services.GetRequiredService<SlackClient>(), services.GetRequiredService<TimeProvider>())),
            SlackClient.Name);
        builder.AddProvider<WeChatOptions, WeChatClient>(
            new("WeChat", "wechat",
                [
                    nameof(WeChatOptions.AppSecret), nameof(WeChatOptions.Token), nameof(WeChatOptions.TokenSecondary),
                    nameof(WeChatOptions.EncodingAesKey), nameof(WeChatOptions.EncodingAesKeySecondary),
                ],
                (services, connection, options) => new WeChatAdapter(connection, options, services.GetRequiredService<WeChatClient>())),
            WeChatClient.Name, secretAddresses: true);
        builder.AddProvider<CustomOptions, CustomClient>(
            new("Custom", "custom", [nameof(CustomOptions.Secret), nameof(CustomOptions.SecretSecondary)],
                (services, connection, options) => new CustomAdapter(
                    connection, options, services.GetRequiredService<CustomClient>(), services.GetRequiredService<ConnectionAlarms>(),
                    services.GetRequiredService<TimeProvider>())),
            circuit: null);
        builder.AddProvider<ShopifyOptions, ShopifyClient>(
            new("Shopify", "shopify", [nameof(ShopifyOptions.AccessToken), nameof(ShopifyOptions.WebhookSecret), nameof(ShopifyOptions.WebhookSecretSecondary)],
                (services, connection, options) => new ShopifyAdapter(
                    connection, options, services.GetRequiredService<ShopifyClient>(), services.GetRequiredService<NpgsqlDataSource>(),
                    services.GetRequiredService<TimeProvider>())),
            ShopifyClient.Name);
        builder.AddProvider<GoogleCalendarOptions>(
            new("GoogleCalendar", "google-calendar", [nameof(GoogleCalendarOptions.Token), nameof(GoogleCalendarOptions.TokenSecondary)],
                (_, connection, options) => new GoogleCalendarAdapter(connection, options)),
            GoogleCalendarOptions.Section);
    }

    /// <summary>Connections that people make, and what else operators do here. Before the messaging: what is received needs its connection.</summary>
    public static void AddConnections(this IHostApplicationBuilder builder)
    {
        builder.AddTokens();
        builder.Services.TryAddSingleton<Secrets>();
        builder.Services.AddSingleton(PublicAddresses.TrustingKeys(builder.Configuration.GetSection("Channels"), "ApiBaseUrl", "CallbackUrl"));
        builder.Services.AddSingleton<ConnectionSecrets>().AddSingleton<ConnectionStore>().AddSingleton<ConnectionAlarms>().AddSingleton<ConnectionHealth>().AddSingleton<CredentialRenewal>();
        builder.Services.AddSingleton<ConnectionViews>().AddSingleton<ConnectionChecks>().AddSingleton<WebhookAddresses>();
        builder.Services.AddRunning<ServedConnections>();
        builder.Services.AddRunning<ConnectionWatch>();
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
                // Addresses of files hold credentials, so these calls are not even traced.
                ActivityHeadersPropagator = null,
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
        services.AddSingleton(provider => new Tries(provider.GetRequiredService<TimeProvider>(), provider.GetService<Cache>())).AddSingleton<BadSignatures>();
        services.AddSingleton<PersonIntake>().AddSingleton<StatusIntake>().AddSingleton<CustomerErasure>().AddSingleton<RecordIntake>().AddSingleton<ReceiveWebhook>();
        services.AddSingleton<OrderStore>();
        services.AddRunning<Observations>();
        services.AddRunning<StoredWebhookRelay>();
        services.AddRunning<MissedMessages>();
        services.AddRunning<ReadMarks>();
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
    /// <param name="circuit">The name of the circuit around the provider's API; null where each connection calls somebody else.</param>
    /// <param name="secretAddresses">Addresses hold credentials, so these calls are not even traced.</param>
    private static void AddProvider<TOptions, TClient>(
        this IHostApplicationBuilder builder, ChannelProvider<TOptions> provider, string? circuit, bool secretAddresses = false)
        where TOptions : ConnectionOptions where TClient : class
    {
        // Addresses and tokens in queries are people's: these calls are traced and measured, not logged.
        var client = builder.Services.AddHttpClient<TClient>()
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
                ActivityHeadersPropagator = secretAddresses ? null : DistributedContextPropagator.Current,
            });
        if (circuit is null) client.ConfigureHttpClient(http => http.Timeout = Ledger.CallTimeout);
        else client.AddResilience(circuit, attemptTimeout: Ledger.CallTimeout, totalTimeout: Ledger.CallTimeout);
        builder.AddProvider(provider);
    }

    /// <summary>The provider, where nothing of it is called.</summary>
    /// <param name="section">Where its configuration is; by default with those of all channels.</param>
    private static void AddProvider<TOptions>(this IHostApplicationBuilder builder, ChannelProvider<TOptions> provider, string? section = null)
        where TOptions : ConnectionOptions
    {
        builder.Services.AddSingleton<IChannelProvider>(provider);
        section ??= $"Channels:{provider.Name}";
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
