using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Assistify.ServiceDefaults.Http;

/// <summary>The replicas of one of our services (<c>services:{name}:http:0</c>, <c>…:1</c>), as Aspire gives them.</summary>
public sealed class Replicas(IConfiguration configuration, string service)
{
    private readonly Uri[] _addresses =
        [.. configuration.GetSection($"services:{service}:http").GetChildren().Select(child => child.Value).OfType<string>().Select(address => new Uri(address))];

    /// <summary>Whether there is such a service at all.</summary>
    public bool Exist => _addresses.Length > 0;

    /// <summary>Asks one after the other, in any order, until one answers.</summary>
    /// <param name="ask">Throws <see cref="HttpRequestException"/> where this replica has no answer; being out of time is none either, nor is what cannot be read.</param>
    /// <exception cref="HttpRequestException">No replica answered.</exception>
    public async Task<T> Ask<T>(Func<Uri, Task<T>> ask, CancellationToken cancellationToken)
    {
        var addresses = _addresses.ToArray();
        Random.Shared.Shuffle(addresses);
        Exception? failure = null;
        foreach (var address in addresses)
        {
            try
            {
                return await ask(address);
            }
            catch (Exception away) when (away is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                failure = away;
            }
        }
        throw failure is null ? new HttpRequestException($"services__{service}__http__0 is not set.") : new HttpRequestException($"No replica of {service} answered.", failure);
    }
}
