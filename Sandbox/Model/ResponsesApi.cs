using System.Text.Json.Nodes;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Model;

/// <summary><c>POST /v1/responses</c>: one response, as a whole or as its events.</summary>
internal sealed class ResponsesApi(JsonObject request, string id, long now, Func<string, string> newId)
{
    private readonly List<string> _events = [];

    public static (string Message, string? Param, string? Code)? Check(JsonObject? body)
    {
        if (body is null) return ("We could not parse the JSON body of your request.", null, null);
        if (body.Text("model") is not { Length: > 0 }) return ("Missing required parameter: 'model'.", "model", "missing_required_parameter");
        if (body["input"] is null && body.Text("previous_response_id") is null) return ("Missing required parameter: 'input'.", "input", "missing_required_parameter");

        var input = body.Items("input");
        var calls = input.Where(item => item.Text("type") == "function_call").Select(item => item.Text("call_id")).ToHashSet(StringComparer.Ordinal);
        foreach (var item in input)
        {
            if (item.Text("type") == "function_call_output" && body.Text("previous_response_id") is null && !calls.Contains(item.Text("call_id")))
                return ($"No tool call found for function call output with call_id {item.Text("call_id")}.", "input", null);
            if (item.Items("content").Any(part => part.Text("type") is not ("input_text" or "input_image" or "input_file" or "output_text" or "refusal")))
                return ("Invalid value: 'input[].content[].type'.", "input", "invalid_value");
            if (item.Items("content").Any(part => part.Text("type") == "input_image" && part.Text("file_id") is null && !ChatCompletions.IsImage(part.Text("image_url"))))
                return ChatCompletions.WrongImage("input");
        }

        // Tools are flat here.
        var tools = body.Items("tools");
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i].Text("type") is not { } type) return ($"Missing required parameter: 'tools[{i}].type'.", $"tools[{i}].type", "missing_required_parameter");
            if (type == "function" && tools[i].Text("name") is not { Length: > 0 }) return ($"Missing required parameter: 'tools[{i}].name'.", $"tools[{i}].name", "missing_required_parameter");
        }

        return null;
    }

    public static string LastUserText(JsonNode? input) =>
        input is JsonArray items ? ChatCompletions.TextOf(items.LastOrDefault(item => item.Text("role") == "user")?["content"]) : ChatCompletions.TextOf(input);

    public JsonObject Whole(ScriptedAnswer scripted, ModelProvider.Usage usage) => Response(Status(scripted), scripted, Output(scripted), usage);

    public (List<string> Events, int Middle) Events(ScriptedAnswer scripted, ModelProvider.Usage usage, IReadOnlyList<string> pieces)
    {
        Emit("response.created", new JsonObject { ["response"] = Response("in_progress", scripted, [], null) });
        Emit("response.in_progress", new JsonObject { ["response"] = Response("in_progress", scripted, [], null) });
        var output = Output(scripted);
        var middle = _events.Count;
        for (var index = 0; index < output.Count; index++)
        {
            var item = (JsonObject)output[index]!;
            if (item.Text("type") == "message") middle = Message(item, index, scripted.Refusal is null ? pieces : [scripted.Refusal]);
            else Call(item, index);
        }

        var status = Status(scripted);
        Emit($"response.{status}", new JsonObject { ["response"] = Response(status, scripted, output, usage) });
        return (_events, middle);
    }

    private int Message(JsonObject item, int index, IReadOnlyList<string> pieces)
    {
        var itemId = item.Text("id");
        var part = (JsonObject)item["content"]![0]!;
        var kind = part.Text("type") == "refusal" ? "refusal" : "output_text";
        var whole = part.Text(kind == "refusal" ? "refusal" : "text");
        var empty = kind == "refusal" ? new JsonObject { ["type"] = kind, ["refusal"] = "" } : new JsonObject { ["type"] = kind, ["text"] = "", ["annotations"] = new JsonArray() };
        var started = (JsonObject)item.DeepClone();
        (started["status"], started["content"]) = ("in_progress", new JsonArray());

        Emit("response.output_item.added", new JsonObject { ["output_index"] = index, ["item"] = started });
        Emit("response.content_part.added", Place(new JsonObject { ["part"] = empty }));
        var middle = _events.Count + Math.Max(1, pieces.Count / 2);
        foreach (var piece in pieces) Emit($"response.{kind}.delta", Place(kind == "refusal" ? new JsonObject { ["delta"] = piece } : new JsonObject { ["delta"] = piece, ["logprobs"] = new JsonArray() }));
        Emit($"response.{kind}.done", Place(kind == "refusal" ? new JsonObject { ["refusal"] = whole } : new JsonObject { ["text"] = whole, ["logprobs"] = new JsonArray() }));
        Emit("response.content_part.done", Place(new JsonObject { ["part"] = part.DeepClone() }));
        Emit("response.output_item.done", new JsonObject { ["output_index"] = index, ["item"] = item.DeepClone() });
        return middle;

        JsonObject Place(JsonObject content)
        {
            (content["item_id"], content["output_index"], content["content_index"]) = (itemId, index, 0);
            return content;
        }
    }

    private void Call(JsonObject item, int index)
    {
        var arguments = item.Text("arguments")!;
        var started = (JsonObject)item.DeepClone();
        (started["status"], started["arguments"]) = ("in_progress", "");
        Emit("response.output_item.added", new JsonObject { ["output_index"] = index, ["item"] = started });
        foreach (var fragment in new[] { arguments[..(arguments.Length / 2)], arguments[(arguments.Length / 2)..] })
            Emit("response.function_call_arguments.delta", new JsonObject { ["item_id"] = item.Text("id"), ["output_index"] = index, ["delta"] = fragment });
        Emit("response.function_call_arguments.done", new JsonObject { ["item_id"] = item.Text("id"), ["output_index"] = index, ["name"] = item.Text("name"), ["arguments"] = arguments });
        Emit("response.output_item.done", new JsonObject { ["output_index"] = index, ["item"] = item.DeepClone() });
    }

    private void Emit(string type, JsonObject content)
    {
        var data = new JsonObject { ["type"] = type };
        foreach (var (name, value) in content) data[name] = value?.DeepClone();
        data["sequence_number"] = _events.Count;
        _events.Add($"event: {type}\ndata: {data.ToJsonString()}\n\n");
    }

    private JsonArray Output(ScriptedAnswer scripted)
    {
        var output = new JsonArray();
        if (scripted.Text is not null || scripted.Refusal is not null)
        {
            var part = scripted.Refusal is { } refusal
                ? new JsonObject { ["type"] = "refusal", ["refusal"] = refusal }
                : new JsonObject { ["type"] = "output_text", ["text"] = scripted.Text, ["annotations"] = new JsonArray() };
            output.Add((JsonNode)new JsonObject
            {
                ["id"] = newId("msg_"), ["type"] = "message", ["status"] = Status(scripted) == "completed" ? "completed" : "incomplete", ["role"] = "assistant", ["content"] = new JsonArray(part),
            });
        }

        foreach (var (tool, n) in scripted.Tools.Select((tool, n) => (tool, n)))
        {
            output.Add((JsonNode)new JsonObject
            {
                ["id"] = newId("fc_"), ["type"] = "function_call", ["status"] = "completed", ["call_id"] = tool.Id ?? $"call_{n + 1}", ["name"] = tool.Name, ["arguments"] = tool.ArgumentText,
            });
        }

        return output;
    }

    private JsonObject Response(string status, ScriptedAnswer scripted, JsonArray output, ModelProvider.Usage? usage) => new()
    {
        ["id"] = id, ["object"] = "response", ["created_at"] = now, ["status"] = status, ["error"] = null,
        ["incomplete_details"] = status == "incomplete" ? new JsonObject { ["reason"] = scripted.Stop == "length" ? "max_output_tokens" : "content_filter" } : null,
        ["instructions"] = request["instructions"]?.DeepClone(), ["model"] = request.Text("model"), ["output"] = output.DeepClone(), ["parallel_tool_calls"] = true, ["temperature"] = 1.0,
        ["tool_choice"] = "auto", ["tools"] = request.Items("tools").DeepClone(), ["top_p"] = 1.0, ["truncation"] = "disabled",
        ["usage"] = usage is null ? null : new JsonObject
        {
            ["input_tokens"] = usage.Input, ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.Cached }, ["output_tokens"] = usage.Output,
            ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 }, ["total_tokens"] = usage.Input + usage.Output,
        },
        ["metadata"] = new JsonObject(),
    };

    private static string Status(ScriptedAnswer scripted) => scripted.Stop is "length" or "filtered" ? "incomplete" : "completed";
}
