using Assistify.AiService.Catalogue;
using Assistify.AiService.Knowledge;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Inspiration;

/// <summary>
/// Makes ideas of what somebody says about himself (place, time, taste, budget): products that can be had and what the
/// workspace knows about it. Nothing is made up: every idea is a row of the catalogue or the knowledge.
/// </summary>
internal sealed class IdeaFinder(IKnowledgeSearch search, MessageReader reader)
{
    private const int MostProducts = 5;
    private const int MostEntries = 3;

    /// <param name="knowledgeVersion">Of the workspace.</param>
    public async Task<Ideas> Find(
        Guid workspaceId, long knowledgeVersion, InspirationContext context, CancellationToken cancellationToken)
    {
        var text = context.Text;
        var language = context.Language ?? (text.Length == 0 ? "en" : reader.Language(text, null).Language);
        var phrases = Phrases.In(language);
        var terms = Planner.TermsOf(text);
        var wish = ProductWishReader.Read(text, terms.ConvertAll(term => term.Meaning));
        var words = terms.SelectMany(term => new[] { term.Written, term.Meaning }).Where(word => word.Length is > 1 and < 64).Distinct().ToList();

        var question = new ProductQuestion(
            workspaceId, knowledgeVersion, language, words, wish.Colours, wish.MinPrice, wish.MaxPrice, OnlyAvailable: true);
        var fitting = await search.FindProducts(question, cancellationToken);

        // Taste is rarely written in a catalogue's words: then anything that keeps to the limits may inspire.
        var other = fitting.Count >= MostProducts
            ? []
            : await search.FindProducts(question with { Words = [], Colours = [] }, cancellationToken);
        var entries = words.Count == 0
            ? []
            : await search.FindEntries(new EntryQuestion(workspaceId, knowledgeVersion, language, words, null), cancellationToken);

        var ideas = new List<Idea>();
        ideas.AddRange(fitting.Take(MostProducts).Select((product, place) => Of(product, language, Reason(product, wish, phrases), 0.9 - 0.05 * place)));
        ideas.AddRange(entries.Take(MostEntries).Select((entry, place) => new Idea(
            "knowledge", entry.Id, entry.Title, entry.Body, null, null, entry.Url, phrases.Fits, 0.6 - 0.05 * place)));
        ideas.AddRange(other.Where(product => !fitting.Any(known => known.Id == product.Id))
            .DistinctBy(product => product.Category).Take(MostProducts - Math.Min(MostProducts, fitting.Count))
            .Select((product, place) => Of(product, language, Reason(product, wish, phrases), 0.4 - 0.05 * place)));
        return new Ideas(language, [.. ideas.OrderByDescending(idea => idea.Score)]);
    }

    private static Idea Of(Product product, string language, string reason, double score) => new(
        "product", product.Id, product.TitleIn(language), product.DescriptionIn(language), product.Money, product.ImageUrl, product.Url, reason,
        Math.Round(score, 2));

    private static string Reason(Product product, ProductWish wish, Phrases phrases) =>
        wish.Colours.Any(product.Colours.Contains) ? phrases.RightColour
        : wish.MaxPrice is not null ? phrases.WithinBudget
        : phrases.Fits;
}
