using Assistify.AiService.Understanding.Entities;

namespace Assistify.AiService.Replies;

/// <summary>What an answer has to deal with: the wishes of all unanswered messages, in their order.</summary>
/// <param name="Language">Of the answer.</param>
/// <param name="HandOver">The customer asked for a person, or accepted one.</param>
public sealed record Plan(string Language, IReadOnlyList<Wish> Wishes, bool HandOver)
{
    /// <summary>A picture that no model could look at: a person must.</summary>
    public bool PictureUnseen { get; init; }
}

/// <param name="Intent">One of <see cref="Understanding.Intents"/>; that of an earlier message for a follow-up.</param>
/// <param name="Terms">What it is about, without words that say nothing; a day that it names is there by its weekday.</param>
/// <param name="Entities">What has a value of its own in it: days, amounts, order numbers, addresses.</param>
public sealed record Wish(
    WishKind Kind, string Intent, string Text, IReadOnlyList<Term> Terms, ProductWish Product, IReadOnlyList<Entity> Entities)
{
    /// <summary>The product that the customer chose of those that were offered.</summary>
    public Guid? Chosen { get; init; }

    /// <summary>What people are to do, as far as it is known.</summary>
    public Errand? Errand { get; init; }
}

public enum WishKind
{
    /// <summary>Hello, thanks, goodbye, how are you: answered with a set phrase.</summary>
    Courtesy,

    /// <summary>Something that an entry of the knowledge answers.</summary>
    Knowledge,

    /// <summary>Products that are described.</summary>
    Products,

    /// <summary>Products that were spoken of before: "how much is it?"</summary>
    MentionedProducts,

    /// <summary>Not recognised: perhaps the knowledge has words of it.</summary>
    Open,

    /// <summary>To be passed to a person.</summary>
    Person,

    /// <summary>Only the one who sells a product can tell, and is to be asked.</summary>
    Seller,
}

/// <param name="Written">As the customer wrote it, folded.</param>
/// <param name="Meaning">The English name of what it means, or its stem: what is compared.</param>
public sealed record Term(string Written, string Meaning);

/// <param name="Cheaper">Cheaper than what was spoken of.</param>
/// <param name="Cheapest">Only the cheapest.</param>
/// <param name="Position">"The second one": 2; counted from the end if negative.</param>
public sealed record ProductWish(
    IReadOnlyList<string> Colours, decimal? MinPrice, decimal? MaxPrice, bool Cheaper, bool Cheapest, int? Position)
{
    public static readonly ProductWish None = new([], null, null, false, false, null);

    /// <summary>Products are to be told apart: "compare them", "which is better, the blue or the white one?"</summary>
    public bool Compares { get; init; }

    /// <summary>How large it is, or what it is made of.</summary>
    public bool Details { get; init; }

    /// <summary>Only the dearest.</summary>
    public bool Dearest { get; init; }

    /// <summary>Kinds of things that it must not be: "something blue, but not a vase".</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>What it may cost was said.</summary>
    public bool HasLimit => MinPrice is not null || MaxPrice is not null;

    public bool Narrows => Colours.Count > 0 || HasLimit || Cheaper || Cheapest || Dearest || Without.Count > 0;
}
