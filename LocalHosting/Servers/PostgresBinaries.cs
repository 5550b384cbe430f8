using Assistify.LocalHosting.Processes;

namespace Assistify.LocalHosting.Servers;

/// <summary>Where the machine's PostgreSQL is: Debian keeps each major version in a folder of its own outside PATH.</summary>
internal sealed record PostgresBinaries(string Postgres, string InitDb)
{
    public static PostgresBinaries Find()
    {
        var folders = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(MajorVersion).Select(folder => folder + "/bin").ToArray()
            : [];
        var postgres = Tool.Find("postgres", folders);
        var initdb = Tool.Find("initdb", folders);
        return postgres is not null && initdb is not null
            ? new PostgresBinaries(postgres, initdb)
            : throw new StartException("PostgreSQL is not installed: install the package postgresql.");
    }

    private static int MajorVersion(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
}
