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

    [Test]
    public void A_changed_key_reads_what_the_previous_one_wrote_and_writes_with_the_new_one()
    {
        var (old, current) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var stored = With(old).Protect("token", "connection/1");
        var changing = With(current, old);

        Assert.That(changing.UnprotectText(stored, "connection/1"), Is.EqualTo("token"));
        Assert.That(() => changing.Unprotect(stored, "connection/2"), Throws.InstanceOf<CryptographicException>());
        Assert.That(() => With(current).Unprotect(stored, "connection/1"), Throws.InstanceOf<CryptographicException>());
        Assert.That(With(current).UnprotectText(changing.Protect("token", "connection/1"), "connection/1"), Is.EqualTo("token"));
        Assert.That(() => With(current, "no key"), Throws.InvalidOperationException.With.Message.Contains("Secrets:PreviousKey"));
    }

    private static Secrets With(string key, string? previous = null) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Secrets:Key", key), new("Secrets:PreviousKey", previous)]).Build());
}
