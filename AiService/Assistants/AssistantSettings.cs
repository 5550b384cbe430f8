using System.ComponentModel.DataAnnotations;
using Assistify.AiService.Replies;

namespace Assistify.AiService.Assistants;

/// <summary>What a workspace decides about its assistant. Every change is a new version.</summary>
public sealed record AssistantSettings
{
    public const int ShortestAnswer = 200;

    public static readonly AssistantSettings BuiltIn = new();

    /// <summary>Told to models after the rules that hold for everybody: tone, names, what matters to the business.</summary>
    [StringLength(8_000)]
    public string Instructions { get; init => field = value ?? ""; } = "";

    /// <summary>In characters; the channel's own limit where it is lower, and where this is null.</summary>
    [Range(ShortestAnswer, 3_000)]
    public int? LongestAnswer { get; init; }

    /// <summary>Intents that are answered only in the words of the knowledge, never by a model.</summary>
    [MaxLength(60)]
    public IReadOnlyList<string> StrictTopics { get; init => field = value ?? []; } = [];

    /// <summary>Intents with which the customer goes to a person at once.</summary>
    [MaxLength(60)]
    public IReadOnlyList<string> HandOverTopics { get; init => field = value ?? []; } = [];

    public bool IsStrict(Plan plan) => plan.Wishes.Any(wish => StrictTopics.Contains(wish.Intent));

    public Plan Apply(Plan plan) => !plan.Wishes.Any(wish => HandOverTopics.Contains(wish.Intent)) ? plan : plan with
    {
        Wishes = [.. plan.Wishes.Select(wish => HandOverTopics.Contains(wish.Intent) ? wish with { Kind = WishKind.Person } : wish)],
        HandOver = true,
    };
}
