using Assistify.ChatService.CannedAnswers;
using Assistify.ChatService.Cards;
using Assistify.ChatService.Conversations;
using Assistify.ChatService.Conversations.Endpoints;
using Assistify.ChatService.Customers;
using Assistify.ChatService.FeatureFlags;
using Assistify.ChatService.Live;
using Assistify.ChatService.Macros;
using Assistify.ChatService.Media;
using Assistify.ChatService.Messages;
using Assistify.ChatService.Notifications;
using Assistify.ChatService.Operations;
using Assistify.ChatService.Operators.Audit;
using Assistify.ChatService.Orders;
using Assistify.ChatService.Partitions;
using Assistify.ChatService.Rules;
using Assistify.ChatService.SavedViews;
using Assistify.ChatService.Sessions;
using Assistify.ChatService.Settings;
using Assistify.ChatService.Suppliers;
using Assistify.ChatService.Teams;
using Assistify.ChatService.Templates;
using Assistify.ChatService.Web;
using Assistify.Contracts;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Assistify.ChatService;

internal static class ChatServices
{
    private const long LargestJson = 1024 * 1024;

    public static void AddChat(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ChatOptions>()
            .Configure<IConfiguration>(ChatOptions.Bind)
            .ValidateDataAnnotations()
            .Validate(
                static options => Convert.TryFromBase64String(options.SecretsKey, new byte[64], out var length) && length == 32,
                "Secrets__Key must be 32 bytes in base64.")
            .ValidateOnStart();
        // Each statement and each request is a trace's business, not the log's.
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.Converters.Add(new LenientString()));

        services.AddSingleton<RuleStore>();
        services.AddSingleton<WorkspaceDirectory>();
        services.AddSingleton<WorkspaceSettingsStore>();
        services.AddSingleton<FeatureFlagStore>();
        services.AddSingleton<CannedAnswerStore>();
        services.AddSingleton<TemplateStore>();
        services.AddSingleton<MacroStore>();
        services.AddSingleton<TeamStore>();
        services.AddHostedService<RoundRobin>();
        services.AddSingleton<SavedViewStore>();
        services.AddSingleton<NotificationStore>();
        services.AddHostedService<WorkspaceSeed>();
        services.AddSingleton<ChatMetrics>();
        services.AddSingleton<IMessagePublisher, BrokerPublisher>();
        services.AddSingleton<ChangeHints>();
        services.AddSingleton<CustomerEraser>();
        services.AddSingleton<CustomerChanges>();
        services.AddSingleton<CustomerMark>();
        services.AddMedia();
        services.AddSingleton<InternalCalls>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<CommandSender>();
        services.AddSingleton<CommandEndpoint>();
        services.AddSingleton<MessageOutcomes>();
        services.AddSingleton<CustomerMessages>();
        services.AddHttpClient<InspirationJobs>()
            .RemoveAllLoggers()
            .AddReplicaResilience(InspirationJobs.Name, TimeSpan.FromSeconds(3));
        services.AddHttpClient<ConnectionAddresses>()
            .RemoveAllLoggers()
            .AddReplicaResilience(ConnectionAddresses.Name, TimeSpan.FromSeconds(3));
        services.AddHttpClient<ShopOrders>()
            .RemoveAllLoggers()
            .AddReplicaResilience(ShopOrders.Name, TimeSpan.FromSeconds(3));
        services.AddSingleton<ReplyClock>();
        services.AddHostedService(static provider => provider.GetRequiredService<ReplyClock>());
        services.AddHostedService<Housekeeping>();

        services.AddSignalR(static hub => hub.MaximumReceiveMessageSize = 16 * 1024)
            .AddJsonProtocol(static json => Json.Configure(json.PayloadSerializerOptions));
        services.AddSingleton<IHubProtocol, OptionalArguments>();
        services.AddSingleton<IUserIdProvider, SubjectUserId>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService(static provider => provider.GetRequiredService<LiveFeed>());
        services.AddSingleton<InboxFeed>();
        services.AddHostedService(static provider => provider.GetRequiredService<InboxFeed>());
    }

    /// <summary>What travels through the partitions, and what every replica hears.</summary>
    public static void Messages(MessagingBuilder bus)
    {
        bus.AddPartitioned<OperatorCommand>();
        bus.AddPartitioned<SupplierPicture>();
        bus.AddPartitioned<SupplierAnswer>();
        bus.AddPartitioned<SupplierQuestion>();
        bus.AddPartitioned<SupplierNotAsked>();
        bus.AddBroadcast<ConversationsChanged>();
        bus.ConsumePartitions<ConversationPartitionHandler>(
            typeof(CustomerMessageReceived), typeof(CustomerMessagesReceived), typeof(ReplyGenerated), typeof(ReplyFailed), typeof(MessagesUnderstood),
            typeof(DeliveryUpdated), typeof(OperatorCommand), typeof(MessageChanged), typeof(OutsideReplyReceived), typeof(CustomerAddressChanged),
            typeof(MediaStored), typeof(MediaFailed), typeof(SupplierPicture), typeof(SupplierAnswer), typeof(SupplierQuestion), typeof(SupplierNotAsked));
        bus.Consume(Queues.AuditLog, prefetch: 20, typeof(ActionAuditedConsumer));
        bus.Consume(Queues.Erasures, prefetch: 1, typeof(CustomerErasureDemandedConsumer));
        bus.AddBroadcast<SomebodyTypes>();
        bus.AddBroadcast<SomebodyLooks>();
        bus.ConsumeBroadcast(
            typeof(ConversationsChangedConsumer), typeof(ReplyDeltaConsumer), typeof(ReplyResetConsumer), typeof(SomebodyTypesConsumer),
            typeof(SomebodyLooksConsumer), typeof(JobReadyConsumer), typeof(ConnectionAlarmedConsumer), typeof(QualityDroppedConsumer));
    }

    public static void MapChat(this IEndpointRouteBuilder root)
    {
        // Long before a body is a memory problem it is not what any of these endpoints takes; uploads have their own limit.
        var app = root.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(LargestJson));
        app.MapCreateSession();
        var messages = app.MapGroup("/api/messages");
        messages.MapProcessMessage();
        messages.MapGetConversationMessages();
        app.MapGetJob();
        app.MapConversations();
        app.MapMedia();
        app.MapTakeMedia();
        app.MapGivePicture();
        app.MapGiveConversation();
        app.MapGiveOrders();
        app.MapCards();
        app.MapSettings();
        app.MapGetAllowedOrigins();
        app.MapFeatureFlags();
        app.MapCannedAnswers();
        app.MapTemplates();
        app.MapMacros();
        app.MapTeams();
        app.MapRules();
        app.MapSavedViews();
        app.MapNotifications();
        app.MapOperations();
        var customers = app.MapGroup("/api/customers");
        customers.MapGetCustomers();
        customers.MapMergeCustomer();
        customers.MapUnmergeCustomer();
        customers.MapGetCustomerOrders();
        customers.MapBlockCustomer();
        customers.MapSuppliers();
        app.MapSupplierList();
        customers.MapEraseCustomer();
        app.MapHub<ConversationsHub>("/hubs/conversations", static hub => hub.Transports = HttpTransportType.WebSockets);
    }
}
