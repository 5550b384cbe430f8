namespace Assistify.ChatService.Operators.SignIn;

/// <summary>
/// Whether a request that lives on a cookie comes from our own pages: <c>Assistify:PublicUrl</c>, the host that the gateway was called by
/// (it sets X-Forwarded-Host afresh), or <c>ASSISTIFY_ALLOWED_ORIGINS</c>. Programs other than browsers send no Origin.
/// </summary>
internal sealed class OwnOrigin(IConfiguration configuration)
{
    private readonly HashSet<string> _origins = new(Origins(configuration), StringComparer.OrdinalIgnoreCase);

    public bool Sent(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ Length: > 0 } origin])
            return request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"] or ["none"];
        if (_origins.Contains(origin)) return true;

        var host = request.Headers["X-Forwarded-Host"] is [{ Length: > 0 } forwarded] ? forwarded : request.Host.Value;
        var scheme = request.Headers["X-Forwarded-Proto"] is [{ Length: > 0 } proto] ? proto : request.Scheme;
        return origin.Equals($"{scheme}://{host}", StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Origins(IConfiguration configuration) =>
        (configuration["ASSISTIFY_ALLOWED_ORIGINS"] ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries)
        .Append(configuration["Assistify:PublicUrl"] ?? "")
        .Select(value => Uri.TryCreate(value, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "")
        .Where(value => value.Length > 0);
}
