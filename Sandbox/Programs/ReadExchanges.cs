using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Programs;

internal sealed record ExchangePage(IReadOnlyList<ExchangeView> Items, long? Next);

/// <summary><c>GET /sandbox/api/{channel}/exchanges</c>: the raw requests and answers, of one message or all that are kept, oldest first.</summary>
internal static class ReadExchanges
{
    public static ExchangePage Handle(ExchangeLog log, Provider provider, string? message, long? after, int? limit)
    {
        var size = Math.Clamp(limit ?? 100, 1, 1000);
        var found = log.Read(provider.Channel, message, after ?? 0, size + 1);
        var more = found.Count > size;
        if (more) found.RemoveAt(size);
        return new ExchangePage(found.ConvertAll(ExchangeView.Of), more ? found[^1].Number : null);
    }
}
