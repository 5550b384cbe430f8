using Assistify.AiService.Providers;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assistify.AiService.Embeddings;

internal static class EmbeddingRegistration
{
    private const long LargestAnswer = 16 * 1024 * 1024;

    /// <summary>Likeness of meaning in the search of the knowledge, where <c>Ai:Embeddings</c> names who tells it.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services, IConfiguration configuration)
    {
        if (EmbeddingSettings.Read(configuration.GetSection("Ai:Embeddings")) is not { } settings) return services;

        // Those of the models that write have been read before, where there are some.
        services.TryAddSingleton(BudgetLimits.Read(configuration.GetSection("Ai:Budgets"), []));
        if (!BudgetLimits.Read(configuration.GetSection("Ai:Budgets"), []).IsNone && settings.Provider.Price is null)
            throw new InvalidOperationException($"Ai__Embeddings__InputPrice is missing: the price of {settings.Provider.Model} is not known and a budget is set.");
        services.TryAddSingleton<IBudgets, Budgets>();
        services.TryAddSingleton(provider => new Circuits(provider.GetRequiredService<TimeProvider>(), provider.GetService<Cache>()));
        services.AddModelHttp(EmbeddingClient.Client, [settings.Provider.BaseUrl]).ConfigureHttpClient(http => http.MaxResponseContentBufferSize = LargestAnswer);
        return services.AddSingleton(settings).AddSingleton<EmbeddingStore>().AddSingleton<EmbeddingClient>().AddSingleton<Likeness>().AddHostedService<EmbeddingWorker>();
    }
}
