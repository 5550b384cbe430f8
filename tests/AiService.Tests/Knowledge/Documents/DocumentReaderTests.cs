using System.Text;
using Assistify.AiService.Knowledge.Documents;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge.Documents;

public sealed class DocumentReaderTests
{
    [Test]
    public void A_web_page_is_its_headings_paragraphs_and_tables_without_menus_and_scripts()
    {
        var document = Read("page.html", """
            <!DOCTYPE html><html lang="el"><head><title>Delivery &amp; returns</title><style>p > a { color: red }</style></head>
            <body><nav><a href="/">Home</a><nav>Inner</nav></nav><h1>How we <em>deliver</em></h1>
            <p>By courier,
               within   5 &lt; 6 days.<br>Never on Sunday.</p>
            <table><tr><th>Country</th><th>Price</th></tr><tr><td>Malta</td><td>8.90&nbsp;EUR</td></tr><tr><td>Greece<td>6.90 EUR</table>
            <ul><li>One<li>Two</ul><script>if (a < b) alert("<p>no</p>")</script><!-- <p>hidden</p> --><form>Name <input></form>
            """);

        Assert.That(document.Title, Is.EqualTo("Delivery & returns"));
        Assert.That(document.Language, Is.EqualTo("el"));
        Assert.That(document.Text, Is.EqualTo(
            "How we deliver\n\nBy courier, within 5 < 6 days.\nNever on Sunday.\n\nCountry: Malta, Price: 8.90 EUR\nCountry: Greece, Price: 6.90 EUR\n\nOne\nTwo"));
        Assert.That(document.Headings, Is.EqualTo(new[] { new Heading(0, 14, 1) }));
    }

    [Test]
    public void Markdown_says_what_its_page_says()
    {
        var document = Read("policy.md", "---\nlayout: page\n---\n# Returns\n\nWithin **30 days**, see [here](https://shop.example/returns).\n\n| Item | Days |\n|---|---|\n| Vase | 30 |\n\n- unused\n- in its box\n");

        Assert.That(document.Title, Is.EqualTo("Returns"));
        Assert.That(document.Text, Is.EqualTo("Returns\n\nWithin 30 days, see here.\n\nItem: Vase, Days: 30\n\nunused\nin its box"));
    }

    [Test]
    public void A_table_of_questions_and_answers_has_a_heading_for_each_question()
    {
        var document = Read("faq.csv", "Question;Answer;Source\r\n\"Do you \"\"gift\"\" wrap; for free?\";\"Yes,\nalways.\";shop\r\nΑνοιχτά;Ναι;\r\n");

        Assert.That(document.Text, Is.EqualTo("Do you \"gift\" wrap; for free?\n\nYes, always.\nSource: shop\n\nΑνοιχτά\n\nΝαι"));
        Assert.That(document.Headings, Has.Count.EqualTo(2));
        Assert.That(document.Title, Is.EqualTo("faq"));
    }

    [Test]
    public void Any_other_table_says_of_each_value_what_it_is() =>
        Assert.That(Read("prices.csv", "Country,Days,Price\nMalta,7,\"8,90 EUR\"\nGreece,,6.90 EUR").Text, Is.EqualTo("Country: Malta, Days: 7, Price: 8,90 EUR\n\nCountry: Greece, Price: 6.90 EUR"));

    [TestCase("a.pdf", "%PDF-1.7 …", 400)]
    [TestCase("a.md", "%PDF-1.7 …", 400)]
    [TestCase("a.docx", "PK", 415)]
    [TestCase("a", "text", 415)]
    [TestCase("a.csv", "only,headers", 400)]
    [TestCase("a.csv", "a,b\n\"never closed", 400)]
    [TestCase("a.html", "<script>nothing</script>", 400)]
    [TestCase("a.txt", " \n ", 400)]
    public async Task What_cannot_be_read_is_refused_with_the_reason(string name, string content, int status)
    {
        var fault = await Assert.ThrowsAsync<DocumentFault>(() => DocumentReader.Read(Encoding.UTF8.GetBytes(content), name, null, default));

        Assert.That(fault!.Status, Is.EqualTo(status));
        Assert.That(fault.Message, Is.Not.Empty);
    }

    [Test]
    public async Task What_is_no_text_is_refused() =>
        Assert.That((await Assert.ThrowsAsync<DocumentFault>(() => DocumentReader.Read([0x80, 0x81, 0xC3], "a.txt", null, default)))!.Status, Is.EqualTo(400));

    [Test]
    public async Task Other_Unicode_files_are_read_too() =>
        Assert.That((await DocumentReader.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Καλημέρα")], "a.txt", null, default)).Document.Text, Is.EqualTo("Καλημέρα"));

    [Test, CancelAfter(120_000)]
    public void A_page_made_to_be_slow_is_read_all_the_same()
    {
        Assert.That(Read("a.html", string.Concat(Enumerable.Repeat("<nav>x", 300_000))).Text, Is.Not.Empty);
        Assert.That(Read("b.html", string.Concat(Enumerable.Repeat("<table><tr><td>x", 200_000))).Text, Is.Not.Empty);
        Assert.That(Read("c.html", string.Concat(Enumerable.Repeat("<a b=\"x <", 200_000)) + ">text").Text, Is.Not.Null);
    }

    private static DocumentText Read(string name, string content) => DocumentReader.Read(Encoding.UTF8.GetBytes(content), name, null, default).GetAwaiter().GetResult().Document;
}
