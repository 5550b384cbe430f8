using Assistify.LocalHosting.Processes;

namespace Assistify.LocalHosting.State;

/// <summary>A file with a secret in it, readable by the server's user only from its first byte on.</summary>
internal static class PrivateFile
{
    public static async Task Write(string path, string text, ServerUser? user, CancellationToken cancellationToken)
    {
        File.Delete(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var file = new StreamWriter(path, options)) await file.WriteAsync(text.AsMemory(), cancellationToken);
        ServerUser.Give(user, path);
    }
}
