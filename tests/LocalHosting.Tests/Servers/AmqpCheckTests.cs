using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Assistify.LocalHosting.Servers;
using NUnit.Framework;

namespace Assistify.LocalHosting.Tests.Servers;

internal sealed class AmqpCheckTests
{
    [Test]
    public async Task Nobody_listening_is_not_a_broker()
    {
        Assert.That(await AmqpCheck.Opens(1, "user", "password", CancellationToken.None), Is.False);
    }

    [TestCase("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [TestCase("AMQP\u0000\u0000\u0009\u0001")]
    [TestCase("\u0001\u0000\u0000\u007f\u007f\u007f\u007f")]
    [TestCase("\u0001\u0000\u0000\u0000\u0000\u0000\u0002\u0000\u000a\u00ce")]
    [TestCase("")]
    public async Task Somebody_else_on_the_port_is_not_a_broker(string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(says));
        });

        Assert.That(await AmqpCheck.Opens(((IPEndPoint)listener.LocalEndpoint).Port, "user", "password", CancellationToken.None), Is.False);
        await answering;
    }

    [Test]
    public async Task One_that_accepts_and_says_nothing_does_not_hold_the_check_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var watch = Stopwatch.StartNew();

        Assert.That(await AmqpCheck.Opens(((IPEndPoint)listener.LocalEndpoint).Port, "user", "password", CancellationToken.None), Is.False);
        // Not for ever: how long is the check's own patience and the machine's.
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }
}
