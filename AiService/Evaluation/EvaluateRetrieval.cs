using Assistify.AiService.Knowledge;

namespace Assistify.AiService.Evaluation;

/// <param name="HitAt1">The share of queries whose document comes first.</param>
/// <param name="HitAt3">The share whose document is among the first three.</param>
/// <param name="Map">The mean of one divided by the place of the document; a query names one, so this is the mean average precision.</param>
internal sealed record RetrievalFigures(double HitAt1, double HitAt3, double Map);

/// <summary>Looks every query up among the documents.</summary>
internal static class EvaluateRetrieval
{
    public static object Run(EvaluationOptions options)
    {
        options.Only("documents", "queries");
        var documents = LabelledFile.Read(options.Required("documents"));
        var queries = LabelledFile.Read(options.Required("queries"));
        var known = documents.Select(document => document.Label).ToHashSet(StringComparer.Ordinal);
        if (queries.Find(query => !known.Contains(query.Label)) is { Label: not null } stray)
            throw new EvaluationFault($"{options.Required("queries")}: no document has the id '{stray.Label}' of the query '{stray.Text}'.");

        var index = new TextIndex([.. documents.Select(document => new IndexedText(document.Label, document.Text))]);
        var places = queries.ConvertAll(query => index.Rank(query.Text).Index().FirstOrDefault(found => found.Item.Id == query.Label, (Index: -1, default)).Index + 1);
        return new RetrievalFigures(
            Share(places, place => place == 1 ? 1 : 0),
            Share(places, place => place is >= 1 and <= 3 ? 1 : 0),
            Share(places, place => place == 0 ? 0 : 1.0 / place));
    }

    private static double Share(List<int> places, Func<int, double> worth) => Measures.Rounded(places.Average(worth));
}
