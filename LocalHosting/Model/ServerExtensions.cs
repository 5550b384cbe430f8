using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>PostgreSQL in the model.</summary>
public static class PostgresBuilderExtensions
{
    /// <summary>Adds a private PostgreSQL server.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        LocalModel.Unsupported(userName is not null || password is not null || port is not null, "AddPostgres with a user name, password or port");
        return builder.Add(new PostgresServerResource(name));
    }

    /// <summary>Adds a database to the server.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = builder.ApplicationBuilder.Add(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource));
        database.Resource.Dependencies.Add(builder.Resource);
        return database;
    }

    /// <summary>Keeps the data over restarts, which a local server always does.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
}

/// <summary>Redis in the model.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>Adds a private Redis server.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        LocalModel.Unsupported(password is not null || port is not null, "AddRedis with a password or port");
        return builder.Add(new RedisResource(name));
    }
}

/// <summary>RabbitMQ in the model.</summary>
public static class RabbitMQBuilderExtensions
{
    /// <summary>Adds a private RabbitMQ broker.</summary>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        LocalModel.Unsupported(userName is not null || password is not null || port is not null, "AddRabbitMQ with a user name, password or port");
        return builder.Add(new RabbitMQServerResource(name));
    }

    /// <summary>Keeps the data over restarts, which a local broker always does.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
}

internal static class LocalModel
{
    public static IResourceBuilder<T> Add<T>(this IDistributedApplicationBuilder builder, T resource) where T : Resource =>
        ((DistributedApplicationBuilder)builder).Add(resource);

    public static void Unsupported(bool used, string what)
    {
        if (used) throw new NotSupportedException($"{what} is not supported on plain processes.");
    }
}
