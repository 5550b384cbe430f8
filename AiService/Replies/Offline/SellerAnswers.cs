using System.Globalization;
using Assistify.AiService.Catalogue;
using Assistify.Contracts;

namespace Assistify.AiService.Replies.Offline;

/// <summary>Passes the customer's question on to the one who sells the product.</summary>
internal static class SellerAnswers
{
    /// <returns>Null where nobody is known who sells it, or a person answers already.</returns>
    public static Passage? Write(Findings findings, ReplyTask task)
    {
        if (task.IsSuggestion) return null;
        var language = task.Plan.Language;
        if (findings.Products.Count != 1) return Passage.Of(Phrases.In(language).WhichProduct);
        var product = findings.Products[0];
        if (product.SupplierId is not { } supplierId) return null;

        var phrases = SellerPhrases.In(language);
        if (Sellers.Has(task, product)) return About(product, phrases.Waits, language);
        if (!Sellers.TakeMore(task)) return Passage.Of(phrases.TooMany, offers: true);
        Sellers.Ask(task, product, supplierId, findings.Wish.Chosen is null ? Said(task) : phrases.Wanted);
        return About(product, phrases.Asking, language);
    }

    // All that he wrote: what is to be asked may stand before or behind the wish.
    private static string Said(ReplyTask task) => string.Join(' ', task.Unanswered.Where(message => message.Choice is null).Select(message => message.Text));

    private static Passage About(Product product, string sentence, string language) =>
        new(string.Format(CultureInfo.InvariantCulture, sentence, product.TitleIn(language)), [ProductAnswers.Cite(product, language)], [], []);
}
