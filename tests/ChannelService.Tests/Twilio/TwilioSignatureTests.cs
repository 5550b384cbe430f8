using Assistify.ChannelService.Twilio;

namespace Assistify.ChannelService.Tests.Twilio;

public sealed class TwilioSignatureTests
{
    [TestCase("https://mycompany.com/myapp.php?foo=1&bar=2", "https://mycompany.com:443/myapp.php?foo=1&bar=2")]
    [TestCase("https://mycompany.com:443/myapp.php?foo=1", "https://mycompany.com/myapp.php?foo=1")]
    [TestCase("http://user:pass@MyCompany.com/x", "http://user:pass@MyCompany.com:80/x")]
    [TestCase("https://user:pass@mycompany.com:1234/x", "https://user:pass@mycompany.com/x")]
    [TestCase("https://mycompany.com", "https://mycompany.com:443")]
    [TestCase("https://mycompany.com?q=a:b@c/d", "https://mycompany.com:443?q=a:b@c/d")]
    [TestCase("http://[::1]/x", "http://[::1]:80/x")]
    public void The_address_counts_with_and_without_its_port(string url, string variant) =>
        Assert.That(TwilioSignature.PortVariants(url), Is.EqualTo([url, variant]));
}
