using System.Globalization;

namespace Assistify.ChatService.Messages;

/// <summary>How the caller wants to get the answer: <c>Prefer: wait=N</c>, <c>Prefer: respond-async</c> (RFC 7240), or as a stream.</summary>
internal readonly record struct Preference(bool Stream, bool Async, TimeSpan Wait)
{
    private static readonly TimeSpan s_default = TimeSpan.FromSeconds(5);
    private const int MostSeconds = 30;

    public static Preference Of(HttpRequest request)
    {
        var stream = request.Headers.Accept.Any(static accept => accept?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true);
        var (respondAsync, wait) = (false, s_default);
        foreach (var header in request.Headers["Prefer"])
        {
            foreach (var part in (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
            {
                if (part.Equals("respond-async", StringComparison.OrdinalIgnoreCase)) respondAsync = true;
                else if (part.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(part.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                {
                    wait = TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds));
                }
            }
        }

        return new Preference(stream, respondAsync, respondAsync ? TimeSpan.Zero : wait);
    }
}
