using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests;

public sealed class SecretsTests
{
    private readonly Secrets _secrets = With(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    [Test]
    public void A_secret_comes_back_for_its_purpose_only()
    {
        var stored = _secrets.Protect("Grüße", "connection/1");

        Assert.That(_secrets.UnprotectText(stored, "connection/1"), Is.EqualTo("Grüße"));
        Assert.That(() => _secrets.Unprotect(stored, "connection/2"), Throws.InstanceOf<CryptographicException>());
        stored[^1] ^= 1;
        Assert.That(() => _secrets.Unprotect(stored, "connection/1"), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public void The_same_secret_never_looks_the_same() =>
        Assert.That(_secrets.Protect("x", "p"), Is.Not.EqualTo(_secrets.Protect("x", "p")));

    [TestCase("")]
    [TestCase("not base64!")]
    [TestCase("c2hvcnQ=")]
    public void A_wrong_key_stops_the_start_and_is_named(string key) =>
        Assert.That(() => With(key), Throws.InvalidOperationException.With.Message.Contains("Secrets:Key"));

    private static Secrets With(string key) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Secrets:Key", key)]).Build());
}
