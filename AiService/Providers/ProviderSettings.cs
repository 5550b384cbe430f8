namespace Assistify.AiService.Providers;

/// <summary>One provider as configuration names it: <c>Ai:Providers:{n}</c>, in the order in which they are asked.</summary>
internal sealed record ProviderSettings
{
    public required string Kind { get; init; }

    public string ApiKey { get; init; } = "";

    public required Uri BaseUrl { get; init; }

    public required string Model { get; init; }

    /// <summary>The same provider with the model that looks at pictures; null where it has none.</summary>
    public ProviderSettings? Vision { get; init; }

    /// <summary>Null: not known, so nothing is said about costs.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>For logs, metrics and the circuit; two of a kind stay apart.</summary>
    public required string Name { get; init; }

    /// <summary>The address of an API's method, whether or not the base address names the version already.</summary>
    public Uri Address(string method)
    {
        var path = BaseUrl.AbsolutePath.TrimEnd('/');
        return new UriBuilder(BaseUrl) { Path = path.Length == 0 ? $"/v1/{method}" : $"{path}/{method}" }.Uri;
    }
}
