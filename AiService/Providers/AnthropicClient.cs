using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Providers;

/// <summary>Anthropic's <c>POST /v1/messages</c>.</summary>
internal sealed class AnthropicClient(HttpClient http, ProviderSettings settings, TimeProvider time) : WireClient(http, settings, time)
{
    private const string Version = "2023-06-01";
    private const int UsualMaxTokens = 1024;

    protected override string Method => "messages";

    protected override void Authorize(HttpRequestHeaders headers)
    {
        headers.Add("x-api-key", Settings.ApiKey);
        headers.Add("anthropic-version", Version);
    }

    protected override JsonObject Request(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var list = new JsonArray();
        foreach (var message in messages)
        {
            // Results of tools are the user's here, and turns alternate.
            var role = message.Role == ChatRole.Assistant ? "assistant" : "user";
            if (list.Count == 0 || list[^1].Text("role") != role) list.Add((JsonNode)new JsonObject { ["role"] = role, ["content"] = new JsonArray() });
            var parts = list[^1].Items("content");
            foreach (var content in message.Contents)
            {
                var part = content switch
                {
                    TextContent { Text.Length: > 0 } text => new JsonObject { ["type"] = "text", ["text"] = text.Text },
                    DataContent picture => new JsonObject
                    {
                        ["type"] = "image",
                        ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = picture.MediaType, ["data"] = picture.Base64Data.ToString() },
                    },
                    FunctionCallContent call => new JsonObject
                    {
                        ["type"] = "tool_use", ["id"] = call.CallId, ["name"] = call.Name,
                        ["input"] = call.Exception is null ? JsonNode.Parse(ArgumentsOf(call) is { Length: > 0 } arguments ? arguments : "{}") : new JsonObject(),
                    },
                    FunctionResultContent result => new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = result.CallId, ["content"] = ResultOf(result) },
                    _ => null,
                };
                if (part is not null) parts.Add((JsonNode)part);
            }
        }

        var request = new JsonObject { ["model"] = options?.ModelId ?? Settings.Model, ["max_tokens"] = options?.MaxOutputTokens ?? UsualMaxTokens, ["messages"] = list };
        if (options?.Instructions is { } instructions) request["system"] = instructions;
        if (options?.Tools is { Count: > 0 } tools)
        {
            request["tools"] = new JsonArray([.. tools.OfType<AIFunctionDeclaration>().Select(tool => new JsonObject
            {
                ["name"] = tool.Name, ["description"] = tool.Description, ["input_schema"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
            })]);
        }
        if (stream) request["stream"] = true;
        return request;
    }

    protected override ChatResponse Read(JsonObject body)
    {
        if (body.Text("type") == "error") throw ModelFaults.InStream(body["error"]);
        var contents = new List<AIContent>();
        foreach (var part in body.Items("content"))
        {
            if (part.Text("type") == "text" && part.Text("text") is { Length: > 0 } text) contents.Add(new TextContent(text));
            if (part.Text("type") == "tool_use") contents.Add(Call(part.Text("id") ?? "", part.Text("name") ?? "", part?["input"]?.ToJsonString() ?? ""));
        }
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = body.Text("model"),
            FinishReason = FinishOf(body.Text("stop_reason")),
            Usage = body["usage"] is { } usage ? UsageOf(usage.Number("input_tokens"), usage.Number("output_tokens"), usage.Number("cache_read_input_tokens")) : null,
        };
    }

    protected override StreamReading StartReading() => new Reading();

    private static ChatFinishReason FinishOf(string? reason) => reason switch
    {
        "tool_use" => ChatFinishReason.ToolCalls,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "refusal" => FinishReasons.Refusal,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails UsageOf(long? input, long? output, long? cached) =>
        new() { InputTokenCount = input ?? 0, OutputTokenCount = output ?? 0, CachedInputTokenCount = cached ?? 0, TotalTokenCount = (input ?? 0) + (output ?? 0) + (cached ?? 0) };

    private sealed class Reading : StreamReading
    {
        private readonly Dictionary<long, (string Id, string Name, StringBuilder Arguments)> _calls = [];
        private long? _input;
        private long? _cached;
        private long? _output;
        private string? _stop;

        public override IReadOnlyList<ChatResponseUpdate> Read(SseItem<string> item)
        {
            var data = JsonNode.Parse(item.Data);
            var index = data.Number("index") ?? 0;
            switch (data.Text("type") ?? item.EventType)
            {
                case "message_start":
                    Count(data?["message"]?["usage"]);
                    return [];
                case "content_block_start" when data.Text("content_block", "type") == "tool_use":
                    _calls[index] = (data.Text("content_block", "id") ?? "", data.Text("content_block", "name") ?? "", new StringBuilder());
                    return [];
                case "content_block_start" when data.Text("content_block", "text") is { Length: > 0 } begun:
                    return [Text(begun)];
                case "content_block_delta" when data.Text("delta", "type") == "text_delta":
                    return data.Text("delta", "text") is { Length: > 0 } text ? [Text(text)] : [];
                case "content_block_delta" when data.Text("delta", "type") == "input_json_delta" && _calls.TryGetValue(index, out var growing):
                    growing.Arguments.Append(data.Text("delta", "partial_json"));
                    return [];
                case "content_block_stop" when _calls.Remove(index, out var call):
                    return [Update(Call(call.Id, call.Name, call.Arguments.ToString()))];
                case "message_delta":
                    // Cumulative: replaces what the start said.
                    Count(data?["usage"]);
                    _stop = data.Text("delta", "stop_reason") ?? _stop;
                    return [];
                case "message_stop":
                    Ended = true;
                    return [Update(new UsageContent(UsageOf(_input, _output, _cached))), Finish(FinishOf(_stop))];
                case "error":
                    throw ModelFaults.InStream(data?["error"]);
                default:
                    return [];
            }
        }

        private void Count(JsonNode? usage)
        {
            _input = usage.Number("input_tokens") ?? _input;
            _output = usage.Number("output_tokens") ?? _output;
            _cached = usage.Number("cache_read_input_tokens") ?? _cached;
        }
    }
}
