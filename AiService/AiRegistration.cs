using Assistify.AiService.Assistance;
using Assistify.AiService.Assistants;
using Assistify.AiService.Audit;
using Assistify.AiService.Evaluation.Cases;
using Assistify.AiService.Inspiration;
using Assistify.AiService.IntentModels;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Knowledge.Documents;
using Assistify.AiService.Knowledge.Suggestions;
using Assistify.AiService.Orders;
using Assistify.AiService.Publishing;
using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Checks;
using Assistify.AiService.Replies.Memory;
using Assistify.AiService.Replies.Offline;
using Assistify.AiService.Tools;
using Assistify.AiService.Understanding;
using Assistify.AiService.Vision;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assistify.AiService;

internal static class AiRegistration
{
    /// <summary>Checks bodies by their attributes. Here, not in ServiceDefaults: its generator sees only this project.</summary>
    public static IServiceCollection AddBodyValidation(this IServiceCollection services) => services.AddValidation();

    /// <summary>Local understanding: no model, no network. Each part is replaced by registering another.</summary>
    public static IServiceCollection AddUnderstanding(this IServiceCollection services) => services
        .AddSingleton<ILanguageDetector, LanguageDetector>()
        .AddSingleton<WorkspaceIntents>()
        .AddSingleton<IIntentClassifier>(provider => provider.GetRequiredService<WorkspaceIntents>())
        .AddSingleton<ISentimentClassifier, SentimentClassifier>()
        .AddSingleton<MessageReader>()
        .AddHostedService<UnderstandingWarmUp>();

    public static IServiceCollection AddKnowledge(this IServiceCollection services) => services
        .AddSingleton<IKnowledgeSearch, PostgresKnowledgeSearch>()
        .AddSingleton<KnowledgeHistory>()
        .AddSingleton<DocumentStore>()
        .AddScoped<SuggestionFinder>();

    /// <summary>Examples that operators add, models that learn them, and which one each workspace uses.</summary>
    public static IServiceCollection AddIntentModels(this IServiceCollection services) => services
        .AddSingleton<ExampleStore>()
        .AddSingleton<ModelStore>()
        .AddSingleton<IntentVersions>()
        .AddSingleton<ModelTrainer>()
        .AddHostedService(provider => provider.GetRequiredService<ModelTrainer>())
        .AddSingleton<ActiveModels>()
        .AddHostedService(provider => provider.GetRequiredService<ActiveModels>());

    /// <summary>The versions of workspaces' settings, and which one each conversation is answered with.</summary>
    public static IServiceCollection AddAssistants(this IServiceCollection services) => services
        .AddSingleton<WorkspaceAssistants>()
        .AddSingleton<Outbox>()
        .AddSingleton<AuditTrail>()
        .AddHostedService<OutboxRelay>()
        .AddSingleton<AssistantStore>()
        .AddSingleton<CanaryStore>()
        .AddSingleton<CanaryGuard>()
        .AddSingleton<ActiveAssistants>()
        .AddHostedService(provider => provider.GetRequiredService<ActiveAssistants>());

    /// <summary>Conversations that become cases of a suite, and answers that are written again.</summary>
    public static IServiceCollection AddEvaluation(this IServiceCollection services) => services
        .AddSingleton<KeptTraces>()
        .AddSingleton<CaseStore>()
        .AddSingleton<CaseMaker>()
        .AddSingleton<Reproducer>()
        .AddSingleton<PublishingStore>()
        .AddSingleton<PublishingGate>();

    public static IServiceCollection AddInspiration(this IServiceCollection services) => services
        .AddSingleton<IdeaFinder>()
        .AddSingleton<InspirationStore>()
        .AddSingleton<InspirationWorker>()
        .AddHostedService(provider => provider.GetRequiredService<InspirationWorker>());

    /// <summary>Looks at customers' pictures with the providers' models, where there are some.</summary>
    public static IServiceCollection AddVision(this IServiceCollection services) => services
        .AddChatCalls().AddSingleton<IPictureContents, StoredPictures>().AddSingleton<PictureFactsStore>().AddSingleton<IPictureReader, PictureReader>();

    /// <summary>What the assistant does for people who answer themselves.</summary>
    public static IServiceCollection AddAssistance(this IServiceCollection services) => services.AddSingleton<ConversationSource>();

    private static IServiceCollection AddChatCalls(this IServiceCollection services)
    {
        services.TryAddSingleton<Secrets>();
        services.AddSingleton<InternalCalls>().AddSingleton<ChatCalls>();
        services.AddHttpClient(ChatCalls.Client).RemoveAllLoggers();
        return services;
    }

    /// <summary>Writers are asked in the order of their registration; the offline writer stays last.</summary>
    public static IServiceCollection AddReplies(this IServiceCollection services) => services
        .AddVision()
        .AddSingleton<IOrders, ChatOrders>()
        .AddTools()
        .AddSingleton<AiMetrics>()
        .AddSingleton<Planner>()
        .AddSingleton<Gatherer>()
        .AddSingleton<IReplyWriter, OfflineReplyWriter>()
        .AddSingleton<ReplyChecks>()
        .AddSingleton<ReplyPipeline>()
        .AddSingleton<ReplyStore>()
        .AddSingleton<IHistorySummarizer, ExtractiveSummarizer>()
        .AddSingleton<ConversationMemory>()
        .AddSingleton<RunningReplies>()
        .AddSingleton<BusPublisher>()
        .AddSingleton<IReplyPublisher>(provider => provider.GetRequiredService<BusPublisher>())
        .AddSingleton<IDeltaPublisher>(provider => provider.GetRequiredService<BusPublisher>())
        .AddHostedService<LeaseKeeper>();
}
