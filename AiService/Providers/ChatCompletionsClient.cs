using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Providers;

/// <summary><c>POST /v1/chat/completions</c>, as OpenAI made it and most others copied it.</summary>
internal sealed class ChatCompletionsClient(HttpClient http, ProviderSettings settings, TimeProvider time) : WireClient(http, settings, time)
{
    protected override string Method => "chat/completions";

    protected override void Authorize(HttpRequestHeaders headers)
    {
        if (Settings.ApiKey.Length > 0) headers.Authorization = new AuthenticationHeaderValue("Bearer", Settings.ApiKey);
    }

    protected override JsonObject Request(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var list = new JsonArray();
        if (options?.Instructions is { } instructions) list.Add((JsonNode)new JsonObject { ["role"] = "system", ["content"] = instructions });
        foreach (var message in messages)
        {
            foreach (var result in message.Contents.OfType<FunctionResultContent>())
                list.Add((JsonNode)new JsonObject { ["role"] = "tool", ["tool_call_id"] = result.CallId, ["content"] = ResultOf(result) });
            if (message.Role == ChatRole.Tool) continue;

            var one = new JsonObject { ["role"] = message.Role.Value, ["content"] = ContentOf(message) };
            var calls = message.Contents.OfType<FunctionCallContent>().ToList();
            if (calls.Count > 0)
            {
                one["tool_calls"] = new JsonArray([.. calls.Select(call => new JsonObject
                {
                    ["id"] = call.CallId, ["type"] = "function", ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = ArgumentsOf(call) },
                })]);
            }
            list.Add((JsonNode)one);
        }

        var request = new JsonObject { ["model"] = options?.ModelId ?? Settings.Model, ["messages"] = list };
        if (options?.MaxOutputTokens is { } most) request["max_tokens"] = most;
        if (options?.Tools is { Count: > 0 } tools)
        {
            request["tools"] = new JsonArray([.. tools.OfType<AIFunctionDeclaration>().Select(tool => new JsonObject
            {
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description, ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()) },
            })]);
        }
        if (stream)
        {
            request["stream"] = true;
            request["stream_options"] = new JsonObject { ["include_usage"] = true };
        }
        return request;
    }

    // Only what holds a picture is made of parts: not every server knows parts.
    private static JsonNode? ContentOf(ChatMessage message) => !message.Contents.OfType<DataContent>().Any()
        ? message.Text.Length == 0 ? null : message.Text
        : new JsonArray([.. message.Contents.Select(content => content switch
        {
            DataContent picture => new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = picture.Uri } },
            TextContent text => new JsonObject { ["type"] = "text", ["text"] = text.Text },
            _ => null,
        }).OfType<JsonObject>()]);

    protected override ChatResponse Read(JsonObject body)
    {
        if (body["error"] is JsonObject error) throw ModelFaults.InStream(error);
        var choices = body.Items("choices");
        if (choices.Count == 0) throw new ModelFaultException(ModelFault.Temporary, "the answer has no choices");

        var said = choices[0]?["message"];
        var contents = new List<AIContent>();
        if (said.Text("content") is { Length: > 0 } text) contents.Add(new TextContent(text));
        var calls = said.Items("tool_calls");
        foreach (var call in calls) contents.Add(Call(call.Text("id") ?? "", call.Text("function", "name") ?? "", call.Text("function", "arguments") ?? ""));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = body.Text("model"),
            FinishReason = FinishOf(choices[0].Text("finish_reason"), calls.Count > 0, refused: said.Text("refusal") is not null),
            Usage = UsageOf(body["usage"]),
        };
    }

    protected override StreamReading StartReading() => new Reading();

    private static ChatFinishReason FinishOf(string? reason, bool called, bool refused) => reason switch
    {
        "length" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        _ when refused => FinishReasons.Refusal,
        "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
        _ => called ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
    };

    private static UsageDetails? UsageOf(JsonNode? usage) => usage is not JsonObject ? null : new UsageDetails
    {
        InputTokenCount = usage.Number("prompt_tokens"),
        OutputTokenCount = usage.Number("completion_tokens"),
        TotalTokenCount = usage.Number("total_tokens"),
        CachedInputTokenCount = usage["prompt_tokens_details"].Number("cached_tokens") ?? 0,
    };

    private sealed class Reading : StreamReading
    {
        private readonly SortedDictionary<long, (string Id, string Name, StringBuilder Arguments)> _calls = [];
        private bool _refused;
        private bool _finished;

        public override IReadOnlyList<ChatResponseUpdate> Read(SseItem<string> item)
        {
            if (item.Data == "[DONE]")
            {
                // Without a reason the stream was cut and closed in good order.
                if (!_finished) throw new ModelFaultException(ModelFault.Temporary, "the stream ended early");
                Ended = true;
                return [];
            }

            var chunk = JsonNode.Parse(item.Data);
            if (chunk?["error"] is { } error) throw ModelFaults.InStream(error);
            var updates = new List<ChatResponseUpdate>();
            foreach (var choice in chunk.Items("choices")) Read(choice, updates);
            if (UsageOf(chunk?["usage"]) is { } usage) updates.Add(Update(new UsageContent(usage)));
            return updates;
        }

        private void Read(JsonNode? choice, List<ChatResponseUpdate> updates)
        {
            var delta = choice?["delta"];
            if (delta.Text("content") is { Length: > 0 } text) updates.Add(Text(text));
            _refused |= delta.Text("refusal") is not null;
            foreach (var fragment in delta.Items("tool_calls"))
            {
                // Id and name come with the first fragment of each; some servers leave the index out.
                var index = fragment.Number("index") ?? (fragment.Text("id") is null ? _calls.Keys.LastOrDefault() : _calls.Count);
                if (!_calls.TryGetValue(index, out var call)) call = ("", "", new StringBuilder());
                call.Arguments.Append(fragment.Text("function", "arguments"));
                _calls[index] = (fragment.Text("id") is { Length: > 0 } id ? id : call.Id, fragment.Text("function", "name") is { Length: > 0 } name ? name : call.Name, call.Arguments);
            }

            if (choice.Text("finish_reason") is not { } reason) return;
            _finished = true;
            foreach (var call in _calls.Values) updates.Add(Update(Call(call.Id, call.Name, call.Arguments.ToString())));
            updates.Add(Finish(FinishOf(reason, _calls.Count > 0, _refused)));
        }
    }
}
