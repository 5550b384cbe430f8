using Microsoft.Extensions.Primitives;

namespace Assistify.Gateway.Edge;

/// <summary>
/// What browsers are told about every answer. Answers of services are data: nothing in them may run or be framed. Pages replace the
/// content policy by theirs; the sandbox, which exists in Development only, brings its own.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, IHostEnvironment environment)
{
    private static readonly StringValues s_data = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues s_noSniff = "nosniff";
    private static readonly StringValues s_deny = "DENY";
    private static readonly StringValues s_referrer = "no-referrer";
    private static readonly StringValues s_transport = "max-age=31536000; includeSubDomains";

    /// <summary>Own pages: own scripts and styles, no inline code; pictures of products come from the shops' addresses.</summary>
    public static readonly StringValues Page = $"{Own}; frame-ancestors 'none'";

    /// <summary>Beside the sandbox's phones, and nowhere else.</summary>
    public static readonly StringValues FramedPage = $"{Own}; frame-ancestors 'self'";

    private const string Own =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; font-src 'self'; connect-src 'self'; "
        + "media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'";

    private readonly bool _https = !environment.IsDevelopment();

    public Task Invoke(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = s_noSniff;
        headers["Referrer-Policy"] = s_referrer;
        headers.XFrameOptions = s_deny;
        if (!context.Request.Path.StartsWithSegments("/sandbox", StringComparison.OrdinalIgnoreCase)) headers.ContentSecurityPolicy = s_data;
        if (_https) headers.StrictTransportSecurity = s_transport;
        return next(context);
    }
}
