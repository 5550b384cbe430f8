using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Providers;

/// <summary>OpenAI's <c>POST /v1/responses</c>. Nothing is kept there: each call carries the whole conversation.</summary>
internal sealed class ResponsesClient(HttpClient http, ProviderSettings settings, TimeProvider time) : WireClient(http, settings, time)
{
    protected override string Method => "responses";

    protected override void Authorize(HttpRequestHeaders headers) => headers.Authorization = new AuthenticationHeaderValue("Bearer", Settings.ApiKey);

    protected override JsonObject Request(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var input = new JsonArray();
        foreach (var content in messages.SelectMany(message => message.Contents.Select(content => (message.Role, Content: content))))
        {
            var item = content.Content switch
            {
                TextContent text => new JsonObject
                {
                    ["role"] = content.Role.Value,
                    ["content"] = new JsonArray(new JsonObject { ["type"] = content.Role == ChatRole.Assistant ? "output_text" : "input_text", ["text"] = text.Text }),
                },
                DataContent picture => new JsonObject
                {
                    ["role"] = content.Role.Value, ["content"] = new JsonArray(new JsonObject { ["type"] = "input_image", ["image_url"] = picture.Uri, ["detail"] = "auto" }),
                },
                FunctionCallContent call => new JsonObject { ["type"] = "function_call", ["call_id"] = call.CallId, ["name"] = call.Name, ["arguments"] = ArgumentsOf(call) },
                FunctionResultContent result => new JsonObject { ["type"] = "function_call_output", ["call_id"] = result.CallId, ["output"] = ResultOf(result) },
                _ => null,
            };
            if (item is not null) input.Add((JsonNode)item);
        }

        var request = new JsonObject { ["model"] = options?.ModelId ?? Settings.Model, ["input"] = input, ["store"] = false };
        if (options?.Instructions is { } instructions) request["instructions"] = instructions;
        if (options?.MaxOutputTokens is { } most) request["max_output_tokens"] = most;
        if (options?.Tools is { Count: > 0 } tools)
        {
            request["tools"] = new JsonArray([.. tools.OfType<AIFunctionDeclaration>().Select(tool => new JsonObject
            {
                ["type"] = "function", ["name"] = tool.Name, ["description"] = tool.Description, ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
            })]);
        }
        if (stream) request["stream"] = true;
        return request;
    }

    protected override ChatResponse Read(JsonObject body)
    {
        ThrowIfFailed(body);
        var contents = new List<AIContent>();
        foreach (var item in body.Items("output"))
        {
            if (item.Text("type") == "function_call") contents.Add(CallOf(item));
            foreach (var part in item.Items("content"))
            {
                if (part.Text("type") == "output_text" && part.Text("text") is { Length: > 0 } text) contents.Add(new TextContent(text));
            }
        }
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents)) { ModelId = body.Text("model"), FinishReason = FinishOf(body), Usage = UsageOf(body["usage"]) };
    }

    protected override StreamReading StartReading() => new Reading();

    private static void ThrowIfFailed(JsonNode? response)
    {
        if (response.Text("status") is "failed" or "cancelled" || response?["error"] is JsonObject) throw ModelFaults.InStream(response?["error"]);
    }

    private static FunctionCallContent CallOf(JsonNode? item) => Call(item.Text("call_id") ?? "", item.Text("name") ?? "", item.Text("arguments") ?? "");

    private static ChatFinishReason FinishOf(JsonNode? response)
    {
        if (response.Text("status") == "incomplete")
            return response.Text("incomplete_details", "reason") == "content_filter" ? ChatFinishReason.ContentFilter : ChatFinishReason.Length;
        var output = response.Items("output");
        if (output.Any(item => item.Text("type") == "function_call")) return ChatFinishReason.ToolCalls;
        return output.Any(item => item.Items("content").Any(part => part.Text("type") == "refusal")) ? FinishReasons.Refusal : ChatFinishReason.Stop;
    }

    private static UsageDetails? UsageOf(JsonNode? usage) => usage is not JsonObject ? null : new UsageDetails
    {
        InputTokenCount = usage.Number("input_tokens"),
        OutputTokenCount = usage.Number("output_tokens"),
        TotalTokenCount = usage.Number("total_tokens"),
        CachedInputTokenCount = usage["input_tokens_details"].Number("cached_tokens") ?? 0,
    };

    private sealed class Reading : StreamReading
    {
        public override IReadOnlyList<ChatResponseUpdate> Read(SseItem<string> item)
        {
            var data = JsonNode.Parse(item.Data);
            switch (data.Text("type") ?? item.EventType)
            {
                case "response.output_text.delta":
                    return data.Text("delta") is { Length: > 0 } text ? [Text(text)] : [];
                case "response.output_item.done" when data.Text("item", "type") == "function_call":
                    return [Update(CallOf(data?["item"]))];
                case "response.completed" or "response.incomplete":
                    var response = data?["response"];
                    ThrowIfFailed(response);
                    Ended = true;
                    return UsageOf(response?["usage"]) is { } usage ? [Update(new UsageContent(usage)), Finish(FinishOf(response))] : [Finish(FinishOf(response))];
                case "response.failed" or "response.cancelled":
                    throw ModelFaults.InStream(data?["response"]?["error"]);
                case "error":
                    throw ModelFaults.InStream(data?["error"] ?? data);
                default:
                    return [];
            }
        }
    }
}
