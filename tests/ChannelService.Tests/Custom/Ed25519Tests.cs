using Assistify.ChannelService.Custom;

namespace Assistify.ChannelService.Tests.Custom;

/// <summary>RFC 8032 §7.1.</summary>
public sealed class Ed25519Tests
{
    private const string Key1 = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private const string Signature1 = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    private const string Key2 = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private const string Signature2 = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    private const string Key3 = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
    private const string Signature3 = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

    [TestCase(Key1, "", Signature1)]
    [TestCase(Key2, "72", Signature2)]
    [TestCase(Key3, "af82", Signature3)]
    public void The_standards_signatures_are_right(string key, string message, string signature) => Assert.That(Verify(key, message, signature), Is.True);

    [Test]
    public void Another_message_key_or_signature_is_wrong()
    {
        Assert.That(Verify(Key2, "73", Signature2), Is.False);
        Assert.That(Verify(Key1, "72", Signature2), Is.False);
        Assert.That(Verify(Key2, "72", Signature3), Is.False);
        for (var bit = 0; bit < 512; bit += 37)
        {
            var signature = Convert.FromHexString(Signature2);
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(Ed25519.Verify(Convert.FromHexString(Key2), Convert.FromHexString("72"), signature), Is.False, $"bit {bit}");
        }
    }

    [Test]
    public void A_second_signature_made_by_adding_the_order_is_wrong()
    {
        // s + L is the same multiple of the base point, and must not be a second valid form.
        var order = System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        var signature = Convert.FromHexString(Signature2);
        var response = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        response.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);

        Assert.That(Ed25519.Verify(Convert.FromHexString(Key2), Convert.FromHexString("72"), signature), Is.False);
    }

    [Test]
    public void What_is_no_point_or_has_another_length_is_wrong()
    {
        var noPoint = new byte[32];
        noPoint[0] = 2;
        Assert.That(Ed25519.Verify(noPoint, "x"u8, Convert.FromHexString(Signature1)), Is.False);
        Assert.That(Ed25519.Verify(Convert.FromHexString(Key1), [], Convert.FromHexString(Signature1).AsSpan(1)), Is.False);
        Assert.That(Ed25519.Verify(Convert.FromHexString(Key1).AsSpan(1), [], Convert.FromHexString(Signature1)), Is.False);
        Assert.That(Ed25519.Verify(Enumerable.Repeat((byte)0xFF, 32).ToArray(), [], Convert.FromHexString(Signature1)), Is.False);
    }

    private static bool Verify(string key, string message, string signature) =>
        Ed25519.Verify(Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature));
}
