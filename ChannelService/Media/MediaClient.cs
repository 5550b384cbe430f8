using System.Net;
using System.Net.Http.Headers;

namespace Assistify.ChannelService.Media;

/// <summary>The content of an attachment cannot be had.</summary>
/// <param name="isFinal">Asking again gives the same.</param>
internal sealed class MediaUnavailableException(string code, bool isFinal, TimeSpan? retryAfter = null) : Exception($"The medium cannot be fetched ({code}).")
{
    public string Code => code;

    public bool IsFinal => isFinal;

    public TimeSpan? RetryAfter => retryAfter;
}

/// <summary>
/// Fetches what providers keep. Where it connects to is checked for each hop, redirects included; credentials go only where the adapter
/// says that they belong.
/// </summary>
internal sealed class MediaClient(HttpClient http)
{
    private const int MostRedirects = 5;

    /// <summary>Credentials for the provider's own hosts: the API's address as configured, and by https the named domains.</summary>
    public static Func<Uri, AuthenticationHeaderValue?> Bearer(string? token, string apiBaseUrl, params string[] domains) => uri =>
        Uri.Compare(uri, new Uri(apiBaseUrl), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        || (uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && domains.Any(domain =>
            uri.IdnHost.Equals(domain, StringComparison.OrdinalIgnoreCase) || uri.IdnHost.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase)))
            ? new AuthenticationHeaderValue("Bearer", token)
            : null;

    /// <param name="credentials">Those for an address of the provider; null for any other address.</param>
    /// <returns>A successful response whose content was not read yet.</returns>
    /// <exception cref="MediaUnavailableException">The provider does not give it.</exception>
    public async Task<HttpResponseMessage> Get(
        string? address, Func<Uri, AuthenticationHeaderValue?>? credentials, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) throw new MediaUnavailableException("no_address", isFinal: true);
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp) throw new MediaUnavailableException("no_address", isFinal: true);
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            request.Headers.Authorization = credentials?.Invoke(uri);
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK) return response;

            using (response)
            {
                if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || response.Headers.Location is not { } location)
                {
                    throw new MediaUnavailableException(
                        $"http_{(int)response.StatusCode}", response.StatusCode == HttpStatusCode.Gone, response.Headers.RetryAfter?.Delta);
                }

                uri = new Uri(uri, location);
            }
        }

        throw new MediaUnavailableException("too_many_redirects", isFinal: true);
    }
}
