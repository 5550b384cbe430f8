using System.Text.Json.Nodes;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Model;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatCompletions
{
    private static readonly string[] s_roles = ["system", "developer", "user", "assistant", "tool"];

    public static (string Message, string? Param, string? Code)? Check(JsonObject? body)
    {
        if (body is null) return ("We could not parse the JSON body of your request.", null, null);
        if (body.Text("model") is not { Length: > 0 }) return ("you must provide a model parameter", null, null);
        var messages = body.Items("messages");
        if (messages.Count == 0) return ("Invalid 'messages': empty array. Expected an array with minimum length 1.", "messages", "empty_array");

        var open = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            var role = messages[i].Text("role");
            if (!s_roles.Contains(role, StringComparer.Ordinal)) return ($"Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'tool', and 'developer'.", $"messages[{i}].role", "invalid_value");
            foreach (var call in messages[i].Items("tool_calls"))
            {
                if (call.Text("id") is { } id) open.Add(id);
            }

            if (role == "tool" && !open.Contains(messages[i].Text("tool_call_id") ?? ""))
                return ("Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.", $"messages.[{i}].role", null);
            if (messages[i].Items("content").Any(part => part.Text("type") is not ("text" or "image_url" or "input_audio" or "file" or "refusal")))
                return ($"Invalid value: 'messages[{i}].content'.", $"messages[{i}].content", "invalid_value");
            if (messages[i].Items("content").Any(part => part.Text("type") == "image_url" && !IsImage(part.Text("image_url", "url"))))
                return WrongImage($"messages[{i}].content");
        }

        // Tools are nested here.
        var tools = body.Items("tools");
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i].Text("type") != "function") return ($"Missing required parameter: 'tools[{i}].type'.", $"tools[{i}].type", "missing_required_parameter");
            if (tools[i].Text("function", "name") is not { Length: > 0 }) return ($"Missing required parameter: 'tools[{i}].function'.", $"tools[{i}].function", "missing_required_parameter");
        }

        return null;
    }

    /// <summary>An address, or a picture in base64 of a kind that is taken.</summary>
    public static bool IsImage(string? url)
    {
        if (url is null || !url.StartsWith("data:", StringComparison.Ordinal)) return url?.StartsWith("http", StringComparison.Ordinal) is true;
        return url.Split(";base64,") is ["data:image/png" or "data:image/jpeg" or "data:image/gif" or "data:image/webp", { Length: > 0 } data] && System.Buffers.Text.Base64.IsValid(data);
    }

    public static (string Message, string? Param, string? Code) WrongImage(string param) =>
        ("You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].", param, "invalid_image_format");

    public static string LastUserText(JsonArray messages) => TextOf(messages.LastOrDefault(message => message.Text("role") == "user")?["content"]);

    public static JsonObject Whole(ScriptedAnswer scripted, JsonObject request, ModelProvider.Usage usage, string id, long now)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = scripted.Refusal is null ? scripted.Text : null };
        if (scripted.Tools.Count > 0) message["tool_calls"] = new JsonArray([.. scripted.Tools.Select((tool, n) => ToolCall(tool, n, tool.ArgumentText))]);
        message["refusal"] = scripted.Refusal;
        return new JsonObject
        {
            ["id"] = id, ["object"] = "chat.completion", ["created"] = now, ["model"] = request.Text("model"),
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = Finish(scripted) }),
            ["usage"] = Usage(usage), ["system_fingerprint"] = null,
        };
    }

    public static (List<string> Events, int Middle) Events(ScriptedAnswer scripted, JsonObject request, ModelProvider.Usage usage, IReadOnlyList<string> pieces, string id, long now)
    {
        var withUsage = request["stream_options"]?["include_usage"] is JsonValue asked && asked.TryGetValue<bool>(out var include) && include;
        var events = new List<string> { Chunk(new JsonObject { ["role"] = "assistant", ["content"] = scripted.Tools.Count > 0 && scripted.Text is null ? null : "", ["refusal"] = null }, null) };
        foreach (var piece in pieces) events.Add(Chunk(new JsonObject { ["content"] = piece }, null));
        if (scripted.Refusal is not null) events.Add(Chunk(new JsonObject { ["refusal"] = scripted.Refusal }, null));
        foreach (var (tool, n) in scripted.Tools.Select((tool, n) => (tool, n)))
        {
            // The id and the name come with the first fragment only.
            var half = tool.ArgumentText.Length / 2;
            events.Add(Chunk(Calls(ToolCall(tool, n, ""), n), null));
            events.Add(Chunk(Calls(Fragment(tool.ArgumentText[..half]), n), null));
            events.Add(Chunk(Calls(Fragment(tool.ArgumentText[half..]), n), null));
        }

        var middle = 1 + Math.Max(1, pieces.Count / 2);
        events.Add(Chunk([], Finish(scripted)));
        if (withUsage)
        {
            var last = Envelope(new JsonArray());
            last["usage"] = Usage(usage);
            events.Add($"data: {last.ToJsonString()}\n\n");
        }

        events.Add("data: [DONE]\n\n");
        return (events, middle);

        string Chunk(JsonObject delta, string? finish)
        {
            var chunk = Envelope(new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish }));
            if (withUsage) chunk["usage"] = null;
            return $"data: {chunk.ToJsonString()}\n\n";
        }

        JsonObject Envelope(JsonArray choices) => new() { ["id"] = id, ["object"] = "chat.completion.chunk", ["created"] = now, ["model"] = request.Text("model"), ["choices"] = choices };
    }

    /// <summary>Content is a text, or parts of which some are text.</summary>
    public static string TextOf(JsonNode? content) => content switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray parts => string.Join('\n', parts.Select(part => part.Text("text")).OfType<string>()),
        _ => "",
    };

    private static JsonObject Calls(JsonObject call, int index)
    {
        call["index"] = index;
        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private static JsonObject Fragment(string arguments) => new() { ["function"] = new JsonObject { ["arguments"] = arguments } };

    private static JsonObject ToolCall(ScriptedTool tool, int n, string arguments) => new()
    {
        ["id"] = tool.Id ?? $"call_{n + 1}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = tool.Name, ["arguments"] = arguments },
    };

    private static string Finish(ScriptedAnswer scripted) =>
        scripted.Tools.Count > 0 ? "tool_calls" : scripted.Stop switch { "length" => "length", "filtered" => "content_filter", _ => "stop" };

    private static JsonObject Usage(ModelProvider.Usage usage) => new()
    {
        ["prompt_tokens"] = usage.Input, ["completion_tokens"] = usage.Output, ["total_tokens"] = usage.Input + usage.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached, ["audio_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0, ["audio_tokens"] = 0, ["accepted_prediction_tokens"] = 0, ["rejected_prediction_tokens"] = 0 },
    };
}
