namespace Assistify.LocalHosting.Processes;

/// <summary>
/// Remembers what was started, so that a host that was killed leaves nothing that blocks the next start of the same data folder.
/// </summary>
internal sealed class PidFiles(string folder)
{
    public void Write(string name, ProcessIdentity identity) => File.WriteAllText(PathOf(name), identity.ToString());

    public void Remove(string name) => File.Delete(PathOf(name));

    /// <summary>Ends what an earlier host left; gives their names.</summary>
    public async Task<IReadOnlyList<string>> EndOrphans(TimeSpan patience, CancellationToken cancellationToken)
    {
        var orphans = new List<(string Name, ProcessIdentity Identity)>();
        foreach (var file in Directory.GetFiles(folder, "*.pid"))
        {
            if (ProcessIdentity.Parse(await File.ReadAllTextAsync(file, cancellationToken)) is { IsAlive: true } identity)
                orphans.Add((Path.GetFileNameWithoutExtension(file), identity));
            else
                File.Delete(file);
        }

        // Postgres takes SIGTERM for "wait until every client has left", so it gets SIGQUIT; recovery brings back what was committed.
        foreach (var (_, identity) in orphans) Posix.Signal(identity.ProcessId, IsPostgres(identity) ? Posix.SigQuit : Posix.SigTerm);
        await Gone(orphans, patience, cancellationToken);
        foreach (var (_, identity) in orphans.Where(static orphan => orphan.Identity.IsAlive)) Posix.Signal(identity.ProcessId, Posix.SigKill);
        await Gone(orphans, TimeSpan.FromSeconds(3), cancellationToken);

        foreach (var (name, _) in orphans) Remove(name);
        return [.. orphans.Select(static orphan => orphan.Name)];
    }

    private static async Task Gone(
        List<(string Name, ProcessIdentity Identity)> orphans, TimeSpan patience, CancellationToken cancellationToken)
    {
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (orphans.Exists(static orphan => orphan.Identity.IsAlive) && Environment.TickCount64 < end)
            await Task.Delay(50, cancellationToken);
    }

    private static bool IsPostgres(ProcessIdentity identity)
    {
        try
        {
            return File.ReadAllText($"/proc/{identity.ProcessId}/comm").Trim() == "postgres";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name + ".pid");
}
