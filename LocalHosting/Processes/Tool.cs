using System.Diagnostics;

namespace Assistify.LocalHosting.Processes;

/// <summary>Runs a short program to its end, such as initdb.</summary>
internal static class Tool
{
    public static async Task<(int ExitCode, string Output)> Run(ProcessSpec spec, CancellationToken cancellationToken)
    {
        using var process = Process.Start(spec.ToStartInfo())
            ?? throw new InvalidOperationException($"{spec.FileName} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, (await output + await errors).Trim());
    }

    /// <summary>The program's full path, in PATH or in one of the folders where distributions keep it outside PATH.</summary>
    public static string? Find(string name, params string[] folders)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(path).Append("/usr/sbin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
