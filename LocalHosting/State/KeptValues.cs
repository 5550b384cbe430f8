using System.Text.Json;

namespace Assistify.LocalHosting.State;

/// <summary>
/// Values made on the first start and used ever after (passwords, keys, ports), in a file that only the owner can read.
/// </summary>
internal sealed class KeptValues
{
    private readonly string _path;
    private readonly SortedDictionary<string, string> _values;
    private readonly Lock _lock = new();

    public KeptValues(string path)
    {
        _path = path;
        try
        {
            _values = File.Exists(path)
                ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path)) ?? []
                : [];
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"The data folder is damaged: {path} cannot be read ({damage.Message}).", damage);
        }
    }

    public string GetOrAdd(string name, Func<string> make)
    {
        lock (_lock)
        {
            if (_values.TryGetValue(name, out var kept)) return kept;

            var made = make();
            Keep(name, made);
            return made;
        }
    }

    public string? Find(string name)
    {
        lock (_lock) return _values.GetValueOrDefault(name);
    }

    public void Set(string name, string value)
    {
        lock (_lock) Keep(name, value);
    }

    // Written beside and moved over, so that a kill or a full disk leaves the old file or the new one.
    private void Keep(string name, string value)
    {
        _values[name] = value;
        var fresh = _path + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(file, _values, s_json);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, _path, overwrite: true);
    }

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };
}
