using System.Globalization;
using Microsoft.Extensions.AI;

namespace Assistify.AiService.Providers;

/// <summary>What a million tokens cost, in US dollars.</summary>
internal sealed record ModelPrice(decimal Input, decimal Output, decimal Cached)
{
    // The makers' list prices; configuration goes before them. The longest beginning of a model's name that fits counts.
    private static readonly (string Model, ModelPrice Price)[] s_known =
    [
        ("gpt-5", new(1.25m, 10m, 0.125m)), ("gpt-5-mini", new(0.25m, 2m, 0.025m)), ("gpt-5-nano", new(0.05m, 0.40m, 0.005m)),
        ("gpt-4.1", new(2m, 8m, 0.50m)), ("gpt-4.1-mini", new(0.40m, 1.60m, 0.10m)), ("gpt-4.1-nano", new(0.10m, 0.40m, 0.025m)),
        ("gpt-4o", new(2.50m, 10m, 1.25m)), ("gpt-4o-mini", new(0.15m, 0.60m, 0.075m)),
        ("text-embedding-3-small", new(0.02m, 0m, 0.02m)), ("text-embedding-3-large", new(0.13m, 0m, 0.13m)), ("text-embedding-ada-002", new(0.10m, 0m, 0.10m)),
        ("claude-haiku-4-5", new(1m, 5m, 0.10m)), ("claude-3-5-haiku", new(0.80m, 4m, 0.08m)), ("claude-sonnet-4", new(3m, 15m, 0.30m)),
    ];

    /// <summary>Null where nobody told it.</summary>
    public static ModelPrice? Of(string model, IConfigurationSection configured)
    {
        if (Number(configured["InputPrice"]) is { } input && Number(configured["OutputPrice"]) is { } output)
            return new ModelPrice(input, output, Number(configured["CachedPrice"]) ?? input);
        return Known(model);
    }

    /// <summary>Of a model that only reads. Null where nobody told it.</summary>
    public static ModelPrice? OfEmbeddings(string model, IConfigurationSection configured) =>
        Number(configured["InputPrice"]) is { } input ? new ModelPrice(input, 0, input) : Known(model);

    private static ModelPrice? Known(string model) => s_known.Where(known => model.StartsWith(known.Model, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(known => known.Model.Length).Select(known => known.Price).FirstOrDefault();

    private static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public decimal Cost(TokenUse tokens) => (tokens.Fresh * Input + tokens.Cached * Cached + tokens.Output * Output) / 1_000_000m;
}

/// <summary>Tokens of one call or of several.</summary>
/// <param name="Input">As the provider tells it.</param>
/// <param name="Cached">Read from the provider's cache.</param>
/// <param name="Fresh">Input that was not: OpenAI counts cached tokens as input too, Anthropic beside it.</param>
internal sealed record TokenUse(long Input, long Output, long Cached, long Fresh)
{
    public static readonly TokenUse None = new(0, 0, 0, 0);

    public static TokenUse Of(UsageDetails usage, bool cachedApart)
    {
        var (input, cached) = (usage.InputTokenCount ?? 0, usage.CachedInputTokenCount ?? 0);
        return new TokenUse(input, usage.OutputTokenCount ?? 0, cached, cachedApart ? input : Math.Max(0, input - cached));
    }

    public static TokenUse operator +(TokenUse a, TokenUse b) => new(a.Input + b.Input, a.Output + b.Output, a.Cached + b.Cached, a.Fresh + b.Fresh);
}
