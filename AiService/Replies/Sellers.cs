using System.Text.RegularExpressions;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Privacy;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Assistify.ServiceDefaults;

namespace Assistify.AiService.Replies;

/// <summary>Questions to those who sell to the workspace. They go with the answer: where it is not given, nobody is asked.</summary>
internal static partial class Sellers
{
    private const int LongestQuestion = 500;

    /// <summary>A question about it is with the seller.</summary>
    public static bool Has(ReplyTask task, Product product) => task.Request.Sellers?.Products.Contains(product.Id) is true;

    /// <summary>The customer has not asked too much lately.</summary>
    public static bool TakeMore(ReplyTask task) => task.Request.Sellers is not { MayAsk: false };

    public static bool CanBeAsked(ReplyTask task, Product product) => product.SupplierId is not null && TakeMore(task) && !Has(task, product);

    /// <summary>Notes the question, without whatever tells who the customer is.</summary>
    public static void Ask(ReplyTask task, Product product, Guid supplierId, string question)
    {
        var language = task.Plan.Language;
        var title = product.TitleIn(language);
        var masks = new PersonalData([product.Title, product.Description, title, product.DescriptionIn(language)], [task.Request.CustomerName]);
        var words = Blank().Replace(masks.Mask(StorableText.From(question)), " ").Trim();
        if (words.Length > LongestQuestion) words = words[..(char.IsHighSurrogate(words[LongestQuestion - 1]) ? LongestQuestion - 1 : LongestQuestion)];
        task.Notes.Enquiry = new SellerEnquiry(supplierId, product.Id, title, words, language);
    }

    // A template's place takes one line.
    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
