using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Assistify.Contracts;
using Assistify.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Messaging;

/// <summary>A broker may read no more from a publisher and go on with its heartbeats: then the connection is made anew, by the publisher.</summary>
[NonParallelizable]
public sealed class HeldBackPublisherTests
{
    [Test, CancelAfter(180_000)]
    public async Task A_publisher_whom_the_broker_holds_back_connects_anew(CancellationToken cancellationToken)
    {
        await using var broker = await TestBroker.Start();
        await using var way = new Way(new Uri(broker.ConnectionString).Port);
        using var service = Build(new UriBuilder(broker.ConnectionString) { Port = way.Port }.Uri);
        await service.StartAsync(cancellationToken);
        await service.PublishUntilConfirmed(new EventsRecorded([]), cancellationToken);

        way.HoldBack();
        await service.PublishUntilConfirmed(new EventsRecorded([]), cancellationToken);

        await service.StopAsync(cancellationToken);
    }

    private static IHost Build(Uri address)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", address.ToString())]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddMessaging("test", static _ => { });
        return builder.Build();
    }

    /// <summary>Hands on what clients and broker say to each other; of clients that are held back nothing more, and in the broker's place it says that all is well.</summary>
    private sealed class Way : IAsyncDisposable
    {
        // Type 8, channel 0, no content, the end.
        private static readonly byte[] s_heartbeat = [8, 0, 0, 0, 0, 0, 0, 0xCE];

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _ending = new();
        private readonly ConcurrentBag<CancellationTokenSource> _open = [];
        private readonly Task _accepting;

        public Way(int broker)
        {
            _listener.Start();
            _accepting = Accept(broker);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void HoldBack()
        {
            foreach (var one in _open) one.Cancel();
        }

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            _listener.Stop();
            await _accepting;
        }

        private async Task Accept(int broker)
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                    var held = new CancellationTokenSource();
                    _open.Add(held);
                    _ = Pass(client, broker, held.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private async Task Pass(TcpClient client, int port, CancellationToken held)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(held, _ending.Token);
            using (client)
            {
                try
                {
                    using var broker = new TcpClient();
                    await broker.ConnectAsync(IPAddress.Loopback, port, stop.Token);
                    await await Task.WhenAny(
                        client.GetStream().CopyToAsync(broker.GetStream(), stop.Token), broker.GetStream().CopyToAsync(client.GetStream(), stop.Token));
                }
                catch (OperationCanceledException) when (held.IsCancellationRequested && !_ending.IsCancellationRequested)
                {
                    await SayThatAllIsWell(client);
                }
                catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
                {
                    // One of the two ended it.
                }
            }
        }

        private async Task SayThatAllIsWell(TcpClient client)
        {
            try
            {
                for (; ; await Task.Delay(TimeSpan.FromSeconds(2), _ending.Token)) await client.GetStream().WriteAsync(s_heartbeat, _ending.Token);
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
            {
                // The client ended it, or the test is over.
            }
        }
    }
}
