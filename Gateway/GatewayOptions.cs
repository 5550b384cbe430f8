using System.Net;

namespace Assistify.Gateway;

/// <summary>The limits of the external contract; section <c>Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    public int OperatorPerSecond { get; init; } = 50;
    public int CustomerPerSecond { get; init; } = 5;
    public int SessionsPerMinutePerAddress { get; init; } = 60;
    public int LoginsPerMinutePerAddress { get; init; } = 10;

    /// <summary>Anonymous calls without a limit of their own: a page's worth of pictures at once must pass.</summary>
    public int AnonymousPerSecond => 4 * OperatorPerSecond;

    /// <exception cref="InvalidOperationException">A limit is not a positive number.</exception>
    public static LimitOptions From(IConfiguration configuration)
    {
        var limits = configuration.GetSection(Section).Get<LimitOptions>() ?? new LimitOptions();
        foreach (var (key, value) in new[]
        {
            (nameof(OperatorPerSecond), limits.OperatorPerSecond),
            (nameof(CustomerPerSecond), limits.CustomerPerSecond),
            (nameof(SessionsPerMinutePerAddress), limits.SessionsPerMinutePerAddress),
            (nameof(LoginsPerMinutePerAddress), limits.LoginsPerMinutePerAddress),
        })
        {
            if (value is < 1 or > 1_000_000) throw new InvalidOperationException($"{Section}__{key} must be between 1 and 1,000,000.");
        }

        return limits;
    }
}

/// <summary>Reads lists that are given as one value, separated by commas, semicolons or blanks.</summary>
internal static class ConfiguredLists
{
    public static string[] List(this IConfiguration configuration, string key) =>
        (configuration[key] ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static IEnumerable<IPNetwork> Networks(this IConfiguration configuration, string key) =>
        configuration.List(key).Select(value =>
        {
            if (IPNetwork.TryParse(value, out var network)) return network;
            if (IPAddress.TryParse(value, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
            throw new InvalidOperationException($"{key} holds {value}, which is neither an address nor a network such as 10.0.0.0/8.");
        });
}
