using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Providers;

/// <summary>Sorts what providers call their errors: by the error's own name first, since 429 can mean an empty account and 400 a long text.</summary>
internal static class ModelFaults
{
    private const int LongestDetail = 120;

    /// <param name="body">As text: not every error is JSON.</param>
    public static ModelFaultException Of(HttpStatusCode status, HttpResponseHeaders headers, string body, TimeProvider time)
    {
        var error = Parse(body);
        return Of((int)status, error, RetryAfter(headers, time));
    }

    /// <summary>An error that came in a stream, when HTTP had said 200 already.</summary>
    public static ModelFaultException InStream(JsonNode? error) => Of(0, error as JsonObject, null);

    private static ModelFaultException Of(int status, JsonObject? error, TimeSpan? retryAfter)
    {
        var type = error.Text("type");
        var code = error.Text("code");
        var fault = ByName(code, error.Text("message")) ?? ByName(type, error.Text("message")) ?? ByMessage(error.Text("message")) ?? ByStatus(status);
        var name = code ?? type;
        var detail = (status > 0 ? status.ToString(CultureInfo.InvariantCulture) + " " : "") + name;
        return new ModelFaultException(fault, detail.Length > LongestDetail ? detail[..LongestDetail] : detail.Trim(), retryAfter);
    }

    private static ModelFault? ByName(string? name, string? message) => name switch
    {
        "insufficient_quota" or "billing_error" or "billing_hard_limit_reached" or "quota_exceeded" => ModelFault.QuotaExhausted,
        "context_length_exceeded" or "string_above_max_length" or "request_too_large" => ModelFault.ContextTooLong,
        "rate_limit_exceeded" or "rate_limit_error" or "too_many_requests" => ModelFault.RateLimited,
        "server_error" or "api_error" or "overloaded_error" or "internal_error" or "timeout_error" or "service_unavailable" or "engine_overloaded" => ModelFault.Temporary,
        "authentication_error" or "permission_error" or "invalid_api_key" => ModelFault.Auth,
        "not_found_error" or "model_not_found" => ModelFault.NotFound,
        "content_filter" or "content_policy_violation" => ModelFault.Filtered,
        "invalid_request_error" => ByMessage(message),
        _ => null,
    };

    private static ModelFault? ByMessage(string? message)
    {
        if (message is null) return null;
        if (Says("prompt is too long") || Says("context window") || Says("context length") || Says("maximum context")) return ModelFault.ContextTooLong;
        return Says("credit balance is too low") ? ModelFault.QuotaExhausted : null;

        bool Says(string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private static ModelFault ByStatus(int status) => status switch
    {
        401 or 403 => ModelFault.Auth,
        402 => ModelFault.QuotaExhausted,
        404 => ModelFault.NotFound,
        413 => ModelFault.ContextTooLong,
        429 => ModelFault.RateLimited,
        // 0: in the middle of a stream, with a name that nobody knows.
        0 or 408 or 409 or 425 or >= 500 => ModelFault.Temporary,
        _ => ModelFault.InvalidRequest,
    };

    private static JsonObject? Parse(string body)
    {
        try
        {
            var parsed = JsonNode.Parse(body);
            if (parsed is JsonArray { Count: > 0 } list) parsed = list[0]; // Gemini's way
            return parsed is JsonObject whole ? whole["error"] as JsonObject ?? whole : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValues("retry-after-ms", out var exact)
            && double.TryParse(exact.FirstOrDefault(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < int.MaxValue)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (headers.RetryAfter is { Delta: { } delta }) return delta;
        if (headers.RetryAfter is { Date: { } date }) return date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero;
        return headers.TryGetValues("retry-after", out var fraction)
            && double.TryParse(fraction.FirstOrDefault(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }
}
