namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something the application consists of: a server, a database, a service, a value.</summary>
public interface IResource
{
    /// <summary>The unique name; it becomes part of environment variables and configuration keys.</summary>
    string Name { get; }
}

/// <summary>A resource that others reach by a connection string.</summary>
public interface IResourceWithConnectionString : IResource
{
    /// <summary>The connection string, as it is written into <c>ConnectionStrings__{name}</c>.</summary>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
}

/// <summary>A resource that takes environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that others find by name.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>A resource that can wait for others before it starts.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>What all resources have.</summary>
public abstract class Resource(string name) : IResource
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    internal List<EnvironmentSource> Environment { get; } = [];

    internal List<Resource> Dependencies { get; } = [];

    internal List<Endpoint> Endpoints { get; } = [];

    internal List<UrlForEndpoint> Urls { get; } = [];

    internal string? HealthPath { get; set; }

    internal int HealthStatusCode { get; set; } = 200;
}

/// <summary>A .NET project that runs as one or more processes.</summary>
public sealed class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    internal string ProjectPath { get; init; } = "";

    internal int Replicas { get; set; } = 1;
}

/// <summary>A value from outside, a secret mostly.</summary>
public sealed class ParameterResource : Resource
{
    private readonly Func<string> _value;

    internal ParameterResource(string name, Func<string> value, bool secret) : base(name)
    {
        _value = value;
        Secret = secret;
    }

    /// <summary>Whether the value must never be shown.</summary>
    public bool Secret { get; }

    internal string Read() => _value();
}

/// <summary>The private PostgreSQL server.</summary>
public sealed class PostgresServerResource(string name)
    : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints
{
    internal Func<string?, string> Connection { get; set; } = static _ => throw new InvalidOperationException("The server has no address yet.");

    /// <inheritdoc/>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(Connection(null));
}

/// <summary>One database on a PostgreSQL server, created when the server is up.</summary>
public sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithConnectionString
{
    /// <summary>The name inside the server.</summary>
    public string DatabaseName { get; } = databaseName;

    /// <summary>The server.</summary>
    public PostgresServerResource Parent { get; } = postgresParentResource;

    /// <inheritdoc/>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(Parent.Connection(DatabaseName));
}

/// <summary>The private Redis server.</summary>
public sealed class RedisResource(string name) : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints
{
    internal Func<string> Connection { get; set; } = static () => throw new InvalidOperationException("The server has no address yet.");

    /// <inheritdoc/>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(Connection());
}

/// <summary>The private RabbitMQ broker.</summary>
public sealed class RabbitMQServerResource(string name) : Resource(name), IResourceWithConnectionString, IResourceWithEndpoints
{
    internal Func<string> Connection { get; set; } = static () => throw new InvalidOperationException("The broker has no address yet.");

    /// <inheritdoc/>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(Connection());
}

/// <summary>A server that runs elsewhere and is known by the connection string in the configuration.</summary>
internal sealed class ExternalConnectionResource(string name, string connectionString) : Resource(name), IResourceWithConnectionString
{
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(connectionString);
}
