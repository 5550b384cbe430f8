using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

namespace Assistify.Sandbox;

/// <summary>What happens, told to the pages that are open. A page that reads too slowly loses the oldest events.</summary>
internal sealed class LiveEvents
{
    private readonly ConcurrentDictionary<Channel<string>, bool> _subscribers = new();

    public bool AnybodyWatching => !_subscribers.IsEmpty;

    /// <summary>Costs nothing while nobody watches: <paramref name="data"/> is only asked then.</summary>
    public void Publish<T>(string name, T source, Func<T, object> data)
    {
        if (_subscribers.IsEmpty) return;

        var text = $"event: {name}\ndata: {JsonSerializer.Serialize(data(source), JsonSerializerOptions.Web)}\n\n";
        foreach (var subscriber in _subscribers.Keys) subscriber.Writer.TryWrite(text);
    }

    public async Task Serve(HttpContext context, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var subscriber = Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
        _subscribers.TryAdd(subscriber, true);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(": open\n\n", ended.Token);
            await context.Response.Body.FlushAsync(ended.Token);
            await Write(context, subscriber.Reader, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the sandbox stops.
        }
        finally
        {
            _subscribers.TryRemove(subscriber, out _);
        }
    }

    private static async Task Write(HttpContext context, ChannelReader<string> events, CancellationToken cancellationToken)
    {
        while (true)
        {
            // A comment now and then, so that proxies keep the connection and a page that has gone is noticed.
            var more = events.WaitToReadAsync(cancellationToken).AsTask();
            while (await Task.WhenAny(more, Task.Delay(TimeSpan.FromSeconds(15), cancellationToken)) != more)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await context.Response.WriteAsync(": still here\n\n", cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
            }

            if (!await more) return;
            while (events.TryRead(out var text)) await context.Response.WriteAsync(text, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }
    }
}

internal static class LiveEventsEndpoint
{
    public static void MapLiveEvents(this IEndpointRouteBuilder app) =>
        app.MapGet("/sandbox/api/events", (HttpContext context, LiveEvents live, IHostApplicationLifetime lifetime) =>
            live.Serve(context, lifetime.ApplicationStopping));
}
