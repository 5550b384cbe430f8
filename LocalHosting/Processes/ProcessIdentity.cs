using System.Globalization;

namespace Assistify.LocalHosting.Processes;

/// <summary>A process that cannot be mistaken for a later one with the same id: with its start time and the boot it belongs to.</summary>
internal sealed record ProcessIdentity(int ProcessId, long StartTime, string Boot)
{
    public bool IsAlive => Of(ProcessId) == this;

    public static ProcessIdentity? Of(int processId)
    {
        try
        {
            // pid (name, may hold blanks and brackets) state ppid … ; field 22 is the start in ticks since boot
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // A zombie has ended; its parent only has not looked yet.
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(
                processId, long.Parse(fields[19], CultureInfo.InvariantCulture), File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ProcessId} {StartTime} {Boot}");

    public static ProcessIdentity? Parse(string text)
    {
        var parts = text.Trim().Split(' ');
        return parts.Length == 3
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var processId) && processId > 1
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var startTime)
            ? new ProcessIdentity(processId, startTime, parts[2])
            : null;
    }
}
