using System.Globalization;
using System.Text;

namespace Assistify.Load.Channels;

/// <summary>A channel as its customers and its provider's outbox are seen from outside.</summary>
/// <param name="Name">In <c>/sandbox/api/{name}</c>.</param>
/// <param name="Section">Its section in the configuration.</param>
/// <param name="Address">Of the customer with that number, as the outbox names him.</param>
/// <param name="NewId">An id for a message of that customer's as the provider gives ids.</param>
/// <param name="StoredId">What Assistify makes of the id.</param>
/// <param name="NamesSent">The provider gives what it accepts an id, by which it is found in the outbox again.</param>
/// <param name="SettlesLost">What became of a call whose answer was lost shows by itself: by a status, an echo, a question or a harmless repeat.</param>
/// <param name="SettlesAbsent">Also where the call was never made.</param>
internal sealed record TestedChannel(
    string Name, string Section, Func<long, string> Address, Func<Random, string> NewId, Func<string, string, string>? StoredId = null,
    bool NamesSent = true, bool SettlesLost = true, bool SettlesAbsent = true)
{
    public static readonly TestedChannel Twilio = new(
        "whatsapp", "Twilio", static n => string.Create(CultureInfo.InvariantCulture, $"whatsapp:+4477{n:D8}"), static random => "SM" + Hex(random, 16));

    public static readonly IReadOnlyList<TestedChannel> All =
    [
        Twilio,
        new("whatsapp-cloud", "WhatsApp", static n => string.Create(CultureInfo.InvariantCulture, $"4475{n:D8}"),
            static random => "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes(Hex(random, 18))), SettlesAbsent: false),
        new("facebook", "Messenger", static n => string.Create(CultureInfo.InvariantCulture, $"67{n:D14}"), static random => "m_" + Hex(random, 16), SettlesAbsent: false),
        new("instagram", "Instagram", static n => string.Create(CultureInfo.InvariantCulture, $"12{n:D14}"), static random => "aWdfZAG1f" + Hex(random, 20), SettlesAbsent: false),
        new("telegram", "Telegram", static n => string.Create(CultureInfo.InvariantCulture, $"5{n:D9}"),
            static random => random.NextInt64(1_000_000_000_000, 9_000_000_000_000).ToString(CultureInfo.InvariantCulture), SettlesLost: false, SettlesAbsent: false),
        new("slack", "Slack", static n => string.Create(CultureInfo.InvariantCulture, $"U{n:D10}"), static random => SlackTime(random), SettlesAbsent: false),
        new("wechat", "WeChat", static n => string.Create(CultureInfo.InvariantCulture, $"oGzRT6{n:D14}"),
            static random => random.NextInt64(100_000_000_000_000_000, 900_000_000_000_000_000).ToString(CultureInfo.InvariantCulture),
            NamesSent: false, SettlesLost: false, SettlesAbsent: false),
        new("custom", "Custom", static n => string.Create(CultureInfo.InvariantCulture, $"u-{n}"), static random => "msg_" + Hex(random, 14), static (_, id) => id["msg_".Length..]),
        new("shopify", "Shopify", static n => string.Create(CultureInfo.InvariantCulture, $"visitor-{n:D12}"), static random => Uuid(random),
            static (address, id) => $"visitor/{address}:{id}"),
    ];

    /// <summary>What a name on the command line means: one channel, or <c>all</c>.</summary>
    public static IReadOnlyList<TestedChannel>? Named(string name) =>
        name == "all" ? All : All.Where(channel => channel.Name == name).ToList() is { Count: > 0 } one ? one : null;

    private static string Hex(Random random, int bytes)
    {
        var id = new byte[bytes];
        random.NextBytes(id);
        return Convert.ToHexStringLower(id);
    }

    private static string Uuid(Random random)
    {
        var id = new byte[16];
        random.NextBytes(id);
        return new Guid(id).ToString();
    }

    // Seconds and microseconds of some moment of the year 2025.
    private static string SlackTime(Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"{random.Next(1_735_689_600, 1_767_225_600)}.{random.Next(1_000_000):D6}");
}
