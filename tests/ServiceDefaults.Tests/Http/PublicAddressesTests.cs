using System.Net;
using System.Net.Sockets;
using Assistify.ServiceDefaults.Http;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests.Http;

public sealed class PublicAddressesTests
{
    [TestCase("8.8.8.8", true)]
    [TestCase("2606:4700::1111", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("169.254.169.254", false)]
    [TestCase("172.31.255.255", false)]
    [TestCase("172.32.0.1", true)]
    [TestCase("192.168.0.1", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("::ffff:10.0.0.1", false)]
    [TestCase("::ffff:8.8.8.8", true)]
    [TestCase("fd00::1", false)]
    [TestCase("fe80::1", false)]
    [TestCase("64:ff9b::7f00:1", false)]
    [TestCase("2002:7f00:1::", false)]
    public void Addresses_inside_are_not_public(string address, bool isPublic) =>
        Assert.That(PublicAddresses.IsPublic(IPAddress.Parse(address)), Is.EqualTo(isPublic));

    [TestCase("https://api.example.com/", true)]
    [TestCase("http://127.0.0.1/", false)]
    [TestCase("http://[::1]/", false)]
    [TestCase("http://localhost/", false)]
    [TestCase("http://2130706433/", false)]
    [TestCase("http://sandbox.internal:5005/x", true)]
    public void What_is_written_as_a_private_address_is_seen_at_once(string address, bool allowed) =>
        Assert.That(new PublicAddresses([new Uri("http://sandbox.internal:5005")]).Allows(new Uri(address)), Is.EqualTo(allowed));

    [Test]
    public async Task A_name_that_points_inwards_is_not_connected_to_unless_configuration_names_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        Assert.That(
            async () => await Get(new PublicAddresses([]), address),
            Throws.InstanceOf<HttpRequestException>().With.Property(nameof(HttpRequestException.HttpRequestError)).EqualTo(HttpRequestError.ConnectionError));
        Assert.That(listener.Pending(), Is.False);

        var answer = Get(new PublicAddresses([address]), address);
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.That(await answer, Is.EqualTo(HttpStatusCode.NoContent));
    }

    private static async Task<HttpStatusCode> Get(PublicAddresses addresses, Uri uri)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = addresses.Connect });
        using var response = await http.GetAsync(uri);
        return response.StatusCode;
    }
}
