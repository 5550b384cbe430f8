using System.Text;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Traffic;

/// <summary>The last requests and answers of all channels, told to the open pages too.</summary>
internal sealed class ExchangeLog(LiveEvents live, TimeProvider time)
{
    private const int Kept = 2000;
    private const int LongestBody = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<Exchange> _exchanges = new(Kept);
    private long _last;

    public void Add(Webhook webhook, HttpRequestMessage request, HttpResponseMessage? response, WebhookOutcome outcome, TimeSpan took)
    {
        var head = new StringBuilder(512).Append(request.Method).Append(' ').Append(request.RequestUri!.PathAndQuery).Append('\n');
        if (request.Headers.Host is null) head.Append("Host: ").Append(request.RequestUri.Authority).Append('\n');
        Write(head, request.Headers);
        if (request.Content is { } content) Write(head, content.Headers);

        var answer = new StringBuilder(256);
        if (response is not null)
        {
            answer.Append((int)response.StatusCode).Append(' ').Append(response.ReasonPhrase).Append('\n');
            Write(answer, response.Headers);
            Write(answer, response.Content.Headers);
        }

        Add(new Exchange(
            webhook.Provider, true, webhook.Title, webhook.MessageSid, time.GetUtcNow() - took, took, head.ToString(), webhook.Body, outcome.Status, answer.ToString(),
            outcome.Body is null ? [] : Encoding.UTF8.GetBytes(outcome.Body), outcome.Error));
    }

    public void Add(Exchange exchange)
    {
        // Files are not worth the memory.
        if (exchange.RequestBody.Length > LongestBody) exchange = exchange with { RequestBody = exchange.RequestBody[..LongestBody] };
        if (exchange.AnswerBody.Length > LongestBody) exchange = exchange with { AnswerBody = exchange.AnswerBody[..LongestBody] };
        lock (_gate)
        {
            exchange.Number = ++_last;
            if (_exchanges.Count == Kept) _exchanges.Dequeue();
            _exchanges.Enqueue(exchange);
        }

        live.Publish("exchange", exchange, static e => ExchangeView.Of(e));
    }

    public List<Exchange> Read(string channel, string? messageSid, long after, int limit)
    {
        lock (_gate)
        {
            return
            [
                .. _exchanges
                    .Where(exchange => exchange.Number > after && exchange.Provider.Channel == channel && (messageSid is null || exchange.MessageSid == messageSid))
                    .Take(limit),
            ];
        }
    }

    private static void Write(StringBuilder text, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers)
    {
        foreach (var (name, values) in headers)
            text.Append(name).Append(": ").AppendJoin(", ", name == "Authorization" ? ["…"] : values).Append('\n');
    }
}
