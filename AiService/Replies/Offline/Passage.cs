using Assistify.Contracts;

namespace Assistify.AiService.Replies.Offline;

/// <summary>The part of an answer that deals with one wish.</summary>
/// <param name="Offers">Whether a person should be offered beside it.</param>
internal sealed record Passage(
    string Text, IReadOnlyList<Citation> Citations, IReadOnlyList<Card> Cards, IReadOnlyList<Recommendation> Recommendations, bool Offers = false)
{
    /// <summary>All of an entry, since nothing in it was asked for in particular.</summary>
    public bool IsWhole { get; init; }

    public static Passage Of(string text, bool offers = false) => new(text, [], [], [], offers);
}
