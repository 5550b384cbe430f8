using System.Globalization;
using System.Text;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Twilio;

/// <summary>An address that webhooks go to: what is signed, where it really is, and the overrides in its fragment (<c>#rc=5&amp;rp=all</c>).</summary>
internal sealed record TwilioAddress(string Signed, Uri Target, string Host, string? Authorization, RetryPlan Retries)
{
    /// <param name="publicOrigin">Addresses that begin with it are really reached at <paramref name="deliverTo"/>.</param>
    public static TwilioAddress Parse(string url, string publicOrigin, string deliverTo)
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
        var repeated = (rules["rp"].FirstOrDefault() ?? "ct").Split(',');
        var waits = Enumerable.Range(1, Number("rc", 1, 0, 5)).Select(attempt => TimeSpan.FromMilliseconds(100 * (1 << attempt)));
        var plan = new RetryPlan([.. waits], TimeSpan.FromMilliseconds(Number("rt", 15_000, 100, 15_000)), TimeSpan.FromMilliseconds(Number("tt", 15_000, 100, 15_000)))
        {
            IsTaken = static status => status < 400,
            Repeats = kind => repeated.Any(rule => rule == "all" || rule == kind),
        };
        return new TwilioAddress(signed, target, uri.Authority, Credentials(uri), plan);

        int Number(string name, int otherwise, int least, int most) =>
            int.TryParse(rules[name].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : otherwise;
    }

    public static string Origin(string url)
    {
        var uri = new Uri(url);
        return uri.GetLeftPart(UriPartial.Scheme) + uri.Authority;
    }

    // Path and query go out as they are written: the receiver signs what it got.
    private static Uri Exact(string url) => new(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static string? Credentials(Uri uri) =>
        uri.UserInfo.Length == 0 ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo)));
}
