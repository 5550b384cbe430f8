using System.Net;
using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.ServiceDefaults.Http;

namespace Assistify.ChannelService.Deliveries;

/// <param name="Body">Null where it is no JSON object.</param>
/// <param name="RetryAfter">As the header asks.</param>
internal sealed record ProviderAnswer(HttpStatusCode Status, JsonElement? Body, TimeSpan? RetryAfter);

/// <summary>One call of a provider's API, never repeated here: what its end means is the ledger's to judge.</summary>
internal static class ProviderCall
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(24);

    /// <param name="provider">As people call it.</param>
    /// <param name="judge">What an answer means.</param>
    public static async Task<SendResult> Send(
        HttpClient http, HttpRequestMessage request, string provider, TimeProvider time, Func<ProviderAnswer, SendResult> judge, CancellationToken cancellationToken)
    {
        try
        {
            return judge(await Ask(http, request, time, cancellationToken));
        }
        catch (CircuitOpenException exception)
        {
            return new SendResult.NotSent("circuit_open", $"{provider} failed repeatedly; calls are suspended for a while.", exception.RetryAfter, s_patience);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new SendResult.NotSent("not_connected", $"{provider} cannot be reached.", null, s_patience);
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

    /// <summary>What a refusal of a harmless call says about the connection.</summary>
    public static ConnectionCheck Failed(SendResult refusal, string provider) => refusal switch
    {
        SendResult.NotSent notSent => new(false, notSent.Code, notSent.Error),
        SendResult.Refused refused => new(false, refused.Code, refused.Error),
        _ => new(false, "unreadable_answer", $"{provider}'s answer cannot be read."),
    };

    /// <summary>
    /// A refusal as the exception of a call that has to give something. Its status tells what kind it is, whatever the provider's own was:
    /// 429 too many calls, 401 the credentials, 503 not now, 403 never.
    /// </summary>
    public static HttpRequestException Refused(SendResult refusal, string provider, Func<string, FailureClass> classOf)
    {
        var (code, failure) = refusal switch
        {
            SendResult.NotSent notSent => (notSent.Code, classOf(notSent.Code)),
            SendResult.Refused refused => (refused.Code, classOf(refused.Code)),
            SendResult.Unknown unknown => (unknown.Code, FailureClass.Temporary),
            _ => ("unreadable_answer", FailureClass.Temporary),
        };
        return new HttpRequestException($"{provider} answered {code}.", null, failure switch
        {
            FailureClass.RateLimited or FailureClass.RateLimitedPair => HttpStatusCode.TooManyRequests,
            FailureClass.Temporary => HttpStatusCode.ServiceUnavailable,
            FailureClass.Auth => HttpStatusCode.Unauthorized,
            _ => HttpStatusCode.Forbidden,
        });
    }

    /// <summary>Throws where there is no answer.</summary>
    public static async Task<ProviderAnswer> Ask(HttpClient http, HttpRequestMessage request, TimeProvider time, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new ProviderAnswer(response.StatusCode, WireJson.Parse(body), response.RetryAfter(time));
    }
}
