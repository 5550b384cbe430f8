using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Providers;

namespace Assistify.AiService.Tools.Http;

/// <summary>Calls a workspace's own system. Whatever comes back is data, and whatever goes wrong is told in a sentence.</summary>
internal sealed class HttpToolCaller(IHttpClientFactory clients, HttpToolStore store, AllowedOrigins origins, TimeProvider time)
{
    public const string Client = "tools";
    private const int LongestAnswer = 16 * 1024;

    // Somebody waits for the answer that needs it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    /// <param name="key">The same for the same wish: a system that knows <c>Idempotency-Key</c> does it once.</param>
    public async Task<ToolResult> Call(HttpTool tool, JsonObject arguments, string? key, CancellationToken cancellationToken)
    {
        var uri = HttpToolAddress.Of(tool.Url, arguments, restAsQuery: tool.Method is "GET" or "DELETE");
        if (uri is null) return ToolResult.Rejected("an argument does not fit into the address.");
        // The configuration may have changed since the tool was defined.
        if (!origins.Allows(uri)) return Unavailable("its address is not allowed any more");

        using var request = new HttpRequestMessage(new HttpMethod(tool.Method), uri);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (tool.HasAuthorization && await store.Authorization(tool.Id, cancellationToken) is { } authorization) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (tool.Method is "POST" or "PUT" or "PATCH")
        {
            var inAddress = HttpToolAddress.Names(tool.Url);
            var body = new JsonObject(arguments.Where(argument => !inAddress.Contains(argument.Key)).Select(argument => KeyValuePair.Create(argument.Key, argument.Value?.DeepClone())));
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }
        return await Send(request, cancellationToken);
    }

    private async Task<ToolResult> Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode) return Unavailable($"it answered {(int)response.StatusCode}");
            var type = response.Content.Headers.ContentType?.MediaType ?? "";
            if (!type.Contains("json", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && response.Content.Headers.ContentLength is not 0)
                return Unavailable("it answered with something that is no text");
            return await Read(response, either.Token) is { } text ? ToolResult.Of(new JsonObject { ["result"] = Parsed(text) }) : Unavailable("its answer is too long");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unavailable("it did not answer in time");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Unavailable("it could not be reached");
        }
    }

    private static async Task<string?> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LongestAnswer + 1];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > LongestAnswer ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static ToolResult Unavailable(string why) => new($"Not available: {why}.", ToolStatus.Unavailable);
}
