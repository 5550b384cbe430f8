using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Twilio;
using Assistify.ChannelService.Webhooks;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Assistify.ChannelService;

/// <summary>What the service is made of. A further channel is one line in <see cref="AddChannels"/>.</summary>
internal static class ChannelRegistration
{
    public static void AddChannels(this IHostApplicationBuilder builder)
    {
        builder.AddTwilio();
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
        services.AddSingleton<InboundIntake>().AddSingleton<StatusIntake>().AddSingleton<ReceiveWebhook>();
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

    private static void AddTwilio(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<TwilioOptions>()
            .BindConfiguration(TwilioOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations().ValidateOnStart();
        if (string.IsNullOrWhiteSpace(builder.Configuration[$"{TwilioOptions.Section}:{nameof(TwilioOptions.AccountSid)}"])) return;

        // Addresses in queries are people's: this client's calls are traced and measured, not logged.
        builder.Services.AddHttpClient<TwilioClient>()
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // Credentials never follow a redirect.
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = 256,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddResilience(TwilioClient.Name, attemptTimeout: Ledger.CallTimeout, totalTimeout: Ledger.CallTimeout);
        builder.Services.AddSingleton<IChannelAdapter, TwilioAdapter>();
    }

    private static void AddRunning<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
