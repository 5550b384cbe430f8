namespace Assistify.LocalHosting.Processes;

/// <summary>The unprivileged account that runs a server when the host is root (Postgres refuses root, and no server needs it).</summary>
internal sealed record ServerUser(string Name, uint UserId, uint GroupId)
{
    /// <summary>The first of these accounts that exists; null where the host is not root, so that servers run as the host does.</summary>
    public static ServerUser? For(params string[] candidates)
    {
        if (!Posix.IsRoot) return null;

        foreach (var candidate in candidates.Append("nobody"))
        {
            if (Find(candidate) is { } user) return user;
        }

        throw new StartException($"The servers must not run as root, and none of the users {string.Join(", ", candidates)} exists here.");
    }

    public static void Give(ServerUser? user, string path)
    {
        if (user is not null) Posix.Own(path, user.UserId, user.GroupId);
    }

    private static ServerUser? Find(string name)
    {
        // name:x:uid:gid:comment:home:shell
        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            var fields = line.Split(':');
            if (fields.Length >= 4 && fields[0] == name
                && uint.TryParse(fields[2], out var userId) && uint.TryParse(fields[3], out var groupId))
                return new ServerUser(name, userId, groupId);
        }

        return null;
    }
}
