namespace Assistify.AiService;

/// <summary>Wakes a worker before it would look by itself; ringing twice wakes it once.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        if (_rung.CurrentCount > 0) return;
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was as quick: once is enough.
        }
    }

    public Task Wait(TimeSpan most, CancellationToken cancellationToken) => _rung.WaitAsync(most, cancellationToken);

    public void Dispose() => _rung.Dispose();
}
