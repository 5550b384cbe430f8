using Assistify.LocalHosting.Processes;

namespace Assistify.LocalHosting.State;

/// <summary>Everything one instance keeps: servers' data, kept values, logs, process ids.</summary>
internal sealed class DataFolder : IDisposable
{
    // A start makes a cluster (40 MB), a write-ahead log and the broker's segments.
    private const long NeededBytes = 300L * 1024 * 1024;
    private readonly FileStream _lock;

    private DataFolder(string root, FileStream exclusive, KeptValues kept)
    {
        Root = root;
        _lock = exclusive;
        Kept = kept;
    }

    public string Root { get; }

    public KeptValues Kept { get; }

    public string Logs => Path.Combine(Root, "logs");

    public string RunFolder => Path.Combine(Root, "run");

    /// <summary>Opens the folder for this process alone, or says in one sentence why that cannot be.</summary>
    public static DataFolder Open(string root)
    {
        try
        {
            DataRoot.Create(root);
            foreach (var folder in new[] { "logs", "run" })
                Directory.CreateDirectory(Path.Combine(root, folder), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            var exclusive = Exclusive(root);
            CheckSpace(root);
            return new DataFolder(root, exclusive, new KeptValues(Path.Combine(root, "kept.json")));
        }
        catch (InvalidDataException damage)
        {
            throw new StartException(damage.Message, damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"The data folder {root} cannot be used: {failure.Message.TrimEnd('.')} (ASSISTIFY_DATA names another one).", failure);
        }
    }

    /// <summary>A subfolder that belongs to the server's user alone.</summary>
    public string ServerFolder(string name, ServerUser? user)
    {
        var folder = Path.Combine(Root, name);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ServerUser.Give(user, folder);
        return folder;
    }

    /// <summary>A folder under somebody's closed home, say, can be read by root but not by the servers' user.</summary>
    public async Task CheckReach(ServerUser? user, string folder, CancellationToken cancellationToken)
    {
        if (user is null) return;

        var (exitCode, _) = await Tool.Run(
            new ProcessSpec("/usr/bin/test", ["-w", folder], BaseEnvironment.Create()) { User = user }, cancellationToken);
        if (exitCode != 0)
        {
            throw new StartException(
                $"The user {user.Name}, as whom a server runs, cannot reach the data folder {Root}: "
                + "let others pass through the folders above it (chmod o+x), or name another folder in ASSISTIFY_DATA.");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Exclusive(string root)
    {
        var path = Path.Combine(root, "run", "lock");
        try
        {
            // FileShare.None is an flock that goes with the process, however that ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new StartException(
                $"The data folder {root} is used by another running instance: stop that one, or name another folder in ASSISTIFY_DATA.");
        }
    }

    private static void CheckSpace(string root)
    {
        var free = new DriveInfo(root).AvailableFreeSpace;
        if (free < NeededBytes)
        {
            throw new StartException(
                $"There is no disk space for the data folder {root}: {free / 1024 / 1024} MB are free and {NeededBytes / 1024 / 1024} MB are needed.");
        }
    }
}
