using Assistify.AiService.Knowledge.Documents;
using Assistify.Testing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge.Documents;

/// <summary>Whatever a document holds: every piece is an exact span of it, in order, and nothing is lost.</summary>
public sealed class ChunkerTests
{
    private static readonly string[] s_pieces =
    [
        "# ", "## ", "\n\n", "\n", ". ", " ", "- ", "| a | b |\n|---|---|\n| 1 | 2 |\n", "<p>", "</p>", "<h2>", "</h2>", "<table><tr><th>", "</th><td>", "</tr>", "<script>", "</script>", "<!--", "-->",
        "&amp;", "&lt;", "\"", "\"\"", ",", ";", "\t", "word", "λέξη", "😀", "0123456789012345678901234567890123456789", "Delivery to Malta costs 8.90 EUR. ", "כן", "<", ">", "</nav>", "<nav>", "\r\n", "\u00a0",
    ];

    [Test]
    public void Every_chunk_is_an_exact_span_and_nothing_is_lost() => 
        Prop.ForAll(
            Gen.Elements(s_pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary(), Gen.Choose(2, 90).ToArbitrary(),
            (text, longest) => new[] { PlainTextReader.Read(text), MarkdownReader.Read(text), HtmlReader.Read(text) }.All(document => Keeps(document, longest))).Check(400);

    [Test]
    public void A_document_of_one_word_that_never_ends_is_cut_too()
    {
        var document = PlainTextReader.Read(new string('x', 5_000));

        Assert.That(Keeps(document, Chunker.Longest), Is.True);
        Assert.That(Chunker.Cut(document), Has.Count.EqualTo(8));
    }

    [Test]
    public void Pieces_end_with_their_paragraph_and_stand_under_their_headings()
    {
        var document = MarkdownReader.Read($"# Delivery\n\nWe deliver.\n\n## Malta\n\n{string.Join(' ', Enumerable.Repeat("It takes a week.", 30))}\n\nIt costs 8.90 EUR.\n\n## Greece\n\nTwo days.");

        var chunks = Chunker.Cut(document);

        Assert.That(chunks.Select(chunk => string.Join(" › ", chunk.Headings)), Is.EqualTo(new[] { "Delivery", "Delivery › Malta", "Delivery › Greece" }));
        Assert.That(Texts(document, chunks)[1], Does.StartWith("It takes a week.").And.EndWith("\n\nIt costs 8.90 EUR."));
        Assert.That(Texts(document, Chunker.Cut(document, 520))[2], Is.EqualTo("It costs 8.90 EUR."));
    }

    private static bool Keeps(DocumentText document, int longest)
    {
        var chunks = Chunker.Cut(document, longest);
        var pieces = chunks.Select(chunk => (chunk.Start, chunk.Length)).Concat(document.Headings.Select(heading => (heading.Start, heading.Length))).Order().ToList();
        var end = 0;
        foreach (var (start, length) in pieces)
        {
            if (start < end || length == 0 || !string.IsNullOrWhiteSpace(document.Text[end..start])) return false;
            end = start + length;
        }
        return string.IsNullOrWhiteSpace(document.Text[end..])
            && chunks.TrueForAll(chunk => chunk.Length <= longest && !char.IsWhiteSpace(document.Text[chunk.Start]) && !char.IsWhiteSpace(document.Text[chunk.Start + chunk.Length - 1]))
            && (longest < 2 || chunks.TrueForAll(chunk => !char.IsLowSurrogate(document.Text[chunk.Start])));
    }

    private static List<string> Texts(DocumentText document, List<Chunk> chunks) => chunks.ConvertAll(chunk => document.Text.Substring(chunk.Start, chunk.Length));
}
