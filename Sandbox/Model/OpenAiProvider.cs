using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Model;

/// <summary>OpenAI's two ways of asking: Chat Completions and Responses. Any key is good.</summary>
internal sealed class OpenAiProvider(StandInTools tools, ModelScripts scripts) : ModelProvider(tools, scripts)
{
    public override string Channel => "openai";

    public override string Name => "OpenAI";

    public override Answer? Authorize(ApiRequest request) => request.Bearer.Length == 0 || Faults.Current.TokenExpired
        ? Refuse(401, request.Bearer.Length == 0 ? "You didn't provide an API key." : "Incorrect API key provided.", "invalid_request_error", null, "invalid_api_key")
        : null;

    public override Answer TooManyRequests(int retryAfterSeconds) => Error(new ScriptedError(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests", retryAfterSeconds));

    public override Answer ServerError() => Faults.Next(2) == 0
        ? Refuse(500, "The server had an error while processing your request.", "server_error", null, null)
        : Refuse(503, "The server is currently overloaded.", "server_error", null, "server_is_overloaded");

    public Answer Complete(ApiRequest request)
    {
        if (ChatCompletions.Check(request.Json) is { } wrong) return Invalid(wrong);

        var body = request.Json!;
        var messages = body.Items("messages");
        return Play(body, ChatCompletions.LastUserText(messages), messages[^1].Text("role") == "tool",
            scripted => ChatCompletions.Whole(scripted, body, UsageOf(scripted, body), NewId("chatcmpl-"), Now),
            scripted => ChatCompletions.Events(scripted, body, UsageOf(scripted, body), Pieces(scripted.Text ?? "", scripted.Pieces), NewId("chatcmpl-"), Now));
    }

    public Answer Respond(ApiRequest request)
    {
        if (ResponsesApi.Check(request.Json) is { } wrong) return Invalid(wrong);

        var body = request.Json!;
        var response = new ResponsesApi(body, NewId("resp_"), Now, NewId);
        return Play(body, ResponsesApi.LastUserText(body["input"]), body.Items("input").LastOrDefault().Text("type") == "function_call_output",
            scripted => response.Whole(scripted, UsageOf(scripted, body)),
            scripted => response.Events(scripted, UsageOf(scripted, body), Pieces(scripted.Text ?? "", scripted.Pieces)));
    }

    public static Answer Embed(ApiRequest request) =>
        Embeddings.Check(request.Json) is { } wrong ? Invalid(wrong) : Answer.Json(200, Embeddings.Of(request.Json!), ("x-request-id", NewId("req_")));

    protected override Answer Error(ScriptedError error) =>
        Refuse(error.Status, error.Message ?? "The scripted model failed.", error.Type ?? "server_error", null, error.Code) with { Headers = Limits(error) };

    protected override string ErrorEvent(ScriptedError error) =>
        $"event: error\ndata: {new JsonObject { ["type"] = "error", ["code"] = error.Code ?? "server_error", ["message"] = error.Message, ["param"] = null, ["sequence_number"] = 99 }.ToJsonString()}\n\n";

    private long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    private static Answer Invalid((string Message, string? Param, string? Code) wrong) => Refuse(400, wrong.Message, "invalid_request_error", wrong.Param, wrong.Code);

    private static Answer Refuse(int status, string message, string type, string? param, string? code) => Answer.Json(
        status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code } }, ("x-request-id", NewId("req_")));

    private static List<(string, string)> Limits(ScriptedError error)
    {
        List<(string, string)> headers = [("x-request-id", NewId("req_"))];
        if (error.RetryAfterSeconds is not { } seconds) return headers;

        headers.Add(("retry-after", seconds.ToString(CultureInfo.InvariantCulture)));
        headers.Add(("x-ratelimit-limit-requests", "60"));
        headers.Add(("x-ratelimit-remaining-requests", "0"));
        headers.Add(("x-ratelimit-reset-requests", string.Create(CultureInfo.InvariantCulture, $"{seconds}s")));
        return headers;
    }
}
