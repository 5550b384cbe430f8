using System.Net.Http.Json;
using System.Text.Json;

namespace Assistify.EndToEnd;

/// <summary>What the pages' service is asked for beside the browser.</summary>
internal static class Api
{
    /// <summary>As the owner.</summary>
    public static async Task<JsonElement> Ask(HttpMethod method, string path, object? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content is null ? null : JsonContent.Create(content) };
        request.Headers.Authorization = new("Bearer", await Shared.System.Operator.Login(CancellationToken.None));
        using var response = await Shared.System.Http.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    public static Task<JsonElement> Settings(object change) => Ask(HttpMethod.Patch, "/api/settings", change);

    /// <summary>Somebody writes on a messenger of the sandbox.</summary>
    public static async Task Write(string channel, object message)
    {
        using var response = await Shared.System.Http.PostAsJsonAsync($"/sandbox/api/{channel}/inbound", message);
        response.EnsureSuccessStatusCode();
    }
}
