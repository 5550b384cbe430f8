using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.AiService.Tools.Http;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Tools.Mcp;

/// <summary>Why a server could not be asked, in half a sentence that people and models may read.</summary>
internal class McpFaultException(string message) : Exception(message);

/// <summary>The server does not know the session any more, so it did nothing.</summary>
internal sealed class McpSessionGoneException() : McpFaultException("it forgot the session");

/// <summary>
/// Speaks the Model Context Protocol over Streamable HTTP. The session with a server is kept for its next calls, until nobody needed it for a while or the
/// server forgot it. Goes only where the configuration lets tools go; nothing that a server sends unasked is answered.
/// </summary>
internal sealed class McpClient(IHttpClientFactory clients, AllowedOrigins origins, TimeProvider time)
{
    public const int MostTools = 40;

    private const string Version = "2025-06-18";
    private const int MostPages = 10;
    private const int LongestResult = 16 * 1024;

    // Those with this transport; what is used of them is alike.
    private static readonly string[] s_versions = ["2025-03-26", Version, "2025-11-25"];

    // Somebody waits for the answer that needs it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);

    private const int MostKept = 256;
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, (Session Session, DateTimeOffset UsedAt)> _kept = new(StringComparer.Ordinal);

    /// <exception cref="McpFaultException">It offers none, or says something else.</exception>
    public Task<IReadOnlyList<OfferedTool>> ListTools(Uri url, string? authorization, CancellationToken cancellationToken) =>
        Guarded<IReadOnlyList<OfferedTool>>(url, async token =>
        {
            // Somebody looks at the server because something about it changed: nothing of before is used.
            await using var session = await Open(url, authorization, token);
            var tools = new List<OfferedTool>();
            string? cursor = null;
            for (var page = 0; page < MostPages; page++)
            {
                var result = await session.Ask("tools/list", cursor is null ? [] : new JsonObject { ["cursor"] = cursor }, token);
                tools.AddRange(result.Items("tools").Where(tool => tool.Text("name") is { Length: > 0 })
                    .Select(tool => new OfferedTool(StorableText.From(tool.Text("name")!), StorableText.From(tool.Text("description") ?? tool.Text("title") ?? ""), tool?["inputSchema"]?.DeepClone())));
                cursor = result.Text("nextCursor");
                if (cursor is null) break;
            }
            return [.. tools.DistinctBy(tool => tool.Name).Take(MostTools)];
        }, cancellationToken);

    /// <param name="server">Its id: no two share a session, though they have the same address.</param>
    /// <param name="key">The same for the same wish; goes along as metadata.</param>
    /// <exception cref="McpFaultException">It could not be asked, or did not do it.</exception>
    public Task<JsonNode> Call(Guid server, Uri url, string? authorization, string tool, JsonObject arguments, string? key, CancellationToken cancellationToken) =>
        InSession($"{server} {url} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(authorization ?? "")))}", url, authorization, async (session, token) =>
        {
            var asked = new JsonObject { ["name"] = tool, ["arguments"] = arguments.DeepClone() };
            if (key is not null) asked["_meta"] = new JsonObject { ["idempotencyKey"] = key };
            var result = await session.Ask("tools/call", asked, token);
            var texts = string.Join('\n', result.Items("content").Where(content => content.Text("type") == "text").Select(content => content.Text("text")).OfType<string>());
            if (result["isError"] is JsonValue failed && failed.GetValueKind() is JsonValueKind.True) throw new McpFaultException($"it failed: {Short(texts)}");
            var told = result["structuredContent"]?.DeepClone() ?? Parsed(texts);
            return told.ToJsonString().Length <= LongestResult ? told : throw new McpFaultException("its answer is too long");
        }, cancellationToken);

    private Task<T> InSession<T>(string key, Uri url, string? authorization, Func<Session, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        Guarded(url, async token =>
        {
            var now = time.GetUtcNow();
            if (_kept.TryGetValue(key, out var kept) && now - kept.UsedAt < s_idle)
            {
                try
                {
                    _kept[key] = (kept.Session, now);
                    return await work(kept.Session, token);
                }
                catch (McpSessionGoneException)
                {
                    // With a new one, then.
                }
            }
            if (_kept.Count >= MostKept) _kept.Clear();
            var session = await Open(url, authorization, token);
            _kept[key] = (session, now);
            return await work(session, token);
        }, cancellationToken);

    private async Task<Session> Open(Uri url, string? authorization, CancellationToken cancellationToken)
    {
        var session = new Session(clients, url, authorization, time);
        var hello = await session.Ask("initialize", new JsonObject
        {
            ["protocolVersion"] = Version, ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "assistify", ["version"] = "1" },
        }, cancellationToken);
        if (hello.Text("protocolVersion") is not { } version || !s_versions.Contains(version)) throw new McpFaultException("it speaks another version of the protocol");
        session.Version = version;
        await session.Tell("notifications/initialized", cancellationToken);
        return session;
    }

