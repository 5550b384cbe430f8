using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assistify.LocalHosting.Running;

/// <summary>The system's state as a small file for programs: tests and the load harness find addresses and process ids there.</summary>
internal sealed record SystemStatus(
    int ProcessId, bool Ready, string? Address, string? Dashboard, IReadOnlyList<ResourceStatus> Resources)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "run", "resources.json");
}

/// <summary><c>Name</c> is the instance's (<c>chat-1</c> where there are replicas), <c>Resource</c> the model's (<c>chat</c>).</summary>
internal sealed record ResourceStatus(
    string Name, string Resource, string Kind, string State, bool Healthy, int? ProcessId, int Starts, IReadOnlyList<string> Endpoints);

/// <summary>Keeps that file current: written beside and moved over, at most some times a second.</summary>
internal sealed class StatusFile(string path, Func<SystemStatus> read) : IAsyncDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _writing = new();
    private Task? _loop;

    public void Start() => _loop = Task.Run(Loop);

    public void Changed()
    {
        try
        {
            if (_changed.CurrentCount == 0) _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was faster.
        }
    }

    public void Write()
    {
        lock (_writing)
        {
            try
            {
                File.WriteAllText(path + ".new", JsonSerializer.Serialize(read(), SystemStatus.Json));
                File.Move(path + ".new", path, overwrite: true);
            }
            catch (IOException)
            {
                // A full disk: the next change tries again.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_loop is not null) await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        File.Delete(path);
        _ended.Dispose();
        _changed.Dispose();
    }

    private async Task Loop()
    {
        while (true)
        {
            await _changed.WaitAsync(_ended.Token);
            Write();
            await Task.Delay(50, _ended.Token);
        }
    }
}
