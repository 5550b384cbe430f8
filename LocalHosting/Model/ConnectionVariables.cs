using System.Data.Common;
using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The variables by which a service finds a server: the connection string, and its parts for programs that want those.</summary>
internal static class ConnectionVariables
{
    public static IEnumerable<EnvironmentVariable> Of(IResourceWithConnectionString source, string name)
    {
        var value = source.GetConnectionStringAsync().AsTask().GetAwaiter().GetResult()
            ?? throw new InvalidOperationException($"The resource '{source.Name}' has no connection string.");
        yield return new EnvironmentVariable($"ConnectionStrings__{name}", value, IsSecret: true);

        var parts = source switch
        {
            PostgresServerResource or PostgresDatabaseResource => Postgres(value),
            RabbitMQServerResource => Broker(value),
            RedisResource => Redis(value),
            _ => [],
        };
        foreach (var (part, text, secret) in parts)
            yield return new EnvironmentVariable(Upper($"{name}_{part}"), text, secret);
    }

    /// <summary>Upper case with <c>_</c> for everything that a variable's name cannot hold.</summary>
    public static string Upper(string name)
    {
        var upper = string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
        return char.IsAsciiDigit(upper[0]) ? "_" + upper : upper;
    }

    private static IEnumerable<(string, string, bool)> Postgres(string value)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = value };
        var (host, port, user, password) = (Text("Host"), Text("Port"), Text("Username"), Text("Password"));
        var database = parts.ContainsKey("Database") ? Text("Database") : "";
        yield return ("HOST", host, false);
        yield return ("PORT", port, false);
        yield return ("USERNAME", user, false);
        yield return ("PASSWORD", password, true);
        yield return ("URI", $"postgresql://{user}:{password}@{host}:{port}/{database}", true);
        yield return ("JDBCCONNECTIONSTRING", $"jdbc:postgresql://{host}:{port}/{database}", false);
        if (database.Length > 0) yield return ("DATABASENAME", database, false);

        string Text(string key) => Convert.ToString(parts[key], CultureInfo.InvariantCulture) ?? "";
    }

    private static IEnumerable<(string, string, bool)> Broker(string value)
    {
        var uri = new Uri(value);
        var credentials = uri.UserInfo.Split(':');
        yield return ("HOST", uri.Host, false);
        yield return ("PORT", $"{uri.Port}", false);
        yield return ("USERNAME", credentials[0], false);
        yield return ("PASSWORD", credentials[1], true);
        yield return ("URI", value, true);
    }

    // host:port,password=…
    private static IEnumerable<(string, string, bool)> Redis(string value)
    {
        var parts = value.Split(',');
        var address = parts[0].Split(':');
        var password = parts[1]["password=".Length..];
        yield return ("HOST", address[0], false);
        yield return ("PORT", address[1], false);
        yield return ("PASSWORD", password, true);
        yield return ("URI", $"redis://:{password}@{parts[0]}", true);
    }
}