    private async Task<T> Guarded<T>(Uri url, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        // The configuration may have changed since the server was named.
        if (!origins.Allows(url)) throw new McpFaultException("its address is not allowed");
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new McpFaultException("it did not answer in time");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new McpFaultException("it could not be reached");
        }
        catch (JsonException)
        {
            throw new McpFaultException("its answer cannot be read");
        }
    }

    private static JsonNode Parsed(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is { } json) return json;
        }
        catch (JsonException)
        {
            // Most tools simply write.
        }
        return JsonValue.Create(StorableText.From(text));
    }

    private static string Short(string text) => StorableText.From(text.Length > 200 ? text[..200] : text);

    // Several may ask in it at once.
    private sealed class Session(IHttpClientFactory clients, Uri url, string? authorization, TimeProvider time) : IAsyncDisposable
    {
        private const int LongestAnswer = 512 * 1024;
        private int _id;
        private string? _session;

        // The factory's for each request: a session outlives its connections.
        private HttpClient Http => clients.CreateClient(HttpToolCaller.Client);

        public string? Version { get; set; }

        public async Task<JsonNode> Ask(string method, JsonObject parameters, CancellationToken cancellationToken)
        {
            var id = Interlocked.Increment(ref _id);
            using var response = await Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters }, cancellationToken);
            if (response.Headers.TryGetValues("Mcp-Session-Id", out var sessions)) _session ??= sessions.First();
            await using var content = new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), LongestAnswer);
            if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
                return Result(await JsonNode.ParseAsync(content, cancellationToken: cancellationToken), id) ?? throw new McpFaultException("its answer is none");

            // Before the answer there may be news of its progress, and questions that nobody here answers.
            await foreach (var item in SseParser.Create(content).EnumerateAsync(cancellationToken))
            {
                if (item.Data.Length > 0 && Result(JsonNode.Parse(item.Data), id) is { } result) return result;
            }
            throw new McpFaultException("it ended without an answer");
        }

        public async Task Tell(string method, CancellationToken cancellationToken)
        {
            using var response = await Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method }, cancellationToken);
        }

        /// <summary>Takes leave, whether the server does or not.</summary>
        public async ValueTask DisposeAsync()
        {
            if (_session is null) return;
            using var farewell = new CancellationTokenSource(s_farewell, time);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Delete, url);
                Describe(request);
                using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, farewell.Token);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
            {
                // It forgets sessions by itself.
            }
        }

        private async Task<HttpResponseMessage> Send(JsonObject message, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json") };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
            Describe(request);
            var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw response.StatusCode == HttpStatusCode.NotFound && Version is not null ? new McpSessionGoneException() : new McpFaultException($"it answered {(int)response.StatusCode}");
        }

        private void Describe(HttpRequestMessage request)
        {
            if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
            if (_session is not null) request.Headers.TryAddWithoutValidation("Mcp-Session-Id", _session);
            if (Version is not null) request.Headers.Add("MCP-Protocol-Version", Version);
        }

        // Null where the message is not the answer to this question.
        private static JsonNode? Result(JsonNode? message, int id)
        {
            if (message is JsonArray several) return several.Select(one => Result(one, id)).FirstOrDefault(one => one is not null);
            if (message.Number("id") != id) return null;
            if (message?["error"] is { } error) throw new McpFaultException($"it refused: {Short(error.Text("message") ?? "")}");
            return message?["result"];
        }
    }

    /// <summary>An answer without end is none.</summary>
    private sealed class BoundedStream(Stream inner, int most) : Stream
    {
        private int _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await inner.ReadAsync(buffer, cancellationToken));

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }

        private int Counted(int read) => (_read += read) <= most ? read : throw new McpFaultException("its answer is too long");
    }
}
