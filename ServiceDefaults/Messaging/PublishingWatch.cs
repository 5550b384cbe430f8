using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Assistify.ServiceDefaults;

/// <summary>
/// Ends the bus's connection where nothing that is published over it is confirmed any more, though the broker takes messages of others; the bus
/// then makes a new one. A broker that was killed can come back and hold one publisher back for ever: it reads no more from him and goes on with
/// its heartbeats, so that neither side sees anything wrong.
/// </summary>
internal sealed partial class PublishingWatch(MessagingSettings settings, TimeProvider time, ILogger<PublishingWatch> logger) : BackgroundService, IPublishObserver
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    // One message that its sender gave up says nothing: others must have been tried after it, and lately.
    private static readonly TimeSpan s_leastTried = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_lately = TimeSpan.FromSeconds(30);

    // What was under way is delivered again by the new connection, and that is counted.
    private static readonly TimeSpan s_atMostEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private List<(Socket Socket, long At)> _sockets = [];
    private long _silentSince;
    private long _lastTried;
    private long _ended;

    /// <summary>Remembers the connections that the bus makes.</summary>
    public void Watch(ConnectionFactory factory) => factory.SocketFactory = family =>
    {
        var client = ConnectionFactoryBase.DefaultSocketFactory(family);
        lock (_gate) _sockets = [.. _sockets.Where(one => one.Socket.Connected), (client.Client, time.GetTimestamp())];
        return client;
    };

    public Task PrePublish<T>(PublishContext<T> context) where T : class
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(Interlocked.Exchange(ref _lastTried, now), now) > s_lately) Interlocked.Exchange(ref _silentSince, now);
        else Interlocked.CompareExchange(ref _silentSince, now, 0);
        return Task.CompletedTask;
    }

    public Task PostPublish<T>(PublishContext<T> context) where T : class
    {
        Interlocked.Exchange(ref _silentSince, 0);
        return Task.CompletedTask;
    }

    /// <summary>Whatever else went wrong, the connection was there to tell of it, or is made anew already.</summary>
    public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class
    {
        if (exception is not (OperationCanceledException or TimeoutException)) Interlocked.Exchange(ref _silentSince, 0);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(s_every, time, stoppingToken);
            if (_ended != 0 && !Waited(_ended, s_atMostEvery)) continue;
            var since = Interlocked.Read(ref _silentSince);
            if (IsSilent(since) && await TakesMessages(stoppingToken) && Interlocked.CompareExchange(ref _silentSince, 0, since) == since) End(since);
        }
    }

    private bool IsSilent(long since)
    {
        var tried = Interlocked.Read(ref _lastTried);
        return Waited(since, s_patience) && !Waited(tried, s_lately) && time.GetElapsedTime(since, tried) >= s_leastTried;
    }

    private bool Waited(long since, TimeSpan howLong) => since != 0 && time.GetElapsedTime(since) >= howLong;

    /// <summary>Over a connection of its own; not while the broker is short of memory or disk and takes nothing of anybody.</summary>
    private async Task<bool> TakesMessages(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_patience / 3);
        try
        {
            await using var connection = await settings.Connect("watch", deadline.Token);
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), deadline.Token);
            // To nobody: the broker confirms what it may drop.
            await channel.BasicPublishAsync("", $"{settings.Service}-watch", mandatory: false, ReadOnlyMemory<byte>.Empty, deadline.Token);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void End(long since)
    {
        List<Socket> old;
        lock (_gate) old = [.. _sockets.Where(one => one.Socket.Connected && Waited(one.At, s_patience)).Select(one => one.Socket)];
        if (old.Count == 0) return;
        _ended = time.GetTimestamp();
        LogEnded((int)time.GetElapsedTime(since).TotalSeconds);
        foreach (var socket in old)
        {
            try
            {
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // It ended by itself.
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Nothing published was confirmed for {Seconds} s, though the broker takes messages; the connection is ended and made anew")]
    private partial void LogEnded(int seconds);
}
