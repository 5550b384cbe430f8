using Assistify.AiService.Knowledge;

namespace Assistify.AiService.Tools;

internal static class ToolRegistration
{
    public static IServiceCollection AddTools(this IServiceCollection services) => services
        .AddSingleton<ITool, SearchKnowledge>()
        .AddSingleton<ITool>(provider => new SearchProducts(provider.GetRequiredService<IKnowledgeSearch>(), recommends: false))
        .AddSingleton<ITool>(provider => new SearchProducts(provider.GetRequiredService<IKnowledgeSearch>(), recommends: true))
        .AddSingleton<ITool, ProductDetails>()
        .AddSingleton<ITool, CheckAvailability>()
        .AddSingleton<ITool, QuotePrice>()
        .AddSingleton<ITool, LookUpOrder>()
        .AddSingleton<ITool, RememberPreference>()
        .AddSingleton<ITool, HandOver>()
        .AddSingleton<IToolRuns, ToolRuns>()
        .AddSingleton<ToolRunner>();
}
