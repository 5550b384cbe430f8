using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Assistify.ChannelService.Deliveries;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChannelService.Twilio;

/// <summary>Twilio's REST API, as far as messages need it. https://www.twilio.com/docs/messaging/api/message-resource</summary>
internal sealed class TwilioClient(HttpClient http, TimeProvider time)
{
    public const string Name = "twilio";
    private const int MaxPages = 200;

    /// <summary>One POST, never repeated here: what its end means is the ledger's to judge.</summary>
    public async Task<SendResult> Send(TwilioOptions options, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Post, new Uri(Base(options), $"{Messages(options)}.json"));
        request.Content = new FormUrlEncodedContent(form);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return await Read(response, cancellationToken);
        }
        catch (CircuitOpenException exception)
        {
            return new SendResult.NotSent("circuit_open", "Twilio failed repeatedly; calls are suspended for a while.", exception.RetryAfter, TimeSpan.FromHours(24));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return TwilioErrors.NotConnected("not_connected", "Twilio cannot be reached.");
        }
        catch (HttpRequestException exception)
        {
            return new SendResult.Unknown(exception.HttpRequestError.ToString());
        }
        catch (OperationCanceledException)
        {
            return new SendResult.Unknown("timeout");
        }
    }

    /// <summary>The account's messages that fit the query, page by page, in Twilio's order (newest first). Throws when Twilio cannot be asked.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TwilioMessage>> List(TwilioOptions options, string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = new Uri(Base(options), $"{Messages(options)}.json?{query}");
        for (var page = 0; page < MaxPages; page++)
        {
            var list = await Get(options, next, TwilioJson.Default.TwilioMessagePage, cancellationToken);
            yield return list.Messages ?? [];
            if (string.IsNullOrEmpty(list.NextPageUri)) yield break;
            next = SameHost(options, new Uri(Base(options), list.NextPageUri));
        }
    }

    public async Task<IReadOnlyList<TwilioMedia>> Media(TwilioOptions options, string sid, CancellationToken cancellationToken) =>
        (await Get(options, new Uri(Base(options), $"{Messages(options)}/{Uri.EscapeDataString(sid)}/Media.json"), TwilioJson.Default.TwilioMediaPage, cancellationToken)).MediaList ?? [];

    public static string Absolute(TwilioOptions options, string uri) => new Uri(Base(options), uri).AbsoluteUri;

    private async Task<T> Get<T>(
        TwilioOptions options, Uri uri, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = Request(options, HttpMethod.Get, uri);
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"Twilio answered {(int)response.StatusCode}.", null, response.StatusCode);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("Twilio answered null.");
    }

    private static HttpRequestMessage Request(TwilioOptions options, HttpMethod method, Uri uri)
    {
        // The credentials go to the configured address only, wherever an answer may point.
        var request = new HttpRequestMessage(method, SameHost(options, uri));
        request.Headers.Authorization = Credentials(options, uri);
        return request;
    }

    /// <returns>Null where the address is not the configured one.</returns>
    public static AuthenticationHeaderValue? Credentials(TwilioOptions options, Uri uri) => IsSameHost(options, uri)
        ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.AccountSid}:{options.AuthToken}")))
        : null;

    private static Uri Base(TwilioOptions options) => new(options.ApiBaseUrl.TrimEnd('/') + "/");

    private static string Messages(TwilioOptions options) => $"2010-04-01/Accounts/{Uri.EscapeDataString(options.AccountSid!)}/Messages";

    private static Uri SameHost(TwilioOptions options, Uri uri) =>
        IsSameHost(options, uri) ? uri : throw new InvalidOperationException("Twilio pointed to another host.");

    private static bool IsSameHost(TwilioOptions options, Uri uri) =>
        Uri.Compare(uri, Base(options), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private async Task<SendResult> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var answer = await ReadAnswer(response, cancellationToken);
        if (response.IsSuccessStatusCode)
            return string.IsNullOrEmpty(answer?.Sid) ? new SendResult.Unknown("unreadable_answer") : new SendResult.Accepted(answer.Sid);

        return TwilioErrors.Classify(response.StatusCode, answer?.Code, answer?.Message, response.RetryAfter(time));
    }

    private static async Task<TwilioAnswer?> ReadAnswer(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, TwilioJson.Default.TwilioAnswer, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate in an escape.
            return null;
        }
    }
}
