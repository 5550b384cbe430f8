using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace Assistify.Gateway.Edge;

/// <summary>Origins of other sites whose pages may call us: <c>ASSISTIFY_ALLOWED_ORIGINS</c>, those that workspaces allow, and our own address.</summary>
internal sealed class AllowedOrigins
{
    private readonly HashSet<string> _origins = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _all;
    private volatile FrozenSet<string> _workspaces = [];

    public AllowedOrigins(IConfiguration configuration)
    {
        foreach (var origin in configuration.List("ASSISTIFY_ALLOWED_ORIGINS"))
        {
            if (origin == "*")
                _all = true;
            else if (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/")
                _origins.Add(uri.GetLeftPart(UriPartial.Authority));
            else
                throw new InvalidOperationException($"ASSISTIFY_ALLOWED_ORIGINS holds {origin}, which is not an origin such as https://shop.example.com.");
        }

        if (Uri.TryCreate(configuration["Assistify:PublicUrl"], UriKind.Absolute, out var own))
            _origins.Add(own.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>What the workspaces allow now, all of them together.</summary>
    public void SetWorkspaces(IReadOnlyCollection<string> origins)
    {
        if (!_workspaces.SetEquals(origins)) _workspaces = origins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public bool Contains(string origin) => _all || _origins.Contains(origin) || _workspaces.Contains(origin);
}

/// <summary>
/// Cross-origin sharing without credentials: tokens travel in a header, and the refresh cookie never crosses sites. WebSockets know no
/// preflight, so a strange origin is refused there.
/// </summary>
internal sealed class CrossOrigin(RequestDelegate next, AllowedOrigins origins)
{
    private static readonly StringValues s_exposed = "Location, Retry-After, Content-Disposition, Preference-Applied";

    public Task Invoke(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin is not [{ Length: > 0 } origin]) return next(context);

        var headers = context.Response.Headers;
        headers.Vary = "Origin";
        var allowed = origins.Contains(origin);
        if (allowed)
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlExposeHeaders = s_exposed;
        }

        if (HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            if (allowed)
            {
                headers.AccessControlAllowMethods = "GET, HEAD, POST, PUT, PATCH, DELETE";
                headers.AccessControlAllowHeaders = "Authorization, Content-Type, Accept, Prefer, If-Match, If-None-Match, X-Requested-With, X-SignalR-User-Agent, Last-Event-ID";
                headers.AccessControlMaxAge = "600";
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return !allowed && request.Headers.ContainsKey("Upgrade") && !IsOwn(origin, request)
            ? Problems.Write(context, StatusCodes.Status403Forbidden, "This origin may not open a connection (ASSISTIFY_ALLOWED_ORIGINS, or the workspace's allowed origins).")
            : next(context);
    }

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
