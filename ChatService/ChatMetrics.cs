using System.Diagnostics;
using System.Diagnostics.Metrics;
using Assistify.ChatService.Conversations;
using Assistify.Contracts;

namespace Assistify.ChatService;

internal sealed class ChatMetrics : IDisposable
{
    public static readonly ActivitySource Source = new("Assistify.Chat");

    private readonly Meter _meter = new("Assistify.Chat");
    private readonly Counter<long> _handled;
    private readonly Counter<long> _stored;
    private readonly Histogram<double> _batch;

    public ChatMetrics()
    {
        _handled = _meter.CreateCounter<long>("assistify.chat.handled", "{message}", "Messages of the partitions that were handled");
        _stored = _meter.CreateCounter<long>("assistify.chat.stored", "{message}", "Messages of conversations that were stored");
        _batch = _meter.CreateHistogram<double>("assistify.chat.batch", "s", "From the start of a batch until all of it was published");
    }

    public void BatchHandled(int messages, List<StoredMessage> stored, TimeSpan took)
    {
        _handled.Add(messages);
        _batch.Record(took.TotalSeconds);
        foreach (var author in stored.CountBy(static message => message.Author))
            _stored.Add(author.Value, new KeyValuePair<string, object?>("author", MessageView.NameOf(author.Key)));
    }

    public void Dispose() => _meter.Dispose();
}
