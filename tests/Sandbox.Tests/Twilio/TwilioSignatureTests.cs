using Assistify.Sandbox.Twilio;
using NUnit.Framework;

namespace Assistify.Sandbox.Tests.Twilio;

/// <summary>Against the values that Twilio publishes with its own libraries.</summary>
internal sealed class TwilioSignatureTests
{
    private static readonly KeyValuePair<string, string>[] s_call =
    [
        new("To", "+18005551212"), new("Digits", "1234"), new("Caller", "+14158675309"), new("From", "+14158675309"), new("CallSid", "CA1234567890ABCDE"),
    ];

    [TestCase("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [TestCase("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [TestCase("http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4=")]
    [TestCase("https://MyCompany.com/myapp.php?foo=1&bar=2", "g9IN/x4Cft2g517EjYvEvM/W7LU=")]
    [TestCase("https://mycompany.com/myapp.php?foo=1&bar=2&Body=It's+amazing", "dsq4Ehbj6cs+KdTkpF5sSSplOWw=")]
    [TestCase("https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", "CukzLTc1tT5dXEDIHm/tKBanW10=")]
    public void Published_signatures_come_out(string url, string expected) =>
        Assert.That(TwilioSignature.Sign("12345", url, s_call), Is.EqualTo(expected));

    [Test]
    public void Values_of_a_repeated_parameter_count_once_and_sorted() =>
        Assert.That(
            TwilioSignature.Sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2",
                [new("Sid", "CA123"), new("SidAccount", "AC123"), new("Digits", "5678"), new("Digits", "1234"), new("Digits", "1234")]),
            Is.EqualTo("IK+Dwps556ElfBT0I3Rgjkr1wJU="));

    [Test]
    public void The_address_alone_is_signed_where_there_are_no_parameters() =>
        Assert.That(
            TwilioSignature.Sign("12345",
                "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620", []),
            Is.EqualTo("a9nBmqA0ju/hNViExpshrM61xv4="));
}
