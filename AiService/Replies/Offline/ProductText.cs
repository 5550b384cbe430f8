using System.Runtime.CompilerServices;
using Assistify.AiService.Catalogue;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies.Offline;

/// <summary>What a product is about, read once for each product that was found.</summary>
internal static class ProductText
{
    private static readonly ConditionalWeakTable<Product, HashSet<string>> s_read = [];

    public static HashSet<string> MeaningsOf(Product product) => s_read.GetValue(product, static found =>
    {
        var meanings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Words.Of($"{found.Title} {found.Keywords} {found.Description}"))
        {
            meanings.Add(Concepts.Of(word));
            meanings.Add(Words.Stem(word));
        }
        return meanings;
    });
}
