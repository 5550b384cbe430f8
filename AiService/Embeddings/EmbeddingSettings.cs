using Assistify.AiService.Providers;

namespace Assistify.AiService.Embeddings;

/// <summary>Who tells how alike texts are: <c>Ai:Embeddings</c>. Any server that speaks like OpenAI's <c>/v1/embeddings</c>.</summary>
/// <param name="Provider">Address, key, model and price, as those of a model that writes.</param>
internal sealed record EmbeddingSettings(ProviderSettings Provider)
{
    private const string DefaultModel = "text-embedding-3-small";

    /// <returns>Null where none is configured.</returns>
    public static EmbeddingSettings? Read(IConfigurationSection section)
    {
        if (Given("BaseUrl") is not { } baseUrl) return null;
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidOperationException("The value of Ai__Embeddings__BaseUrl is no http or https address.");
        var model = Given("Model") ?? DefaultModel;
        return new EmbeddingSettings(new ProviderSettings
        {
            Kind = ProviderKinds.Compatible, ApiKey = Given("ApiKey") ?? "", BaseUrl = address, Model = model, Name = $"embeddings-{address.Host}",
            Price = ModelPrice.OfEmbeddings(model, section),
        });

        string? Given(string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();
    }
}
