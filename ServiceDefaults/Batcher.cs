using System.Threading.Channels;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Group commit: items that arrive while a batch is under way share the next one, so that many callers cost one round trip.
/// An idle batcher runs an item at once; a busy one starts a batch at most once in its <c>pace</c>, since a round trip costs
/// much the same for one item as for ten.
/// </summary>
/// <param name="run">Handles a batch; returns one result for each item, in the items' order.</param>
/// <param name="maxItems">Most items in one batch.</param>
/// <param name="maxConcurrent">Batches under way at the same time.</param>
/// <param name="pace">Between the starts of two batches that are not full; 10 ms if not given. Shorter where somebody waits for it, longer where nobody does.</param>
public sealed class Batcher<TItem, TResult>
{
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> _run;
    private readonly int _maxItems;
    private readonly int _maxConcurrent;
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>();
    private readonly Pace _pace;
    private int _running;

    public Batcher(
        Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> run, int maxItems, int maxConcurrent = 1,
        TimeSpan? pace = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxItems, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrent, 1);
        _run = run;
        _maxItems = maxItems;
        _maxConcurrent = maxConcurrent;
        _pace = new Pace(pace ?? Pace.Usual);
    }

    /// <summary>
    /// The item's result. A batch that fails is run again item by item, unless what failed is a server that cannot be reached,
    /// so that one bad item does not fail the others. A cancelled caller stops waiting; its item may still be handled.
    /// </summary>
    public Task<TResult> Run(TItem item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = new Entry(item, cancellationToken);
        _entries.Writer.TryWrite(entry);
        StartWorker();
        return entry.Completion.Task.WaitAsync(cancellationToken);
    }

    private void StartWorker()
    {
        var running = Volatile.Read(ref _running);
        while (running < _maxConcurrent)
        {
            var seen = Interlocked.CompareExchange(ref _running, running + 1, running);
            if (seen == running)
            {
                // Neither the caller's trace nor its other ambient state belongs to a batch of many callers.
                using (ExecutionContext.SuppressFlow())
                    _ = Task.Run(Work);
                return;
            }

            running = seen;
        }
    }

    private async Task Work()
    {
        while (true)
        {
            while (_entries.Reader.TryPeek(out _))
            {
                // A full batch has nobody to wait for.
                if (_entries.Reader.Count < _maxItems)
                    await _pace.Wait();
                if (TakeBatch() is { Count: > 0 } batch)
                    await RunBatch(batch);
            }

            Interlocked.Decrement(ref _running);

            // Something written between the last look and the decrement saw a full house and started nobody.
            if (!_entries.Reader.TryPeek(out _))
                return;
            if (Interlocked.Increment(ref _running) > _maxConcurrent)
            {
                Interlocked.Decrement(ref _running);
                return;
            }
        }
    }

    private List<Entry> TakeBatch()
    {
        var batch = new List<Entry>();
        while (batch.Count < _maxItems && _entries.Reader.TryRead(out var entry))
        {
            if (!entry.CancellationToken.IsCancellationRequested)
                batch.Add(entry);
        }

        return batch;
    }

    private async Task RunBatch(List<Entry> batch)
    {
        try
        {
            var results = await _run(batch.ConvertAll(static entry => entry.Item), CancellationToken.None);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Completion.TrySetResult(results[i]);
        }
        catch (Exception exception) when (batch.Count == 1 || Failures.IsUnavailable(exception))
        {
            foreach (var entry in batch)
                entry.Completion.TrySetException(exception);
        }
        catch (Exception)
        {
            foreach (var entry in batch)
                await RunBatch([entry]);
        }
    }

    private sealed record Entry(TItem Item, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<TResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
