using Assistify.AiService.Orders;
using Assistify.AiService.Tools;
using Assistify.AiService.Understanding;
using Assistify.Contracts;

namespace Assistify.AiService.Replies.Offline;

/// <summary>
/// Writes without any model: set phrases, sentences of the knowledge word for word, and products with their prices. Always
/// there, the same answer for the same question, and where nothing was found it says so and offers a person.
/// </summary>
internal sealed class OfflineReplyWriter(ToolRunner? tools = null) : IReplyWriter
{
    public const string Name = "offline";
    private static readonly IReadOnlyDictionary<Wish, OrderReports> s_noOrders = new Dictionary<Wish, OrderReports>();

    public string Model => Name;

    public bool WritesFreely => false;

    public async Task<Draft?> Write(ReplyTask task, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
    {
        var draft = Compose(task, tools is null ? s_noOrders : await OrderAnswers.LookUp(task, tools, notes, cancellationToken));
        // To a person there is nothing to say then.
        if (draft.Text.Length == 0) return null;
        stream.Append(draft.Text);
        return draft;
    }

    /// <summary>What can always be said, where a check refused everything else.</summary>
    public static Draft DontKnow(string language)
    {
        var phrases = Phrases.In(language);
        return new Draft($"{phrases.DontKnow} {phrases.OfferPerson}", [], [], []);
    }

    private static Draft Compose(ReplyTask task, IReadOnlyDictionary<Wish, OrderReports> orders)
    {
        var phrases = Phrases.In(task.Plan.Language);
        var tone = Tone.Of(task.Request);
        if (task.Plan is { Wishes.Count: 0, HandOver: false }) return new Draft($"{phrases.NoText} {phrases.OfferPerson}", [], [], []);

        var passages = new List<Passage>();
        var unknown = 0;
        foreach (var findings in task.Findings)
        {
            if (findings.Wish.Kind is WishKind.Person) continue; // said once, at the end
            if (findings.Wish.Kind is WishKind.Courtesy && task.Findings.Count > 1 && Tone.Is(tone, Tone.Brief)) continue;
            if (Write(findings, orders.GetValueOrDefault(findings.Wish), task, phrases, tone) is not { } passage) unknown += findings.Wish.Errand is null ? 1 : 0;
            else if (!SaysNothingNew(passage, passages)) passages.Add(passage);
        }
        // What else he wants to know of it goes along.
        if (task.Notes.Enquiry is not null) unknown = 0;
        var handOver = !task.IsSuggestion && (task.Plan.HandOver || task.Notes.HandOver);
        if (unknown > 0 && !handOver && !task.IsSuggestion)
            passages.Add(Passage.Of(passages.Exists(passage => passage.Citations.Count > 0) ? phrases.RestUnknown : phrases.DontKnow, offers: true));
        if (handOver) passages.Add(HandOver(task, phrases));
        else if (!task.IsSuggestion && passages.Exists(passage => passage.Offers)) passages.Add(Passage.Of(phrases.OfferPerson));

        return new Draft(
            Join(passages),
            [.. passages.SelectMany(passage => passage.Cards).DistinctBy(card => card.Id)],
            [.. passages.SelectMany(passage => passage.Citations).Distinct()],
            [.. passages.SelectMany(passage => passage.Recommendations).DistinctBy(recommendation => recommendation.ProductId)]);
    }

    private static Passage HandOver(ReplyTask task, Phrases phrases)
    {
        var said = task.Plan.PictureUnseen ? phrases.PictureHandOver : phrases.HandOver;
        return StaffHours.Tell(task) is { } closed
            ? new Passage($"{said} {closed.Text}", [new Citation(closed.DocumentId, closed.Title, closed.Url, closed.Text)], [], [])
            : Passage.Of(said);
    }

    private static Passage? Write(Findings findings, OrderReports? orders, ReplyTask task, Phrases phrases, string tone)
    {
        var plan = task.Plan;
        switch (findings.Wish.Kind)
        {
            case WishKind.Courtesy:
                return Courtesy(findings.Wish.Intent, alone: plan.Wishes.Count == 1, phrases, tone);
            case WishKind.Products or WishKind.MentionedProducts when findings.Wish.Product.Compares && ProductComparison.Write(findings, plan.Language) is { } compared:
                return compared;
            case WishKind.Products:
                return ProductAnswers.Write(findings, plan.Language, onlyIfCovered: true)
                    ?? EntryAnswers.WriteWhereAllIsCovered(findings) ?? ProductAnswers.Write(findings, plan.Language);
            case WishKind.MentionedProducts:
                return ProductAnswers.Write(findings, plan.Language);
            case WishKind.Seller:
                return SellerAnswers.Write(findings, task);
            case WishKind.Knowledge when findings.Wish is { Intent: Intents.OrderStatus, Errand: { } asked }:
                return (orders is null ? null : OrderAnswers.Write(asked, orders, task)) ?? Knowledge(findings, phrases);
            case WishKind.Knowledge when findings.Wish.Errand is { } errand:
                return ErrandAnswers.Write(errand, EntryAnswers.Write(findings), task);
            case WishKind.Knowledge:
                return Knowledge(findings, phrases);
            default:
                return EntryAnswers.Write(findings) ?? ProductAnswers.Write(findings, plan.Language);
        }
    }

    // "And how long does it take?" after the whole entry on shipping, or two sighs about one broken vase.
    private static bool SaysNothingNew(Passage passage, List<Passage> before) =>
        before.Exists(other => other.Text == passage.Text)
        || passage.IsWhole && passage.Citations.All(citation => before.Exists(other => other.Citations.Any(known => known.DocumentId == citation.DocumentId)));

    private static Passage? Knowledge(Findings findings, Phrases phrases)
    {
        var entry = EntryAnswers.Write(findings);
        return findings.Wish.Intent switch
        {
            Intents.Complaint => Before(phrases.Sorry, entry) with { Offers = true },
            Intents.OrderStatus => Before(phrases.NoOrders, entry) with { Offers = true },
            Intents.OptOut => Before(phrases.NoOptOut, entry) with { Offers = true },
            _ => entry,
        };
    }

    private static Passage Before(string sentence, Passage? entry) =>
        entry is null ? Passage.Of(sentence) : entry with { Text = $"{sentence} {entry.Text}" };

    private static Passage Courtesy(string intent, bool alone, Phrases phrases, string tone) => Passage.Of(Tone.Say(intent switch
    {
        Intents.Greeting => alone ? $"{phrases.Hello} {phrases.HowCanIHelp}" : phrases.Hello,
        Intents.Thanks => phrases.Welcome,
        Intents.Goodbye => phrases.Goodbye,
        Intents.SmallTalk => phrases.WhoIAm,
        Intents.No => phrases.AllRight,
        _ => phrases.HowCanIHelp,
    }, tone));

    // A greeting and an offer stay on the line of what they belong to; answers to different questions stand apart.
    private static string Join(List<Passage> passages)
    {
        var text = new System.Text.StringBuilder();
        Passage? previous = null;
        foreach (var passage in passages)
        {
            if (previous is not null)
            {
                var apart = previous.Citations.Count > 0 && passage.Citations.Count > 0 || previous.Text.Contains('\n', StringComparison.Ordinal);
                text.Append(apart ? "\n\n" : " ");
            }
            text.Append(passage.Text);
            previous = passage;
        }
        return text.ToString();
    }
}
