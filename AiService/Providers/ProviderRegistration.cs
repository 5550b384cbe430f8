using Assistify.AiService.Replies;
using Assistify.AiService.Replies.Memory;
using Assistify.AiService.Vision;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assistify.AiService.Providers;

internal static class ProviderRegistration
{
    private const string Client = "models";

    /// <summary>
    /// The providers that configuration names, each a writer, in their order and before those registered later. With none nothing is
    /// registered and nothing is asked.
    /// </summary>
    public static IServiceCollection AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        var providers = Read(configuration.GetSection("Ai:Providers"));
        if (providers.Count == 0) return services;

        services.TryAddSingleton(provider => new Circuits(provider.GetRequiredService<TimeProvider>(), provider.GetService<Cache>()));
        services.AddModelHttp(Client, providers.Select(provider => provider.BaseUrl));
        services.AddSingleton(BudgetLimits.Read(configuration.GetSection("Ai:Budgets"), [.. providers, .. providers.Select(provider => provider.Vision).OfType<ProviderSettings>()])).AddSingleton<IBudgets, Budgets>();
        services.AddSingleton<ICustomerPreferences, CustomerPreferences>();
        services.AddSingleton(new AnswerModels([.. providers.Select(provider => $"{provider.Kind} {provider.Model}")])).AddSingleton<AnswerCache>();
        services.AddSingleton<IKeptAnswers>(provider => provider.GetRequiredService<AnswerCache>());
        services.TryAddSingleton<AiMetrics>();
        services.AddSingleton<IReplyWriter, CachedReplyWriter>();
        foreach (var settings in providers)
        {
            services.AddSingleton<IReplyWriter>(provider => ActivatorUtilities.CreateInstance<ProviderReplyWriter>(provider, ModelOf(settings, provider)));
            services.AddSingleton<IHistorySummarizer>(provider => ActivatorUtilities.CreateInstance<ModelSummarizer>(provider, ModelOf(settings, provider)));
        }
        foreach (var settings in providers.Select(provider => provider.Vision).OfType<ProviderSettings>())
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<VisionModel>(provider, ModelOf(settings, provider)));
        return services;
    }

    /// <param name="addresses">Of the providers.</param>
    internal static IHttpClientBuilder AddModelHttp(this IServiceCollection services, string name, IEnumerable<Uri> addresses) => services.AddHttpClient(name)
        // Prompts hold what customers wrote, and headers hold keys: these calls are traced and measured, not logged.
        .RemoveAllLoggers()
        .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan) // each call has its own
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // Private addresses only where configuration names them, and credentials follow no redirect.
            ConnectCallback = new PublicAddresses(addresses).Connect,
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = 256,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });

    private static ModelProvider ModelOf(ProviderSettings settings, IServiceProvider provider)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var client = ClientOf(settings, provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client), time);
        return new ModelProvider(settings, client, provider.GetRequiredService<Circuits>().Get(settings.Name), time);
    }

    internal static IChatClient ClientOf(ProviderSettings settings, HttpClient http, TimeProvider time) => settings.Kind switch
    {
        ProviderKinds.Anthropic => new AnthropicClient(http, settings, time),
        ProviderKinds.OpenAi => new ResponsesClient(http, settings, time),
        _ => new ChatCompletionsClient(http, settings, time),
    };

    internal static List<ProviderSettings> Read(IConfigurationSection section)
    {
        var providers = new List<ProviderSettings>();
        foreach (var one in section.GetChildren().OrderBy(child => int.TryParse(child.Key, out var number) ? number : int.MaxValue))
        {
            if (one["Kind"] is not { Length: > 0 } kind) continue;
            kind = kind.ToLowerInvariant();
            var (baseUrl, model) = kind switch
            {
                ProviderKinds.Anthropic => ("https://api.anthropic.com", "claude-haiku-4-5"),
                ProviderKinds.OpenAi => ("https://api.openai.com", "gpt-5-mini"),
                ProviderKinds.Compatible => (null, null),
                _ => throw new InvalidOperationException($"The value of Ai__Providers__{one.Key}__Kind is not one of openai, anthropic, openai-compatible."),
            };
            baseUrl = Given("BaseUrl") ?? baseUrl;
            model = Given("Model") ?? model;
            if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                throw new InvalidOperationException($"The value of Ai__Providers__{one.Key}__BaseUrl is no http or https address.");
            var settings = new ProviderSettings
            {
                Kind = kind, ApiKey = Given("ApiKey") ?? "", BaseUrl = address, Price = ModelPrice.Of(model ?? "", one), Name = $"model-{one.Key}-{address.Host}",
                Model = model ?? throw new InvalidOperationException($"Ai__Providers__{one.Key}__Model is missing."),
            };
            // The models of the two makers see; of a server that speaks like OpenAI's nobody knows.
            var vision = Given("VisionModel") ?? (kind == ProviderKinds.Compatible ? null : settings.Model);
            providers.Add(settings with { Vision = vision is null ? null : settings with { Model = vision, Price = ModelPrice.Of(vision, one) } });

            string? Given(string key) => string.IsNullOrWhiteSpace(one[key]) ? null : one[key]!.Trim();
        }
        return providers;
    }
}
