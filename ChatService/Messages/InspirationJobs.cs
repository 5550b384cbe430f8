using System.Net;
using System.Text.Json;
using Assistify.ChatService.Web;

namespace Assistify.ChatService.Messages;

/// <summary>The jobs that AiService keeps, asked for in the caller's own name.</summary>
internal sealed class InspirationJobs(HttpClient http, IConfiguration configuration)
{
    public const string Name = "ai";

    private readonly string[] _replicas =
        [.. configuration.GetSection("services:ai:http").GetChildren().Select(child => child.Value).OfType<string>()];

    public async Task<IResult> Get(Guid id, string authorization, CancellationToken cancellationToken)
    {
        if (_replicas.Length == 0) return Problem.NotFound();
        var replica = new Uri(Random.Shared.GetItems(_replicas, 1)[0]);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(replica, $"/api/v1/ai/inspire/{id}"));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => TypedResults.Ok(await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)),
                HttpStatusCode.NotFound => Problem.NotFound(),
                _ => Problem.Unavailable(),
            };
        }
        catch (Exception failure) when (
            failure is HttpRequestException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Problem.Unavailable();
        }
    }
}
