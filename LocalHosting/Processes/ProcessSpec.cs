using System.Diagnostics;

namespace Assistify.LocalHosting.Processes;

/// <summary>How to start one process: nothing of the host's own environment reaches it but what is named here.</summary>
internal sealed record ProcessSpec(string FileName, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    public string WorkingDirectory { get; init; } = "/";

    public ServerUser? User { get; init; }

    /// <summary>What ends it gently: SIGTERM for most, SIGINT for Postgres ("fast": does not wait for clients).</summary>
    public int StopSignal { get; init; } = Posix.SigTerm;

    /// <summary>
    /// In a session of its own (setsid replaces itself by the program): Ctrl-C on the terminal reaches the host alone, which ends
    /// the others in order.
    /// </summary>
    public ProcessStartInfo ToStartInfo()
    {
        var info = new ProcessStartInfo("/usr/bin/setsid", [FileName, .. Arguments])
        {
            WorkingDirectory = WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (User is not null) info.UserName = User.Name;

        info.Environment.Clear();
        foreach (var (name, value) in Environment) info.Environment[name] = value;
        return info;
    }
}
