using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Model;

/// <summary>Anthropic's Messages API. Any key is good.</summary>
internal sealed class AnthropicProvider(StandInTools tools, ModelScripts scripts) : ModelProvider(tools, scripts)
{
    public override string Channel => "anthropic";

    public override string Name => "Anthropic";

    public override Answer? Authorize(ApiRequest request)
    {
        if (request.Header("x-api-key").Length == 0 || Faults.Current.TokenExpired) return Refuse(401, "authentication_error", "invalid x-api-key");
        return request.Header("anthropic-version").Length == 0 ? Refuse(400, "invalid_request_error", "anthropic-version: header is required") : null;
    }

    public override Answer TooManyRequests(int retryAfterSeconds) =>
        Error(new ScriptedError(429, "rate_limit_error", null, "Number of request tokens has exceeded your per-minute rate limit", retryAfterSeconds));

    public override Answer ServerError() => Faults.Next(2) == 0 ? Refuse(500, "api_error", "Internal server error") : Refuse(529, "overloaded_error", "Overloaded");

    public Answer Create(ApiRequest request)
    {
        if (Check(request.Json) is { } wrong) return Refuse(400, "invalid_request_error", wrong);

        var body = request.Json!;
        var messages = body.Items("messages");
        var last = messages[^1].Items("content");
        return Play(body, ChatCompletions.TextOf(messages.LastOrDefault(message => message.Text("role") == "user" && ChatCompletions.TextOf(message!["content"]).Length > 0)?["content"]),
            last.Any(part => part.Text("type") == "tool_result"),
            scripted => Message(scripted, body, UsageOf(scripted, body), Content(scripted), Stop(scripted)),
            scripted => Events(scripted, body, UsageOf(scripted, body)));
    }

    protected override Answer Error(ScriptedError error)
    {
        var answer = Refuse(error.Status, error.Type ?? "api_error", error.Message ?? "The scripted model failed.");
        return error.RetryAfterSeconds is not { } seconds ? answer : answer with
        {
            Headers =
            [
                ("retry-after", seconds.ToString(CultureInfo.InvariantCulture)), ("anthropic-ratelimit-requests-limit", "50"), ("anthropic-ratelimit-requests-remaining", "0"),
                ("anthropic-ratelimit-requests-reset", Time.GetUtcNow().AddSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ],
        };
    }

    protected override string ErrorEvent(ScriptedError error) =>
        Event("error", new JsonObject { ["error"] = new JsonObject { ["type"] = error.Type ?? "overloaded_error", ["message"] = error.Message ?? "Overloaded" } });

    private static string? Check(JsonObject? body)
    {
        if (body is null) return "The request body is not valid JSON";
        if (body.Text("model") is not { Length: > 0 }) return "model: Field required";
        if (body.Number("max_tokens") is not > 0) return "max_tokens: Field required";
        var messages = body.Items("messages");
        if (messages.Count == 0) return "messages: at least one message is required";
        if (messages[0].Text("role") != "user") return "messages: first message must use the \"user\" role";

        var open = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Text("role") is not ("user" or "assistant")) return $"messages.{i}.role: Input should be 'user' or 'assistant'";
            foreach (var part in messages[i].Items("content"))
            {
                if (part.Text("type") == "tool_use" && part.Text("id") is { } id) open.Add(id);
                if (part.Text("type") == "tool_result" && !open.Contains(part.Text("tool_use_id") ?? ""))
                    return $"messages.{i}: `tool_result` block(s) provided when previous message does not contain any `tool_use` blocks with id {part.Text("tool_use_id")}";
                if (part.Text("type") == "image" && WrongImage(part?["source"]) is { } wrong) return $"messages.{i}.content.0.image.source{wrong}";
            }
        }

