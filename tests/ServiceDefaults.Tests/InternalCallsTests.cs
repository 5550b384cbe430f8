using Assistify.Testing;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;

namespace Assistify.ServiceDefaults.Tests;

public sealed class InternalCallsTests
{
    private readonly ManualTime _time = new();

    [Test]
    public void A_signature_is_good_for_what_was_signed_under_our_key_and_for_minutes()
    {
        var calls = With(1);
        var signature = calls.Sign("POST /internal/media/1 abc");

        Assert.That(With(1).IsAuthentic("POST /internal/media/1 abc", signature), Is.True);
        Assert.That(calls.IsAuthentic("POST /internal/media/2 abc", signature), Is.False);
        Assert.That(With(2).IsAuthentic("POST /internal/media/1 abc", signature), Is.False);
        foreach (var wrong in new[] { null, "", ".", "x.y", signature + "0", signature.Split('.')[1], "1." + signature.Split('.')[1] })
            Assert.That(calls.IsAuthentic("POST /internal/media/1 abc", wrong), Is.False, wrong);

        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.That(calls.IsAuthentic("POST /internal/media/1 abc", signature), Is.False);
    }

    private InternalCalls With(byte key) => new(
        new Secrets(new ConfigurationBuilder().AddInMemoryCollection([new("Secrets:Key", Convert.ToBase64String([.. Enumerable.Repeat(key, 32)]))]).Build()), _time);
}
