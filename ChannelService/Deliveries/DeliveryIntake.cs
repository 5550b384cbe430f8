using System.Diagnostics;
using Assistify.ChannelService.Connections;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Deliveries;

/// <summary>
/// Writes deliveries to the ledger, many with one commit, each after its conversation's delivery before it. What can be sent
/// at once is claimed in the same round trip and handed to the senders.
/// </summary>
internal sealed class DeliveryIntake
{
    private const int Remembered = 50_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Ledger _ledger;
    private readonly ChannelAdapters _adapters;
    private readonly ServedConnections _connections;
    private readonly DeliverySender _sender;
    private readonly DeliveryNews _news;
    private readonly TimeProvider _time;
    private readonly Batcher<(DeliverMessage Message, string? Trace), bool> _batcher;

    // Ids that are certainly in the ledger: most deliveries find the one before them here.
    private HashSet<Guid> _recent = [];
    private HashSet<Guid> _older = [];

    public DeliveryIntake(
        Ledger ledger, ChannelAdapters adapters, ServedConnections connections, DeliverySender sender, DeliveryNews news, TimeProvider time)
    {
        _ledger = ledger;
        _adapters = adapters;
        _connections = connections;
        _sender = sender;
        _news = news;
        _time = time;
        _batcher = new(Insert, maxItems: 200);
    }

    /// <summary>Returns when it is in the ledger.</summary>
    /// <exception cref="InvalidOperationException">The delivery before it did not arrive.</exception>
    public async Task Accept(DeliverMessage message, CancellationToken cancellationToken)
    {
        var trace = Activity.Current?.Id;
        var start = _time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = pause < TimeSpan.FromMilliseconds(500) ? pause * 2 : pause)
        {
            if (await _batcher.Run((message, trace), cancellationToken)) return;
            if (_time.GetElapsedTime(start) > s_patience)
                throw new InvalidOperationException($"Delivery {message.PreviousDeliveryId} before {message.DeliveryId} is not in the ledger.");
            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<bool>> Insert(IReadOnlyList<(DeliverMessage Message, string? Trace)> items, CancellationToken cancellationToken)
    {
        var ready = await InOrder(items, cancellationToken);
        if (ready.Count > 0)
        {
            // Made on another replica a moment ago, or gone: only a look at the database can tell, and refusing is for good.
            if (ready.Any(place => _adapters.Find(items[place].Message.ConnectionId) is null)) await _connections.Refresh(cancellationToken);
            var rows = ready.SelectMany(place => Rows(items[place].Message, items[place].Trace)).ToList();
            var claim = await _sender.Reserve(rows.Where(row => row.Refusal is null).Select(row => (row.ConnectionId, row.Address)).Distinct().ToList(), cancellationToken);
            LedgerResult result;
            try
            {
                result = await _ledger.Insert(rows, claim, cancellationToken);
            }
            catch
            {
                _sender.Release(claim);
                throw;
            }

            foreach (var place in ready) Remember(items[place].Message.DeliveryId);
            _news.Publish(result.Changes);
            _sender.Start(result.Claimed, claim);
        }

        var done = new bool[items.Count];
        foreach (var place in ready) done[place] = true;
        return done;
    }

    /// <summary>The places of those whose predecessor is in the ledger, or goes there before them now.</summary>
    private async Task<List<int>> InOrder(IReadOnlyList<(DeliverMessage Message, string? Trace)> items, CancellationToken cancellationToken)
    {
        var unsure = items.Select(item => item.Message.PreviousDeliveryId).OfType<Guid>().Where(id => !_recent.Contains(id) && !_older.Contains(id)).ToHashSet();
        unsure.ExceptWith(items.Select(item => item.Message.DeliveryId));
        if (unsure.Count > 0)
            foreach (var id in await _ledger.Known(unsure, cancellationToken)) Remember(id);

        var placed = new HashSet<Guid>();
        var ready = new List<int>(items.Count);
        var open = Enumerable.Range(0, items.Count).ToList();
        bool progress;
        do
        {
            progress = open.RemoveAll(place =>
            {
                var message = items[place].Message;
                if (message.PreviousDeliveryId is { } previous && !placed.Contains(previous) && !_recent.Contains(previous) && !_older.Contains(previous)) return false;
                placed.Add(message.DeliveryId);
                ready.Add(place);
                return true;
            }) > 0;
        }
        while (progress && open.Count > 0);
        return ready;
    }

    private IEnumerable<NewRow> Rows(DeliverMessage message, string? trace)
    {
        var adapter = _adapters.Find(message.ConnectionId);
        var lacksTemplates = message.Template is not null && adapter is { TakesTemplates: false };
        IReadOnlyList<OutboundPart> parts = lacksTemplates ? [] : adapter?.Compose(message) ?? [];
        (string, string)? refusal = adapter is null
            ? ("no_connection", "The connection that this conversation came through is not configured any more.")
            : lacksTemplates ? ("no_templates", "This channel has no templates.")
            : parts.Count == 0 ? ("no_content", "The message has nothing that this channel could show.") : null;
        if (parts.Count == 0) parts = [new OutboundPart("")];
        return parts.Select((part, place) => new NewRow(
            message.DeliveryId, (short)place, (short)parts.Count, message.ConversationId, message.WorkspaceId, message.ConnectionId,
            (short)message.Partition, message.Address, part, message.Author == Author.Assistant, message.Version, trace, refusal,
            message.Author == Author.Agent ? message.WindowExpiresAt + adapter?.PeoplesGrace : message.WindowExpiresAt, adapter?.TellsReceipts ?? false));
    }

    // Only the batch under way comes here, one at a time.
    private void Remember(Guid deliveryId)
    {
        if (_recent.Count >= Remembered) (_older, _recent) = (_recent, []);
        _recent.Add(deliveryId);
    }
}
