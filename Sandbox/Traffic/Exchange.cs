using System.Text;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Traffic;

/// <summary>One request with its answer, as it went over the wire. Bodies stay bytes until somebody reads them.</summary>
internal sealed record Exchange(
    Provider Provider, bool ToAssistify, string Title, string? MessageSid, DateTimeOffset At, TimeSpan Took, string RequestHead, byte[] RequestBody,
    int Status, string AnswerHead, byte[] AnswerBody, string? Note)
{
    public long Number { get; set; }
}

/// <param name="Direction"><c>webhook</c> goes to Assistify, <c>call</c> comes from it.</param>
internal sealed record ExchangeView(
    long Number, string Channel, string Direction, string Title, string? MessageSid, DateTimeOffset At, double Milliseconds, string Request, int Status, string Answer, string? Note)
{
    public static ExchangeView Of(Exchange exchange) => new(
        exchange.Number, exchange.Provider.Channel, exchange.ToAssistify ? "webhook" : "call", Hide(exchange, exchange.Title), exchange.MessageSid, exchange.At,
        Math.Round(exchange.Took.TotalMilliseconds, 1), Hide(exchange, exchange.RequestHead, exchange.RequestBody), exchange.Status,
        exchange.Status == 0 ? "" : Hide(exchange, exchange.AnswerHead, exchange.AnswerBody), exchange.Note);

    private static string Hide(Exchange exchange, string head, byte[] body) =>
        Hide(exchange, $"{head}\n{Encoding.UTF8.GetString(body)}");

    private static string Hide(Exchange exchange, string whole)
    {
        var text = new StringBuilder(whole);
        foreach (var secret in exchange.Provider.Secrets.Where(secret => secret.Length > 0)) text.Replace(secret, "…");
        return text.ToString();
    }
}
