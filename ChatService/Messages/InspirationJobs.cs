using System.Net;
using System.Text.Json;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChatService.Messages;

/// <summary>The jobs that AiService keeps, asked for in the caller's own name.</summary>
internal sealed class InspirationJobs(HttpClient http, IConfiguration configuration)
{
    public const string Name = "ai";

    private readonly Replicas _replicas = new(configuration, "ai");

    public async Task<IResult> Get(Guid id, string authorization, CancellationToken cancellationToken)
    {
        if (!_replicas.Exist) return Problem.NotFound();
        try
        {
            return await _replicas.Ask<IResult>(
                async replica =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(replica, $"/api/v1/ai/inspire/{id}"));
                    request.Headers.TryAddWithoutValidation("Authorization", authorization);
                    using var response = await http.SendAsync(request, cancellationToken);
                    if (response.StatusCode == HttpStatusCode.NotFound) return Problem.NotFound();
                    response.EnsureSuccessStatusCode();
                    return TypedResults.Ok(await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
                },
                cancellationToken);
        }
        catch (HttpRequestException)
        {
            return Problem.Unavailable();
        }
    }
}
