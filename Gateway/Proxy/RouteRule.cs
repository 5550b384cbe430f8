namespace Assistify.Gateway.Proxy;

/// <summary>Whose allowance a request uses, and with that whether it needs a token.</summary>
internal enum Limit
{
    /// <summary>None and no token: authentic webhooks are not limited, pages of the sandbox neither.</summary>
    None,

    /// <summary>The token's; without a valid one the answer is 401.</summary>
    Principal,

    /// <summary>The address's, without a token.</summary>
    Anonymous,

    /// <summary>The address's for new web chat sessions.</summary>
    Sessions,

    /// <summary>The address's for sign-ins.</summary>
    Logins,
}

/// <summary>One line of the table of what the world may reach. Earlier lines win.</summary>
/// <param name="Path">As in ASP.NET Core's routing.</param>
/// <param name="Methods">Separated by blanks; null for all.</param>
/// <param name="Streaming">Answers may grow for a long time.</param>
internal sealed record RouteRule(
    string Path, string Service, Limit Limit = Limit.Principal, string? Methods = null, long MaxBody = Listeners.OrdinaryBody,
    bool Streaming = false, string? Accept = null)
{
    private const long Mebibyte = 1024 * 1024;

    public static readonly IReadOnlyList<RouteRule> All =
    [
        new("/api/webhooks/{**rest}", "channels", Limit.None, MaxBody: 4 * Mebibyte),

        new("/api/chat/sessions", "chat", Limit.Sessions, "POST"),
        new("/api/auth/login", "chat", Limit.Logins, "POST"),
        new("/api/auth/refresh", "chat", Limit.Anonymous, "POST"),
        new("/api/auth/logout", "chat", Limit.Anonymous, "POST"),
        new("/.well-known/jwks.json", "chat", Limit.Anonymous, "GET HEAD"),
        // Links to media are signed, so that an <img> can show them; ChatService checks.
        new("/api/media/{**rest}", "chat", Limit.Anonymous, "GET HEAD"),
        new("/api/listings/{**rest}", "ai", Limit.Anonymous, "GET HEAD"),

        new("/hubs/{**rest}", "chat", Streaming: true),
        new("/api/messages/process_message", "chat", Methods: "POST", Streaming: true, Accept: "text/event-stream"),
        new("/api/media/{**rest}", "chat", MaxBody: 26 * Mebibyte),
        new("/api/chat/{**rest}", "chat"),
        new("/api/messages/{**rest}", "chat"),
        new("/api/conversations/{id}/suggest_answer", "ai", Methods: "POST"),
        new("/api/conversations/{id}/sum_up", "ai", Methods: "POST"),
        new("/api/conversations/{**rest}", "chat"),
        new("/api/customers/{**rest}", "chat"),
        new("/api/suppliers/{**rest}", "chat"),
        new("/api/jobs/{**rest}", "chat"),
        new("/api/cards/{**rest}", "chat"),
        new("/api/auth/{**rest}", "chat"),
        new("/api/users/{**rest}", "chat"),
        new("/api/api_keys/{**rest}", "chat"),
        new("/api/settings/{**rest}", "chat"),
        new("/api/feature_flags/{**rest}", "chat"),
        new("/api/canned_answers/{**rest}", "chat"),
        new("/api/templates/{**rest}", "chat"),
        new("/api/macros/{**rest}", "chat"),
        new("/api/teams/{**rest}", "chat"),
        new("/api/rules/{**rest}", "chat"),
        new("/api/saved_views/{**rest}", "chat"),
        new("/api/notifications/{**rest}", "chat"),
        new("/api/operations/{**rest}", "chat"),
        new("/api/audit_log/{**rest}", "chat"),
        new("/api/connections/{**rest}", "channels"),
        new("/api/deliveries/{**rest}", "channels"),
        new("/api/v1/ai/{**rest}", "ai"),
        new("/api/traces/{**rest}", "ai"),
        new("/api/assistant/{**rest}", "ai"),
        new("/api/evaluation/{**rest}", "ai"),
        new("/api/knowledge/{**rest}", "ai", MaxBody: 26 * Mebibyte),
        new("/api/products/{**rest}", "ai"),
        new("/api/analytics/{**rest}", "analytics"),

        new("/sandbox/{**rest}", "sandbox", Limit.None, MaxBody: 26 * Mebibyte),
    ];
}
