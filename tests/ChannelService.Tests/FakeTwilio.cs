using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Web;

namespace Assistify.ChannelService.Tests;

/// <summary>Twilio's message API in a few lines: keeps what it accepted, and fails as it is told to.</summary>
internal sealed class FakeTwilio(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Message> _messages = [];
    private int _sids;

    /// <summary>Decides on each send, by its form; null or <see cref="Mode.Accept"/> takes it.</summary>
    public Func<Message, Mode> OnSend { get; set; } = _ => Mode.Accept;

    public bool ListFails { get; set; }

    public string RetryAfter { get; set; } = "1";

    public int Calls { get; private set; }

    public IReadOnlyList<string?> Authorizations => _authorizations;

    private readonly List<string?> _authorizations = [];

    public IReadOnlyList<Message> Outbox
    {
        get
        {
            lock (_gate) return [.. _messages.Where(message => message.Direction == "outbound-api")];
        }
    }

    public void ReceiveInbound(string sid, string from, string to, string body, DateTimeOffset? at = null)
    {
        lock (_gate) _messages.Add(new Message(sid, from, to, body, null, null, "inbound", at ?? time.GetUtcNow()));
    }

    private async Task<HttpResponseMessage> Answer(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_gate) _authorizations.Add(request.Headers.Authorization?.ToString());
        if (request.Method == HttpMethod.Get) return List(request.RequestUri!);

        var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
        Message message;
        Mode mode;
        lock (_gate)
        {
            Calls++;
            message = new Message($"SM{++_sids:x32}", form["From"]!, form["To"]!, form["Body"] ?? "", form["MediaUrl"], form["StatusCallback"], "outbound-api", time.GetUtcNow(), $"{form["ContentSid"]} {form["ContentVariables"]}");
            mode = OnSend(message);
            if (mode is Mode.Accept or Mode.AcceptAndCut) _messages.Add(message);
        }

        return mode switch
        {
            Mode.Accept => Json(HttpStatusCode.Created, new { sid = message.Sid, status = "queued", error_code = (int?)null }),
            Mode.AcceptAndCut or Mode.Cut => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut"),
            Mode.RefuseConnection => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
            Mode.TooMany => WithRetryAfter(Json(HttpStatusCode.TooManyRequests, new { code = 20429, message = "Too Many Requests", status = 429 })),
            Mode.OptedOut => Json(HttpStatusCode.BadRequest, new { code = 21610, message = "Attempt to send to unsubscribed recipient", status = 400 }),
            _ => Json(HttpStatusCode.ServiceUnavailable, new { code = 20503, message = "Service unavailable", status = 503 }),
        };
    }

    private HttpResponseMessage List(Uri uri)
    {
        if (ListFails) return Json(HttpStatusCode.BadRequest, new { code = 20001, message = "no", status = 400 });
        var query = HttpUtility.ParseQueryString(uri.Query);
        lock (_gate)
        {
            var found = _messages
                .Where(message => (query["To"] is null || message.To == query["To"]) && (query["From"] is null || message.From == query["From"]))
                .Reverse()
                .Select(message => new
                {
                    sid = message.Sid, from = message.From, to = message.To, body = message.Body, direction = message.Direction, status = "sent",
                    num_media = message.MediaUrl is null ? "0" : "1", date_created = message.At.ToString("R", CultureInfo.InvariantCulture),
                })
                .ToList();
            return Json(HttpStatusCode.OK, new { messages = found, next_page_uri = (string?)null });
        }
    }

    private HttpResponseMessage WithRetryAfter(HttpResponseMessage response)
    {
        response.Headers.TryAddWithoutValidation("Retry-After", RetryAfter);
        return response;
    }

    private static HttpResponseMessage Json(HttpStatusCode status, object body) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") };

    /// <summary>A connection to it; the provider outlives those who call it.</summary>
    internal sealed class Line(FakeTwilio twilio) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            twilio.Answer(request, cancellationToken);
    }

    internal sealed record Message(
        string Sid, string From, string To, string Body, string? MediaUrl, string? StatusCallback, string Direction, DateTimeOffset At, string Content = " ");

    internal enum Mode
    {
        Accept,
        AcceptAndCut,
        Cut,
        RefuseConnection,
        TooMany,
        OptedOut,
        Broken,
    }
}
