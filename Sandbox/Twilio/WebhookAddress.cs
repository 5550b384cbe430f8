using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Assistify.Sandbox.Twilio;

/// <summary>An address that webhooks go to: what is signed, where it really is, and the overrides in its fragment (<c>#rc=5&amp;rp=all</c>).</summary>
internal sealed record WebhookAddress(
    string Signed, Uri Target, string Host, AuthenticationHeaderValue? Authorization, int Retries, string RetryOn, TimeSpan AttemptTimeout, TimeSpan TotalTimeout)
{
    /// <param name="publicOrigin">Addresses that begin with it are really reached at <paramref name="deliverTo"/>.</param>
    public static WebhookAddress Parse(string url, string publicOrigin, string deliverTo)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var signed = hash < 0 ? url : url[..hash];
        var rules = (hash < 0 ? "" : url[(hash + 1)..]).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(rule => rule.Split('=', 2))
            .Where(rule => rule.Length == 2)
            .ToLookup(rule => rule[0], rule => Uri.UnescapeDataString(rule[1]), StringComparer.Ordinal);

        var uri = Exact(signed);
        var origin = uri.GetLeftPart(UriPartial.Scheme) + uri.Authority;
        var target = string.Equals(origin, publicOrigin, StringComparison.OrdinalIgnoreCase) ? Exact(deliverTo + uri.PathAndQuery) : uri;
        return new WebhookAddress(
            signed, target, uri.Authority, Credentials(uri),
            Number("rc", 1, 0, 5), rules["rp"].FirstOrDefault() ?? "ct",
            TimeSpan.FromMilliseconds(Number("rt", 15_000, 100, 15_000)), TimeSpan.FromMilliseconds(Number("tt", 15_000, 100, 15_000)));

        int Number(string name, int otherwise, int least, int most) =>
            int.TryParse(rules[name].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : otherwise;
    }

    public static string Origin(string url)
    {
        var uri = new Uri(url);
        return uri.GetLeftPart(UriPartial.Scheme) + uri.Authority;
    }

    public bool Retry(string kind) => RetryOn.Split(',').Any(rule => rule == "all" || rule == kind);

    // Path and query go out as they are written: the receiver signs what it got.
    private static Uri Exact(string url) => new(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static AuthenticationHeaderValue? Credentials(Uri uri) =>
        uri.UserInfo.Length == 0 ? null : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));
}
