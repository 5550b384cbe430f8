using System.Globalization;

namespace Assistify.ChannelService.Twilio;

/// <summary>The addresses that Twilio calls, made from the configured one without normalising anything: they are signed as written.</summary>
internal sealed class TwilioAddresses(string publicUrl)
{
    private const string Status = "/status";

    // scheme://host/path | ?query | #fragment (rc=5&rp=all: what Twilio repeats; neither sent nor signed)
    private readonly string _base = publicUrl.Split('#')[0].Split('?')[0];
    private readonly string _query = publicUrl.Split('#')[0] is var url && url.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? url[at..] : "";
    private readonly string _fragment = publicUrl.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? publicUrl[at..] : "";

    /// <summary>What may have been signed for a request that arrived there: the configured path, or that with what follows it here.</summary>
    public IEnumerable<string> Signed(string suffix, string receivedQuery)
    {
        yield return _base + receivedQuery;
        if (suffix.Length == 0) yield break;

        var path = _base.TrimEnd('/');
        if (suffix.EndsWith(Status, StringComparison.Ordinal)) yield return path + Status + receivedQuery;
        if (suffix != Status && !path.EndsWith(suffix, StringComparison.Ordinal)) yield return path + suffix + receivedQuery;
    }

    /// <summary>Where Twilio reports what became of a message: our ids travel in the query, so its signature covers them.</summary>
    public string StatusCallback(Guid deliveryId, int part)
    {
        var separator = _query.Length == 0 ? "?" : "&";
        return string.Create(
            CultureInfo.InvariantCulture, $"{_base.TrimEnd('/')}{Status}{_query}{separator}delivery={deliveryId}&part={part}{_fragment}");
    }
}
