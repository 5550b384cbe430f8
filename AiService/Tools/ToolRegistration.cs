using Assistify.AiService.Knowledge;
using Assistify.AiService.Orders;
using Assistify.AiService.Tools.Http;
using Assistify.AiService.Tools.Mcp;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assistify.AiService.Tools;

internal static class ToolRegistration
{
    /// <summary>The tools that workspaces define, and what is needed to manage them.</summary>
    public static IServiceCollection AddHttpTools(this IServiceCollection services, IConfiguration configuration)
    {
        var origins = new AllowedOrigins(configuration);
        services.TryAddSingleton<Secrets>();
        services.AddSingleton(origins).AddSingleton<HttpToolStore>().AddSingleton<HttpToolCaller>().AddSingleton<ToolProposals>().AddSingleton<HttpTools>()
            .AddSingleton<McpServerStore>().AddSingleton<McpClient>().AddSingleton<McpTools>().AddSingleton<IWorkspaceTools, WorkspaceTools>();
        services.AddHttpClient(HttpToolCaller.Client)
            // Addresses hold what customers told.
            .RemoveAllLoggers()
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan) // each call has its own
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectCallback = origins.Connect,
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(3),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
        return services;
    }

    /// <summary>The assistant's own, for models and for the offline writer.</summary>
    public static IServiceCollection AddTools(this IServiceCollection services)
    {
        services.TryAddSingleton<IOrders, NoOrders>();
        return services
            .AddSingleton<ITool, SearchKnowledge>()
            .AddSingleton<ITool>(provider => new SearchProducts(provider.GetRequiredService<IKnowledgeSearch>(), recommends: false))
            .AddSingleton<ITool>(provider => new SearchProducts(provider.GetRequiredService<IKnowledgeSearch>(), recommends: true))
            .AddSingleton<ITool, ProductDetails>()
            .AddSingleton<ITool, CheckAvailability>()
            .AddSingleton<ITool, QuotePrice>()
            .AddSingleton<ITool, LookUpOrder>()
            .AddSingleton<ITool, RememberPreference>()
            .AddSingleton<ITool, HandOver>()
            .AddSingleton<ITool, ContactSeller>()
            .AddSingleton<ITool, RequestAppointment>()
            .AddSingleton<IToolRuns, ToolRuns>()
            .AddSingleton<ToolRunner>();
    }
}
