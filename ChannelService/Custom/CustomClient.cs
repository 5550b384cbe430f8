using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Assistify.ChannelService.Deliveries;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChannelService.Custom;

/// <summary>
/// Calls the workspace's own system. It knows a repeat by its id, so whatever was not certainly taken is sent again, on the
/// schedule that Standard Webhooks recommends, or sooner where the system has taken another message since: a customer waits for it.
/// </summary>
internal sealed class CustomClient(HttpClient http, TimeProvider time)
{
    // After the first call at once: about three days.
    private static readonly TimeSpan[] s_schedule =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private static readonly TimeSpan s_sooner = TimeSpan.FromSeconds(15);

    /// <param name="attempt">Counts from 1.</param>
    /// <param name="createdAt">When the message was to be sent first.</param>
    public async Task<SendResult> Send(
        CustomOptions options, string id, byte[] body, int attempt, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.CallbackUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(StandardWebhooks.IdHeader, id);
        request.Headers.Add(StandardWebhooks.TimestampHeader, timestamp);
        request.Headers.Add(StandardWebhooks.SignatureHeader, string.Join(' ', options.Keys.Select(key => StandardWebhooks.Sign(id, timestamp, body, key))));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode) return new SendResult.Accepted(id);
            return response.StatusCode == HttpStatusCode.Gone
                ? new SendResult.Refused("http_410", "The callback address is gone for good: the channel sends nothing until it is saved or tested, or has another address.")
                : Again($"http_{(int)response.StatusCode}", $"The callback address answered {(int)response.StatusCode} (Channels__Custom__CallbackUrl).", response.RetryAfter(time));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return Again("callback_unreachable", "The callback address does not answer (Channels__Custom__CallbackUrl).", null);
        }

        SendResult Again(string code, string error, TimeSpan? retryAfter)
        {
            var place = Place(attempt, time.GetUtcNow() - createdAt);
            if (place == s_schedule.Length) return new SendResult.Refused(code, error);

            // It is the schedule that ends this, not the age of the message.
            return new SendResult.NotSent(
                code, error, Longer(s_schedule[place], retryAfter), TimeSpan.MaxValue, OnlyThis: true,
                SoonerAfter: Longer(s_sooner * Math.Pow(2, Math.Min(attempt, 16) - 1), retryAfter));
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;

    /// <summary>Where in the schedule a failed attempt is. What was tried sooner than planned uses up nothing of it.</summary>
    private static int Place(int attempt, TimeSpan age)
    {
        var (place, planned) = (0, TimeSpan.Zero);
        while (place < Math.Min(attempt - 1, s_schedule.Length) && (planned += s_schedule[place]) <= age) place++;
        return place;
    }

    public static FailureClass ClassOf(string code) => code switch
    {
        "http_429" => FailureClass.RateLimited,
        "http_401" => FailureClass.Auth,
        "http_403" => FailureClass.Permission,
        "http_404" or "http_410" or "callback_gone" or "no_callback" => FailureClass.NotFound,
        "http_400" or "http_413" or "http_422" => FailureClass.InvalidRequest,
        "callback_unreachable" or "http_500" or "http_502" or "http_503" or "http_504" => FailureClass.Temporary,
        _ => FailureClass.Other,
    };
}
