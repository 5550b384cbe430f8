namespace Assistify.LocalHosting.State;

internal static class DataRoot
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where root is the host, servers run as users of their own and must get through to their subfolders, which only they can read.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path)) return;
        var mode = Environment.IsPrivilegedProcess ? Own | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Own;
        Directory.CreateDirectory(path, mode);
        // The process's mask may have taken bits away.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}
