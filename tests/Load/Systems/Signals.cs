using System.Runtime.InteropServices;

namespace Assistify.Load.Systems;

/// <summary>Signals to processes by id; one that is already gone is no error.</summary>
internal static partial class Signals
{
    private const int SigTerm = 15;

    public static bool Terminate(int pid) => Send(pid, SigTerm) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int pid, int signal);
}
