using System.Globalization;
using System.Threading.Channels;

namespace Assistify.LocalHosting.Processes;

internal readonly record struct LogLine(int Number, string Text, bool IsError);

/// <summary>What a resource prints: on the terminal with the resource's name before it, in a file of bounded size, and live for watchers.</summary>
internal sealed class ResourceLog : IDisposable
{
    private const long MaxFileBytes = 8 * 1024 * 1024;
    private const int KeptFiles = 3;
    private const int KeptLines = 1_000;
    private const int MaxLineLength = 8_192;

    private readonly string _path;
    private readonly Action<string> _terminal;
    private readonly TimeProvider _time;
    private readonly Queue<LogLine> _recent = new(KeptLines);
    private readonly List<ChannelWriter<LogLine>> _watchers = [];
    private readonly Lock _lock = new();
    private StreamWriter? _file;
    private long _size;
    private int _number;

    public ResourceLog(string path, Action<string> terminal, TimeProvider time)
    {
        _path = path;
        _terminal = terminal;
        _time = time;
    }

    public string FilePath => _path;

    public void Write(string text, bool isError = false)
    {
        if (text.Length > MaxLineLength) text = text[..MaxLineLength] + "…";
        lock (_lock)
        {
            var stamped = _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) + " " + text;
            Append(stamped);
            var line = new LogLine(++_number, stamped, isError);
            if (_recent.Count == KeptLines) _recent.Dequeue();
            _recent.Enqueue(line);
            foreach (var watcher in _watchers) watcher.TryWrite(line);
        }

        _terminal(text);
    }

    public string? LastLine
    {
        get
        {
            lock (_lock) return _recent.Count == 0 ? null : _recent.Last().Text;
        }
    }

    /// <summary>The recent lines and, if asked, all that follow until cancelled. A slow watcher loses lines rather than slowing the rest.</summary>
    public async IAsyncEnumerable<LogLine> Watch(
        bool follow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            foreach (var line in _recent) channel.Writer.TryWrite(line);
            if (follow) _watchers.Add(channel.Writer);
            else channel.Writer.Complete();
        }

        try
        {
            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken)) yield return line;
        }
        finally
        {
            lock (_lock) _watchers.Remove(channel.Writer);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Append(string line)
    {
        try
        {
            if (_file is null || _size > MaxFileBytes) Open();
            _file!.WriteLine(line);
            _size += line.Length + 1;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // A full disk must not take the system down through its logs; the terminal still has the line.
            _file = null;
        }
    }

    private void Open()
    {
        _file?.Dispose();
        if (File.Exists(_path) && new FileInfo(_path).Length > MaxFileBytes)
        {
            for (var index = KeptFiles - 1; index >= 1; index--)
            {
                if (File.Exists($"{_path}.{index}")) File.Move($"{_path}.{index}", $"{_path}.{index + 1}", overwrite: true);
            }

            File.Move(_path, $"{_path}.1", overwrite: true);
        }

        _file = new StreamWriter(new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        _size = new FileInfo(_path).Length;
    }
}
