using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Assistify.AiService.Knowledge.Documents;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge.Documents;

public sealed class PdfReaderTests
{
    private static readonly byte[] s_handbook = LittlePdf.Of(
        [(22, "Studio handbook"), (11, "Welcome to the pottery studio & its friends."), (11, "It is open to mem-"), (11, "bers every day of the week.")],
        [(16, "Kiln rental"), (11, "Renting the kiln costs 40.00 EUR a day."), (11, ""), (11, "Shelves (30 cm) cost nothing."), (16, "Opening hours"), (11, "The kiln room closes at 21:30.")]);

    [Test]
    public async Task A_PDF_is_its_headings_paragraphs_and_pages()
    {
        var (format, document) = await DocumentReader.Read(s_handbook, "handbook.pdf", null, default);

        Assert.That((format, document.Title), Is.EqualTo(("pdf", "Studio handbook")));
        Assert.That(document.Text, Is.EqualTo(
            "Studio handbook\n\nWelcome to the pottery studio & its friends. It is open to members every day of the week.\n\n"
            + "Kiln rental\n\nRenting the kiln costs 40.00 EUR a day.\n\nShelves (30 cm) cost nothing.\n\nOpening hours\n\nThe kiln room closes at 21:30."));
        Assert.That(document.Headings.Select(heading => (document.Text.Substring(heading.Start, heading.Length), heading.Level)), Is.EqualTo(new[]
        {
            ("Studio handbook", 1), ("Kiln rental", 2), ("Opening hours", 2),
        }));
        Assert.That(Chunker.Cut(document).Select(chunk => (document.Text.Substring(chunk.Start, 7), chunk.Page, string.Join(" › ", chunk.Headings))), Is.EqualTo(new[]
        {
            ("Welcome", 1, "Studio handbook"), ("Renting", (int?)2, "Studio handbook › Kiln rental"), ("The kil", 2, "Studio handbook › Opening hours"),
        }));
    }

    [Test]
    public async Task A_piece_never_crosses_a_page()
    {
        var (_, document) = await DocumentReader.Read(LittlePdf.Of([(11, "One sentence."), (11, "")], [(11, "Another sentence.")], [], [(11, "The fourth page.")]), "a.pdf", null, default);

        Assert.That(Chunker.Cut(document).Select(chunk => (document.Text.Substring(chunk.Start, chunk.Length), chunk.Page)), Is.EqualTo(new[]
        {
            ("One sentence.", 1), ("Another sentence.", (int?)2), ("The fourth page.", 4),
        }));
    }

    [Test]
    public async Task Answers_from_a_PDF_name_the_page()
    {
        await using var app = await AiApp.Start();
        var workspace = Guid.NewGuid();
        using var admin = app.Operator(workspace: workspace);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(s_handbook), "file", "handbook.pdf" }, { new StringContent("https://shop.example/handbook.pdf"), "url" } };
        using var uploaded = await admin.PostAsync("/api/knowledge/documents", form);
        Assert.That(uploaded.StatusCode, Is.EqualTo(HttpStatusCode.Created), await uploaded.Content.ReadAsStringAsync());

        var reply = await new Talks(app, workspace).Say("what does kiln rental cost?");

        var citation = reply.Citations[0];
        Assert.That(reply.Citations.Select(one => (one.Title, one.Url)).Distinct().Single(), Is.EqualTo(("Studio handbook, p. 2", "https://shop.example/handbook.pdf#page=2")));
        Assert.That(reply.Text, Does.Contain("40.00 EUR"));
        var details = await admin.GetFromJsonAsync<JsonElement>(uploaded.Headers.Location);
        Assert.That(details.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("page").GetInt32()), Is.EqualTo(new[] { 1, 2, 2 }));
        Assert.That(details.GetProperty("text").GetString(), Does.Contain(citation.Quote));
    }

    [Test]
    public async Task What_cannot_be_read_is_refused_with_the_reason()
    {
        Assert.That((await Fault(Encoding.ASCII.GetBytes("%PDF-1.7 and nothing more"))).Message, Does.Contain("damaged"));
        Assert.That((await Fault(LittlePdf.Of([], [])))!.Message, Does.Contain("scan"));
        // A page tree that is its own child.
        Assert.That((await Fault(Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\ntrailer << /Root 1 0 R >>\n"))).Status,
            Is.EqualTo(400));

        static async Task<DocumentFault> Fault(byte[] file) => (await Assert.ThrowsAsync<DocumentFault>(() => DocumentReader.Read(file, "a.pdf", null, default)))!;
    }

    [Test]
    public async Task Without_the_program_it_says_what_to_install()
    {
        using var missing = PdfToText.Named("no-such-program");
        var fault = await Assert.ThrowsAsync<DocumentFault>(() => PdfToText.Read(s_handbook, default, missing));

        Assert.That(fault!.Status, Is.EqualTo(415));
        Assert.That(fault.Message, Does.Contain("poppler-utils"));
    }

    [TestCase("<doc><page><block><line yMin=\"1\" yMax=\"12\"><word>Text\u0001</word></line></block></page></doc>", "Text")]
    [TestCase("<doc><page><block><line yMin=\"x\"><word>&#55357;a</word></line></block></page></doc>", "\uFFFDa")]
    public void Letters_that_nobody_can_store_do_no_harm(string layout, string text) => Assert.That(PdfReader.Read(layout).Text, Is.EqualTo(text));

    [Test]
    public void What_is_no_layout_is_refused() => Assert.That(Assert.Throws<DocumentFault>(() => PdfReader.Read("<doc><page>"))!.Status, Is.EqualTo(400));
}
