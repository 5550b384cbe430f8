using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Assistify.LocalHosting.Processes;

/// <summary>The few calls of the operating system that .NET does not wrap.</summary>
internal static partial class Posix
{
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    public static bool IsRoot => GetEffectiveUserId() == 0;

    /// <summary>Sends a signal; a process that is already gone is no error.</summary>
    public static bool Signal(int processId, int signal) => Kill(processId, signal) == 0;

    public static void Own(string path, uint userId, uint groupId)
    {
        if (Chown(path, userId, groupId) != 0)
            throw new IOException($"The owner of {path} cannot be changed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint userId, uint groupId);
}
