using System.Security.Cryptography;

namespace Assistify.Load.WhatsApp;

/// <summary>The Twilio account that the system under test is connected to, as its ChannelService was told.</summary>
/// <param name="SignedUrl">What Twilio signs: the public address without its fragment.</param>
internal sealed record TwilioAccount(string AccountSid, string AuthToken, string From, string SignedUrl)
{
    public static TwilioAccount Of(IReadOnlyDictionary<string, string> environment)
    {
        var url = Value("PublicUrl");
        return new TwilioAccount(Value("AccountSid"), Value("AuthToken"), Value("From"), url.Split('#')[0]);

        string Value(string key) => environment.TryGetValue($"Channels__Twilio__{key}", out var value)
            ? value
            : throw new InvalidOperationException($"ChannelService was given no Channels__Twilio__{key}.");
    }

    public static string NewSid(Random random)
    {
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        return "SM" + Convert.ToHexStringLower(id);
    }

    public static string NewSid() => "SM" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
