namespace Assistify.Integration.BadInput;

/// <summary>Who may call.</summary>
internal enum Caller
{
    Anyone,
    Customer,
    Operator,
}

/// <summary>One line of the contract, with a body that would be right and what makes it wrong.</summary>
/// <param name="Path"><c>{id}</c> stands for an id that exists nowhere, <c>{conversation}</c> for the caller's own.</param>
/// <param name="Wrong">Bodies that are JSON but not what is asked for: wrong types, missing fields.</param>
internal sealed record Endpoint(string Method, string Path, Caller Caller, params string[] Wrong)
{
    /// <summary>Whether bodies are read at all.</summary>
    public bool TakesJson => Method is "POST" or "PUT" or "PATCH" && Wrong.Length > 0;

    public override string ToString() => $"{Method} {Path}";

    /// <summary>The endpoints that are there (docs and contract, sections 2 to 6).</summary>
    public static readonly Endpoint[] All =
    [
        new("POST", "/api/chat/sessions", Caller.Anyone, """{"name":1}""", """{"visitorId":{}}""", """{"identify":"x"}""", """{"locale":[1]}"""),
        new("POST", "/api/messages/process_message", Caller.Customer, "{}", """{"text":""}""", """{"text":1}""", """{"text":{"a":1}}""", """{"text":"x","conversationId":"no id"}""", """{"text":"x","attachments":"y"}""", """{"text":"x","clientMessageId":{}}"""),
        new("POST", "/api/messages/process_message", Caller.Operator, "{}", """{"text":"x"}""", """{"text":"x","conversationId":"00000000-0000-0000-0000-000000000001"}"""),
        new("GET", "/api/messages/get_conversation_messages", Caller.Operator),
        new("GET", "/api/messages/get_conversation_messages?conversationId=no-id", Caller.Operator),
        new("GET", "/api/messages/get_conversation_messages?conversationId={id}", Caller.Operator),
        new("GET", "/api/messages/get_conversation_messages?conversationId={conversation}&after=x", Caller.Customer),
        new("GET", "/api/messages/get_conversation_messages?conversationId={conversation}&limit=x", Caller.Customer),
        new("GET", "/api/messages/get_conversation_messages?conversationId={conversation}&after=99999999999999999999", Caller.Customer),
        new("POST", "/api/conversations/create_conversation", Caller.Operator, """{"customerId":"no id"}""", """{"customerId":1}""", """{"subject":{}}""", """{"customerId":"00000000-0000-0000-0000-000000000001"}"""),
        new("GET", "/api/conversations/list?limit=x", Caller.Operator),
        new("GET", "/api/conversations/list?status=strange", Caller.Operator),
        new("GET", "/api/conversations/list?cursor=%25%00nonsense", Caller.Operator),
        new("GET", "/api/conversations/{id}", Caller.Operator),
        new("GET", "/api/conversations/no-id", Caller.Operator),
        new("POST", "/api/conversations/{id}/close_conversation", Caller.Operator, "{}", """{"reason":1}"""),
        new("POST", "/api/conversations/{id}/messages", Caller.Operator, "{}", """{"text":1}""", """{"text":"x","private":"maybe"}""", """{"text":"x"}"""),
        new("POST", "/api/conversations/{id}/assign", Caller.Operator, "{}", """{"assignee":1}"""),
        new("POST", "/api/conversations/{id}/labels", Caller.Operator, "{}", """{"labels":"x"}""", """{"labels":[1]}"""),
        new("POST", "/api/conversations/{id}/take_over", Caller.Operator),
        new("POST", "/api/conversations/{id}/hand_back", Caller.Operator),
        new("GET", "/api/customers/{id}", Caller.Operator),
        new("POST", "/api/customers/{id}/merge", Caller.Operator, "{}", """{"customerId":"no id"}""", """{"customerId":"00000000-0000-0000-0000-000000000001"}"""),
        new("DELETE", "/api/customers/{id}", Caller.Operator),
        new("DELETE", "/api/customers/no-id", Caller.Operator),
        new("POST", "/api/customers/{id}/block", Caller.Operator),
        new("POST", "/api/customers/no-id/block", Caller.Operator),
        new("POST", "/api/customers/{id}/unblock", Caller.Operator),
        new("GET", "/api/traces/{id}", Caller.Operator),
        new("GET", "/api/traces/no-id", Caller.Operator),
        new("POST", "/api/v1/ai/inspire", Caller.Customer, """{"context":17}""", """{"context":[1]}""", """{"context":true}"""),
        new("POST", "/api/users", Caller.Operator, "{}", """{"email":1}""", """{"email":"x","name":"y","role":"agent","password":"long enough to be one"}""", """{"email":"a@example.test","name":"y","role":"king","password":"long enough to be one"}"""),
        new("POST", "/api/api_keys", Caller.Operator, "{}", """{"name":1}""", """{"name":"x","role":"king"}"""),
        new("POST", "/api/connections", Caller.Operator, "{}", """{"provider":1}""", """{"provider":"Pigeon","settings":{}}""", """{"provider":"Telegram","settings":"x"}""", """{"provider":"Telegram","settings":{"botToken":{}}}""", """{"provider":"Telegram","settings":{"unheard":"x"}}"""),
        new("GET", "/api/connections/{id}", Caller.Operator),
        new("GET", "/api/connections/no-id", Caller.Operator),
        new("GET", "/api/connections/{id}/observations", Caller.Operator),
        new("PATCH", "/api/connections/{id}", Caller.Operator, """{"settings":1}""", """{"name":{}}"""),
        new("DELETE", "/api/connections/{id}", Caller.Operator),
        new("POST", "/api/connections/{id}/test", Caller.Operator),
        new("POST", "/api/connections/{id}/observe", Caller.Operator, """{"until":"x"}"""),
        new("PATCH", "/api/settings", Caller.Operator, """{"name":1}""", """{"timeZone":"Middle/Earth"}""", """{"allowedOrigins":"x"}""", """{"allowedOrigins":["no origin"]}""", """{"burstWaitMs":"x"}""", """{"businessHours":7}"""),
        new("PUT", "/api/feature_flags/some", Caller.Operator, """{"enabled":"x"}""", """{"percent":"x"}""", """{"enabled":true,"percent":1000}"""),
        new("PUT", "/api/feature_flags/no%20name", Caller.Operator, """{"enabled":true}"""),
        new("GET", "/api/deliveries/problems?limit=x", Caller.Operator),
        new("GET", "/api/deliveries/problems?cursor=%25%00nonsense", Caller.Operator),
        new("POST", "/api/deliveries/{id}/retry", Caller.Operator, """{"reason":1}"""),
        new("POST", "/api/deliveries/{id}/drop", Caller.Operator, """{"reason":1}"""),
        new("POST", "/api/knowledge", Caller.Operator, "{}", """{"title":1}""", """{"title":"x","body":["y"]}"""),
        new("GET", "/api/knowledge/no-id", Caller.Operator),
        new("PUT", "/api/knowledge/{id}", Caller.Operator, "{}", """{"title":1}"""),
        new("DELETE", "/api/knowledge/{id}", Caller.Operator),
        new("POST", "/api/knowledge/documents", Caller.Operator),
        new("GET", "/api/knowledge/documents/{id}", Caller.Operator),
        new("GET", "/api/knowledge/documents/no-id", Caller.Operator),
        new("PUT", "/api/knowledge/documents/{id}", Caller.Operator),
        new("POST", "/api/knowledge/documents/{id}/roll_back", Caller.Operator, "{}", """{"version":"x"}""", """{"version":{}}""", """{"version":1}"""),
        new("DELETE", "/api/knowledge/documents/{id}", Caller.Operator),
        new("POST", "/api/knowledge/suggestions/{id}/answer", Caller.Operator, "{}", """{"answer":1}""", """{"answer":""}""", """{"answer":"x","url":"no address"}""", """{"answer":"x"}"""),
        new("POST", "/api/knowledge/suggestions/{id}/dismiss", Caller.Operator),
        new("GET", "/api/knowledge/intents/examples?limit=x", Caller.Operator),
        new("GET", "/api/knowledge/intents/examples?limit=1000", Caller.Operator),
        new("GET", "/api/knowledge/intents/examples?before=yesterday", Caller.Operator),
        new("POST", "/api/knowledge/intents/examples", Caller.Operator, "{}", """{"intent":1,"text":2}""", """{"intent":"With blanks","text":"x"}""", """{"intent":"shipping","text":""}"""),
        new("PUT", "/api/knowledge/intents/examples/{id}", Caller.Operator, "{}", """{"intent":"shipping","text":"x"}"""),
        new("POST", "/api/knowledge/intents/examples/{id}/approve", Caller.Operator),
        new("POST", "/api/knowledge/intents/examples/{id}/reject", Caller.Operator),
        new("DELETE", "/api/knowledge/intents/examples/{id}", Caller.Operator),
        new("POST", "/api/knowledge/intents/models/999999/activate", Caller.Operator),
        new("POST", "/api/knowledge/intents/models/none/activate", Caller.Operator),
        new("POST", "/api/knowledge/intents/corrections", Caller.Operator, "{}", """{"messageId":"no id"}""", """{"intent":"shipping","text":"x","predicted":"With blanks"}"""),
        new("GET", "/api/audit_log?limit=x", Caller.Operator),
        new("POST", "/api/auth/totp/confirm", Caller.Operator, "{}", """{"code":1}"""),
        new("POST", "/api/conversations/{conversation}/satisfaction", Caller.Customer, "{}", """{"score":6}""", """{"score":"good"}""", """{"score":4}"""),
        new("POST", "/api/canned_answers", Caller.Operator, "{}", """{"shortcut":1,"text":2}""", """{"shortcut":"With blanks","text":"x"}""", """{"shortcut":"x","text":"{{nobody.knows}}"}"""),
        new("PUT", "/api/canned_answers/{id}", Caller.Operator, "{}", """{"shortcut":"x","text":"x"}"""),
        new("DELETE", "/api/canned_answers/{id}", Caller.Operator),
        new("POST", "/api/saved_views", Caller.Operator, "{}", """{"name":1}""", """{"name":"x","filter":{"view":"strange"}}""", """{"name":"x","filter":7}"""),
        new("DELETE", "/api/saved_views/{id}", Caller.Operator),
        new("GET", "/api/notifications?limit=x", Caller.Operator),
        new("GET", "/api/notifications?cursor=nonsense", Caller.Operator),
        new("POST", "/api/notifications/read", Caller.Operator),
        new("GET", "/api/jobs/{id}", Caller.Operator),
        new("GET", "/api/jobs/no-id", Caller.Operator),
        new("GET", "/api/listings/{id}", Caller.Anyone),
        new("POST", "/api/auth/login", Caller.Anyone, "{}", """{"email":1,"password":2}""", """{"email":"owner@example.test"}""", """{"email":"owner@example.test","password":["x"]}"""),
        new("POST", "/api/auth/refresh", Caller.Anyone),
        new("GET", "/api/analytics/channel_stats?from=yesterday", Caller.Operator),
        new("GET", "/api/analytics/intent_stats?bucket=century", Caller.Operator),
        new("GET", "/api/analytics/sentiment_stats?to=x", Caller.Operator),
        new("GET", "/api/analytics/response_times?from=2026-13-45", Caller.Operator),
        new("GET", "/api/nothing/here", Caller.Operator),
        new("POST", "/api/webhooks/pigeon", Caller.Anyone, "{}"),
        new("POST", "/api/webhooks/whatsapp", Caller.Anyone, "{}", "[]"),
        new("POST", "/api/webhooks/whatsapp/{id}", Caller.Anyone, "{}"),
        new("POST", "/api/webhooks/whatsapp/status", Caller.Anyone, "{}"),
        new("POST", "/api/webhooks/meta/data_deletion", Caller.Anyone, "{}"),
        new("GET", "/api/webhooks/meta/data_deletion/{id}", Caller.Anyone),
        new("POST", "/api/media", Caller.Customer, "{}", "\"file\""),
    ];

    /// <summary>Calls that are right but for who makes them.</summary>
    public static readonly Endpoint[] Guarded =
    [
        .. All.Where(endpoint => endpoint.Caller != Caller.Anyone && !endpoint.Path.StartsWith("/api/nothing", StringComparison.Ordinal)),
        new("GET", "/api/conversations/list", Caller.Operator),
        new("GET", "/api/analytics/channel_stats", Caller.Operator),
        new("GET", "/api/auth/me", Caller.Operator),
        new("GET", "/hubs/conversations", Caller.Operator),
    ];
}
