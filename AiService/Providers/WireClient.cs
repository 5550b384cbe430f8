using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Providers;

/// <summary>
/// What the providers' APIs have in common: a JSON request, and an answer as one body or as a stream of events. Every failure
/// shows as a <see cref="ModelFaultException"/>; an answer that ends without saying so is one.
/// </summary>
internal abstract class WireClient(HttpClient http, ProviderSettings settings, TimeProvider time) : IChatClient
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    protected ProviderSettings Settings => settings;

    protected abstract string Method { get; }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var response = await Send(Request(messages, options, stream: false), cancellationToken);
        return await ReadWhole(response, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await Send(Request(messages, options, stream: true), cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is "application/json")
        {
            // Some servers answer whole whatever they were asked.
            foreach (var update in (await ReadWhole(response, cancellationToken)).ToChatResponseUpdates()) yield return update;
            yield break;
        }

        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var events = SseParser.Create(content).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var reading = StartReading();
        while (!reading.Ended && await Next(events))
        {
            foreach (var update in Read(reading, events.Current)) yield return update;
        }
        if (!reading.Ended) throw new ModelFaultException(ModelFault.Temporary, "the stream ended early");
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(settings.Kind, settings.BaseUrl, settings.Model)
        : null;

    public void Dispose()
    {
        // The HttpClient is its factory's.
    }

    protected abstract void Authorize(HttpRequestHeaders headers);

    protected abstract JsonObject Request(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream);

    protected abstract ChatResponse Read(JsonObject body);

    protected abstract StreamReading StartReading();

    /// <summary>A call whose arguments are no JSON object keeps them as they came, and says so: it is told back to the model.</summary>
    internal static FunctionCallContent Call(string id, string name, string arguments)
    {
        try
        {
            if (JsonNode.Parse(arguments.Length == 0 ? "{}" : arguments) is JsonObject parsed)
                return new FunctionCallContent(id, name, parsed.ToDictionary(pair => pair.Key, pair => (object?)pair.Value)) { RawRepresentation = arguments };
        }
        catch (JsonException failure)
        {
            return new FunctionCallContent(id, name) { RawRepresentation = arguments, Exception = failure };
        }
        return new FunctionCallContent(id, name) { RawRepresentation = arguments, Exception = new JsonException("The arguments are no object.") };
    }

    protected static string ArgumentsOf(FunctionCallContent call) => call.RawRepresentation as string ?? JsonSerializer.Serialize(call.Arguments);

    protected static string ResultOf(FunctionResultContent result) => result.Result as string ?? "";

    private async Task<HttpResponseMessage> Send(JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Address(Method));
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = s_json;
        request.Content = content;
        Authorize(request.Headers);
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode) return response;
            throw ModelFaults.Of(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(cancellationToken), time);
        }
        catch (HttpRequestException failure)
        {
            response?.Dispose();
            var unsent = failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            throw new ModelFaultException(unsent ? ModelFault.Unreachable : ModelFault.Temporary, failure.HttpRequestError.ToString(), inner: failure);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    private async Task<ChatResponse> ReadWhole(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            var body = await JsonNode.ParseAsync(content, cancellationToken: cancellationToken) as JsonObject;
            return Read(body ?? throw new ModelFaultException(ModelFault.Temporary, "the answer is no object"));
        }
        catch (Exception failure) when (failure is JsonException or HttpRequestException or IOException)
        {
            throw new ModelFaultException(ModelFault.Temporary, "the answer cannot be read", inner: failure);
        }
    }

    private static async ValueTask<bool> Next(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new ModelFaultException(ModelFault.Temporary, "the connection was cut", inner: failure);
        }
    }

    private static IReadOnlyList<ChatResponseUpdate> Read(StreamReading reading, SseItem<string> item)
    {
        if (item.Data.Length == 0) return [];
        try
        {
            return reading.Read(item);
        }
        catch (JsonException failure)
        {
            throw new ModelFaultException(ModelFault.Temporary, "an event of the stream cannot be read", inner: failure);
        }
    }
}

/// <summary>How far a stream was read.</summary>
internal abstract class StreamReading
{
    /// <summary>The provider said that this is all.</summary>
    public bool Ended { get; protected set; }

    public abstract IReadOnlyList<ChatResponseUpdate> Read(SseItem<string> item);

    protected static ChatResponseUpdate Text(string text) => new(ChatRole.Assistant, text);

    protected static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]);

    protected static ChatResponseUpdate Finish(ChatFinishReason reason) => new() { Role = ChatRole.Assistant, FinishReason = reason };
}

internal static class FinishReasons
{
    /// <summary>The model itself would not.</summary>
    public static readonly ChatFinishReason Refusal = new("refusal");
}
