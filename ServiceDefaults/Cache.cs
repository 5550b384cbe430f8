using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Assistify.ServiceDefaults;

/// <summary>Redis is away or too slow. Nothing in it is the only copy of anything: go on without.</summary>
public sealed class CacheUnavailableException(Exception? inner = null) : Exception("The cache did not answer.", inner);

/// <summary>
/// Redis behind the few operations that Assistify needs. Asynchronous only, and every call is bounded: a call of the library has no
/// timeout of its own, and a synchronous one starves the thread pool. Connects at first use, in the background.
/// </summary>
public sealed class Cache : IDisposable
{
    private static readonly TimeSpan s_reconnectAfter = TimeSpan.FromSeconds(1);

    private readonly ConfigurationOptions _options;
    private readonly TimeSpan _timeout;
    private readonly Lock _connecting = new();
    private Task<ConnectionMultiplexer>? _connection;
    private long _failedAt;

    /// <param name="timeout">Bound of every call.</param>
    public Cache(string connectionString, TimeSpan? timeout = null)
    {
        _timeout = timeout ?? TimeSpan.FromMilliseconds(500);
        _options = ConfigurationOptions.Parse(connectionString);
        _options.AbortOnConnectFail = false;
        _options.ConnectRetry = 1;
        _options.ConnectTimeout = 2000;
        _options.SyncTimeout = 2000;
        // A dead connection is noticed by this, and tried anew as often.
        _options.KeepAlive = 5;
        _options.ReconnectRetryPolicy = new LinearRetry(500);
    }

    public async Task<string?> Get(string key, CancellationToken cancellationToken) =>
        await Call(database => database.StringGetAsync(key), cancellationToken);

    public Task Set(string key, string value, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Call(database => database.StringSetAsync(key, value, lifetime), cancellationToken);

    /// <returns>False where the key is there already.</returns>
    public Task<bool> SetIfAbsent(string key, string value, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Call(database => database.StringSetAsync(key, value, lifetime, When.NotExists), cancellationToken);

    public Task Delete(string key, CancellationToken cancellationToken) =>
        Call(database => database.KeyDeleteAsync(key), cancellationToken);

    /// <summary>Of two simultaneous calls one gets the value.</summary>
    public async Task<string?> GetAndDelete(string key, CancellationToken cancellationToken) =>
        (string?)await Call(
            database => database.ScriptEvaluateAsync(
                "local value = redis.call('GET', KEYS[1]) redis.call('DEL', KEYS[1]) return value",
                [key], null, CommandFlags.NoScriptCache),
            cancellationToken);

    /// <summary>Counts up; the lifetime runs from the first count.</summary>
    public async Task<long> Increment(string key, TimeSpan lifetime, CancellationToken cancellationToken) =>
        (long)await Call(
            database => database.ScriptEvaluateAsync(
                "local count = redis.call('INCR', KEYS[1]) if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end return count",
                [key], [(long)lifetime.TotalMilliseconds], CommandFlags.NoScriptCache),
            cancellationToken);

    /// <summary>Runs a script that gives integers. It is sent in full each time, so that a restarted server needs no special care.</summary>
    public async Task<long[]> Evaluate(
        string script, IReadOnlyList<string> keys, IReadOnlyList<long> arguments, CancellationToken cancellationToken)
    {
        var result = await Call(
            database => database.ScriptEvaluateAsync(
                script, [.. keys.Select(key => (RedisKey)key)], [.. arguments.Select(argument => (RedisValue)argument)],
                CommandFlags.NoScriptCache),
            cancellationToken);
        return (long[])result;
    }

    /// <summary>How long an answer takes now.</summary>
    public async Task<TimeSpan> Ping(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await Call(database => database.PingAsync(), cancellationToken);
        return Stopwatch.GetElapsedTime(start);
    }

    public void Dispose()
    {
        if (_connection is { IsCompletedSuccessfully: true } connection) connection.Result.Dispose();
    }

    private async Task<T> Call<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            var connection = Connection();
            var multiplexer = connection.IsCompletedSuccessfully ? connection.Result : await connection.WaitAsync(_timeout, cancellationToken);
            if (!multiplexer.IsConnected) throw new CacheUnavailableException();
            return await call(multiplexer.GetDatabase()).WaitAsync(_timeout, cancellationToken);
        }
        catch (Exception exception) when (
            exception is RedisException or TimeoutException or ObjectDisposedException or InvalidOperationException or SocketException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CacheUnavailableException(exception);
        }
    }

    private Task<ConnectionMultiplexer> Connection()
    {
        if (_connection is { IsCompletedSuccessfully: true } connected) return connected;
        lock (_connecting)
        {
            if (_connection is null || (_connection.IsFaulted && Stopwatch.GetElapsedTime(_failedAt) > s_reconnectAfter))
                _connection = Connect();
            return _connection;
        }
    }

    private Task<ConnectionMultiplexer> Connect() => Task.Run(async () =>
    {
        try
        {
            return await ConnectionMultiplexer.ConnectAsync(_options);
        }
        catch
        {
            Interlocked.Exchange(ref _failedAt, Stopwatch.GetTimestamp());
            throw;
        }
    });
}

/// <summary>Registers <see cref="Cache"/>.</summary>
public static class CacheExtensions
{
    /// <summary>Redis by <c>ConnectionStrings:cache</c>. Its absence degrades the service and never stops it.</summary>
    public static void AddCache(this IHostApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString("cache")
            ?? throw new InvalidOperationException("ConnectionStrings:cache is not set: the address of Redis.");
        builder.Services.AddSingleton(_ => new Cache(connectionString));
        builder.Services.AddHealthChecks()
            .AddCheck<CacheHealthCheck>("cache", HealthStatus.Degraded, ["ready"], timeout: TimeSpan.FromSeconds(1));
    }

    private sealed class CacheHealthCheck(Cache cache) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                var latency = await cache.Ping(cancellationToken);
                return HealthCheckResult.Healthy(string.Create(CultureInfo.InvariantCulture, $"{latency.TotalMilliseconds:0.0} ms"));
            }
            catch (CacheUnavailableException)
            {
                return HealthCheckResult.Degraded("Redis does not answer.");
            }
        }
    }
}