        // Tools of the provider's own have a type and no schema.
        return body.Items("tools").Any(tool => tool.Text("name") is null || (tool.Text("type") is null or "custom" && tool?["input_schema"] is null))
            ? "tools.0.input_schema: Field required"
            : null;
    }

    private const int LargestImage = 5 * 1024 * 1024;

    private static string? WrongImage(JsonNode? source)
    {
        if (source.Text("type") is not ("base64" or "url" or "file")) return ": Input tag does not match any of the expected tags: 'base64', 'url', 'file'";
        if (source.Text("type") != "base64") return null;
        if (source.Text("media_type") is not ("image/jpeg" or "image/png" or "image/gif" or "image/webp"))
            return ".base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'";
        if (source.Text("data") is not { Length: > 0 } data || !System.Buffers.Text.Base64.IsValid(data, out var size)) return ".base64.data: Input should be a valid base64 string";
        return size > LargestImage ? $".base64: image exceeds 5 MB maximum: {size} bytes > {LargestImage} bytes" : null;
    }

    private static JsonArray Content(ScriptedAnswer scripted)
    {
        var content = new JsonArray();
        if ((scripted.Refusal ?? scripted.Text) is { } text) content.Add((JsonNode)new JsonObject { ["type"] = "text", ["text"] = text });
        foreach (var (tool, n) in scripted.Tools.Select((tool, n) => (tool, n))) content.Add((JsonNode)ToolUse(tool, n, Arguments(tool)));
        return content;
    }

    private static (List<string> Events, int Middle) Events(ScriptedAnswer scripted, JsonObject request, Usage usage)
    {
        var started = Message(scripted, request, usage with { Output = 1 }, [], null);
        var events = new List<string> { Event("message_start", new JsonObject { ["message"] = started }) };
        var index = 0;
        var middle = 1;
        if ((scripted.Refusal ?? scripted.Text) is { } text)
        {
            var pieces = Pieces(text, scripted.Pieces);
            events.Add(Event("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = "" } }));
            events.Add(Event("ping", []));
            middle = events.Count + Math.Max(1, pieces.Count / 2);
            foreach (var piece in pieces) events.Add(Delta(index, new JsonObject { ["type"] = "text_delta", ["text"] = piece }));
            events.Add(Event("content_block_stop", new JsonObject { ["index"] = index++ }));
        }

        foreach (var (tool, n) in scripted.Tools.Select((tool, n) => (tool, n)))
        {
            // The first fragment is empty, and only all of them together are JSON.
            var half = tool.ArgumentText.Length / 2;
            events.Add(Event("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = ToolUse(tool, n, new JsonObject()) }));
            foreach (var fragment in new[] { "", tool.ArgumentText[..half], tool.ArgumentText[half..] })
                events.Add(Delta(index, new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = fragment }));
            events.Add(Event("content_block_stop", new JsonObject { ["index"] = index++ }));
        }

        events.Add(Event("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = Stop(scripted), ["stop_sequence"] = null }, ["usage"] = new JsonObject { ["output_tokens"] = usage.Output },
        }));
        events.Add(Event("message_stop", []));
        return (events, middle);
    }

    private static JsonObject Message(ScriptedAnswer scripted, JsonObject request, Usage usage, JsonArray content, string? stop) => new()
    {
        ["id"] = NewId("msg_"), ["type"] = "message", ["role"] = "assistant", ["model"] = request.Text("model"), ["content"] = content, ["stop_reason"] = stop, ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = usage.Input, ["cache_creation_input_tokens"] = 0, ["cache_read_input_tokens"] = scripted.CachedTokens, ["output_tokens"] = usage.Output,
        },
    };

    private static JsonObject ToolUse(ScriptedTool tool, int n, JsonNode input) =>
        new() { ["type"] = "tool_use", ["id"] = tool.Id ?? $"toolu_{n + 1:00}", ["name"] = tool.Name, ["input"] = input };

    // Malformed arguments can only come in a stream: here the input is JSON already.
    private static JsonNode Arguments(ScriptedTool tool)
    {
        try
        {
            return JsonNode.Parse(tool.ArgumentText) ?? new JsonObject();
        }
        catch (JsonException)
        {
            return new JsonObject();
        }
    }

    private static string Stop(ScriptedAnswer scripted) => scripted switch
    {
        { Tools.Count: > 0 } => "tool_use",
        { Refusal: not null } or { Stop: "filtered" } => "refusal",
        { Stop: "length" } => "max_tokens",
        _ => "end_turn",
    };

    private static string Delta(int index, JsonObject delta) => Event("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta });

    private static string Event(string type, JsonObject content)
    {
        var data = new JsonObject { ["type"] = type };
        foreach (var (name, value) in content) data[name] = value?.DeepClone();
        return $"event: {type}\ndata: {data.ToJsonString()}\n\n";
    }

    private static Answer Refuse(int status, string type, string message) => Answer.Json(
        status, new JsonObject { ["type"] = "error", ["error"] = new JsonObject { ["type"] = type, ["message"] = message }, ["request_id"] = NewId("req_") });
}
