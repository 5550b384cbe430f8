using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Providers;
using Assistify.AiService.Understanding.Learning;
using Assistify.ServiceDefaults.Http;

namespace Assistify.AiService.Embeddings;

/// <summary>Has texts embedded, within the budgets and while the circuit is closed, like every other call of a model.</summary>
internal sealed partial class EmbeddingClient(
    IHttpClientFactory clients, EmbeddingSettings settings, Circuits circuits, IBudgets budgets, AiMetrics metrics, TimeProvider time, ILogger<EmbeddingClient> logger)
{
    public const string Client = "embeddings";

    /// <summary>At once; a hundred short texts are a call of less than a second.</summary>
    public const int MostTexts = 64;

    private const int MostDimensions = 4_096;
    private readonly Circuit _circuit = circuits.Get(settings.Provider.Name);

    public string Model => settings.Provider.Model;

    /// <returns>Vectors of length one in the order of the texts; null where they are not to be had now.</returns>
    public async Task<IReadOnlyList<float[]>?> Embed(Guid workspaceId, IReadOnlyList<string> texts, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var (outcome, asked) = ("refused", false);
        var spending = await budgets.Reserve(workspaceId, null, settings.Provider.Price, texts.Sum(Prompt.Tokens), 0, cancellationToken);
        if (spending.Refused is not null)
        {
            metrics.Embedded(Model, outcome, null);
            return null;
        }
        decimal? cost = 0;
        try
        {
            await _circuit.Enter(cancellationToken);
            cost = null;
            (outcome, asked) = ("failed", true);
            var (vectors, tokens) = await Call(texts, patience, cancellationToken);
            cost = tokens > 0 ? settings.Provider.Price?.Cost(new TokenUse(tokens, 0, 0, tokens)) : null;
            await _circuit.Succeeded(CancellationToken.None);
            outcome = "done";
            return vectors;
        }
        catch (CircuitOpenException)
        {
            return null;
        }
        catch (ModelFaultException fault)
        {
            // As with models that write: neither pace nor request says that the other side is broken.
            if (fault.Fault is ModelFault.RateLimited or ModelFault.ContextTooLong or ModelFault.InvalidRequest) _circuit.Abandoned();
            else await _circuit.Failed(CancellationToken.None);
            cost = 0;
            LogFailed(Model, fault.Name, fault.Message);
            return null;
        }
        catch (OperationCanceledException)
        {
            _circuit.Abandoned();
            throw;
        }
        finally
        {
            metrics.Embedded(Model, outcome, asked ? time.GetElapsedTime(started) : null);
            await budgets.Settle(spending, cost);
        }
    }

    private async Task<(IReadOnlyList<float[]> Vectors, long Tokens)> Call(IReadOnlyList<string> texts, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Provider.Address("embeddings"));
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["model"] = Model, ["input"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]), ["encoding_format"] = "float",
        }));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (settings.Provider.ApiKey.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Provider.ApiKey);
        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode) throw ModelFaults.Of(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(either.Token), time);
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            using var body = await JsonDocument.ParseAsync(content, cancellationToken: either.Token);
            return Read(body.RootElement, texts.Count);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelFaultException(ModelFault.Timeout, "no answer in time");
        }
        catch (HttpRequestException failure)
        {
            throw new ModelFaultException(ModelFault.Unreachable, failure.HttpRequestError.ToString(), inner: failure);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ModelFaultException(ModelFault.Temporary, "the answer cannot be read", inner: failure);
        }
    }

    // Each says which text it is of; they need not come in order.
    private static (IReadOnlyList<float[]> Vectors, long Tokens) Read(JsonElement body, int count)
    {
        var vectors = new float[count][];
        foreach (var one in body.GetProperty("data").EnumerateArray())
        {
            var place = one.GetProperty("index").GetInt32();
            if (place < 0 || place >= count) throw new ModelFaultException(ModelFault.Temporary, "the answer cannot be read");
            vectors[place] = Vector(one.GetProperty("embedding"));
        }
        if (Array.Exists(vectors, vector => vector is null || vector.Length != vectors[0].Length)) throw new ModelFaultException(ModelFault.Temporary, "vectors are missing");
        return (vectors, body.TryGetProperty("usage", out var usage) ? usage.GetProperty("prompt_tokens").GetInt64() : 0);
    }

    // As wide as the sums over it are fast, and of length one, so that a product is a cosine.
    private static float[] Vector(JsonElement numbers)
    {
        var length = numbers.GetArrayLength();
        if (length is 0 or > MostDimensions) throw new ModelFaultException(ModelFault.Temporary, "a vector of a strange size");
        var vector = new float[(length + Numbers.Lane - 1) / Numbers.Lane * Numbers.Lane];
        var at = 0;
        foreach (var number in numbers.EnumerateArray()) vector[at++] = number.GetSingle();
        var norm = MathF.Sqrt(Numbers.Dot(vector, vector));
        if (!(norm > 0) || !float.IsFinite(norm)) throw new ModelFaultException(ModelFault.Temporary, "a vector without a direction");
        for (var i = 0; i < vector.Length; i++) vector[i] /= norm;
        return vector;
    }

    [LoggerMessage(LogLevel.Warning, "{Model} embedded nothing: {Fault}, {Detail}")]
    private partial void LogFailed(string model, string fault, string detail);
}
