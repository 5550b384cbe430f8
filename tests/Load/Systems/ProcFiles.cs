using System.Globalization;
using System.Text;

namespace Assistify.Load.Systems;

/// <summary>What the kernel tells about processes.</summary>
internal static class ProcFiles
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    public static bool Lives(int pid) => Status(pid) is { } status && status != 'Z';

    /// <summary>The environment that a process was started with.</summary>
    public static Dictionary<string, string> Environment(int pid)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/environ")).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = entry.IndexOf('=', StringComparison.Ordinal);
            if (at > 0) found[entry[..at]] = entry[(at + 1)..];
        }

        return found;
    }

    /// <summary>A process and everything that it started.</summary>
    public static List<int> Family(int pid) => Family(pid, Parents());

    /// <summary>Parent by process id, of all that run now.</summary>
    public static Dictionary<int, int> Parents()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Fields(pid) is { } fields)
                parents[pid] = int.Parse(fields[1], CultureInfo.InvariantCulture);
        }

        return parents;
    }

    public static List<int> Family(int pid, Dictionary<int, int> parents)
    {
        List<int> family = [pid];
        for (var i = 0; i < family.Count; i++)
            family.AddRange(parents.Where(entry => entry.Value == family[i]).Select(entry => entry.Key));
        return family;
    }

    /// <summary>Processor time of a process and of those of its children that ended.</summary>
    public static TimeSpan ProcessorTime(int pid) => Fields(pid) is { } fields
        ? TimeSpan.FromSeconds(fields[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond)
        : TimeSpan.Zero;

    /// <summary>Resident memory in bytes, shared pages divided among those who share them.</summary>
    public static long ProportionalMemory(int pid)
    {
        try
        {
            // Pss:               12345 kB
            var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static char? Status(int pid) => Fields(pid)?[0][0];

    // "pid (name, which may hold spaces and brackets) state ppid …"; from the state on, counted from 0.
    private static string[]? Fields(int pid)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
