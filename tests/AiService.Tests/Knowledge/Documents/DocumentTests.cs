using System.Security.Claims;
using System.Text;
using Assistify.AiService.Knowledge.Documents;
using Assistify.AiService.Replies;
using Assistify.AiService.Understanding;
using Assistify.Contracts;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using NUnit.Framework;

namespace Assistify.AiService.Tests.Knowledge.Documents;

public sealed class DocumentTests
{
    private const string Page = """
        <html><head><title>Pottery courses</title></head><body><h1>Courses</h1><p>We teach pottery in small groups.</p>
        <h2>Wheel throwing for beginners</h2><p>The beginners' course takes six evenings and costs 180.00 EUR. Clay and tools are included.</p>
        <h2>Children</h2><p>Children from eight years on glaze their own mug on Saturday mornings for 15.00 EUR.</p></body></html>
        """;

    private static readonly LanguageDetector s_languages = new();

    private readonly ClaimsPrincipal _admin = Operator(Guid.NewGuid());

    [Test]
    public async Task An_uploaded_page_is_answered_from_and_the_exact_span_is_cited_with_title_and_address()
    {
        var store = await Store();
        var document = await Upload(store, "courses.html", Page, ("url", "https://shop.example/courses"));

        var reply = await Ask("how much does the beginners' wheel throwing course cost?");

        var details = ((Ok<DocumentDetails>)await DocumentEndpoints.Get(document.Id, _admin, store, default)).Value!;
        var citation = reply.Citations.Single();
        Assert.That(reply.Text, Does.Contain("180.00 EUR").And.Not.Contain("15.00 EUR"));
        Assert.That((citation.DocumentId, citation.Title, citation.Url), Is.EqualTo((document.Id.ToString(), "Pottery courses", "https://shop.example/courses")));
        Assert.That(details.Text, Does.Contain(citation.Quote));
        Assert.That((document.Language, document.Format, document.Version, document.Parts), Is.EqualTo(("en", "html", 1, 3)));
        Assert.That(details.Parts.Select(part => part.Headings), Is.EqualTo(new[] { "Courses", "Courses › Wheel throwing for beginners", "Courses › Children" }));
    }

    [Test]
    public async Task A_new_version_is_answered_from_at_once_and_one_call_brings_the_old_one_back()
    {
        var store = await Store();
        var document = await Upload(store, "parking.md", "# Kiln rental\n\nRenting the kiln costs 40.00 EUR a day.");
        const string Question = "what does kiln rental cost?";
        Assert.That((await Ask(Question)).Text, Does.Contain("40.00 EUR"));

        var replaced = (Ok<DocumentView>)await DocumentEndpoints.Replace(
            document.Id, Form("parking.md", "# Kiln rental\n\nRenting the kiln costs 55.00 EUR a day."), _admin, store, s_languages, Shop.Shared.Result.Gate(), default);
        Assert.That(replaced.Value!.Version, Is.EqualTo(2));
        Assert.That((await Ask(Question)).Text, Does.Contain("55.00 EUR").And.Not.Contain("40.00"));

        var back = (Ok<DocumentView>)await DocumentEndpoints.RollBack(document.Id, new RollBackRequest(1), _admin, store, default);
        Assert.That((back.Value!.Version, back.Value.LatestVersion), Is.EqualTo((1, 2)));
        Assert.That((await Ask(Question)).Text, Does.Contain("40.00 EUR").And.Not.Contain("55.00"));
        Assert.That(await DocumentEndpoints.RollBack(document.Id, new RollBackRequest(3), _admin, store, default), Is.TypeOf<NotFound>());

        await DocumentEndpoints.Delete(document.Id, _admin, store, Shop.Shared.Result.Gate(), default);
        Assert.That((await Ask(Question)).Citations, Is.Empty);
    }

    [Test]
    public async Task Another_workspaces_documents_are_not_there()
    {
        var store = await Store();
        var document = await Upload(store, "secret.txt", "The staff entrance code of the pottery is on the door.");
        var other = Operator(Guid.NewGuid());

        Assert.That(await DocumentEndpoints.Get(document.Id, other, store, default), Is.TypeOf<NotFound>());
        Assert.That(await DocumentEndpoints.Replace(document.Id, Form("a.txt", "x"), other, store, s_languages, Shop.Shared.Result.Gate(), default), Is.TypeOf<NotFound>());
        Assert.That(await DocumentEndpoints.RollBack(document.Id, new RollBackRequest(1), other, store, default), Is.TypeOf<NotFound>());
        Assert.That(await DocumentEndpoints.Delete(document.Id, other, store, Shop.Shared.Result.Gate(), default), Is.TypeOf<NotFound>());
        Assert.That(((Ok<DocumentList>)await DocumentEndpoints.List(other, store, default)).Value!.Items, Is.Empty);
        Assert.That((await Ask("what is the staff entrance code?", other)).Citations, Is.Empty);
    }

    [Test]
    public async Task A_Greek_document_is_found_by_a_Greek_question_with_and_without_accents()
    {
        var store = await Store();
        var document = await Upload(store, "seminaria.md", "# Σεμινάρια κεραμικής\n\nΤα σεμινάρια γίνονται κάθε Πέμπτη στις 18:00 και κοστίζουν 25,00 EUR.");

        Assert.That(document.Language, Is.EqualTo("el"));
        Assert.That((await Ask("πόσο κοστίζουν τα σεμιναρια κεραμικης;")).Text, Does.Contain("25,00 EUR"));
        Assert.That((await Ask("πότε γίνονται τα σεμινάρια κεραμικής;")).Text, Does.Contain("18:00"));
    }

    [Test]
    public async Task What_is_no_document_is_refused()
    {
        var store = await Store();

        Assert.That(await Refused(Form("a.pdf", "%PDF-1.7")), Is.EqualTo("file"));
        Assert.That(Status(await DocumentEndpoints.Upload(Form("a.docx", "PK"), _admin, store, s_languages, Shop.Shared.Result.Gate(), default)), Is.EqualTo(415));
        Assert.That(Status(await DocumentEndpoints.Upload(new DefaultHttpContext().Request, _admin, store, s_languages, Shop.Shared.Result.Gate(), default)), Is.EqualTo(415));
        Assert.That(await Refused(Form("a.txt", "")), Is.EqualTo("file"));
        Assert.That(await Refused(Form("a.txt", "x", ("url", "javascript:alert(1)"))), Is.EqualTo("url"));
        Assert.That(await Refused(Form("a.txt", "x", ("language", "Greek"))), Is.EqualTo("language"));
        Assert.That(await Refused(Form("a.txt", "x", ("title", new string('x', 201)))), Is.EqualTo("title"));
        Assert.That(Status(await DocumentEndpoints.Upload(Form("a.txt", new string('x', DocumentReader.LongestText + 1)), _admin, store, s_languages, Shop.Shared.Result.Gate(), default)), Is.EqualTo(413));

        async Task<string> Refused(HttpRequest form) =>
            ((ValidationProblem)await DocumentEndpoints.Upload(form, _admin, store, s_languages, Shop.Shared.Result.Gate(), default)).ProblemDetails.Errors.Keys.Single();
    }

    private static async Task<DocumentStore> Store() => new((await Shop.Shared).Database, TimeProvider.System);

    private async Task<DocumentView> Upload(DocumentStore store, string name, string content, params (string, string)[] fields) =>
        ((Created<DocumentView>)await DocumentEndpoints.Upload(Form(name, content, fields), _admin, store, s_languages, Shop.Shared.Result.Gate(), default)).Value!;

    private async Task<ReplyGenerated> Ask(string question, ClaimsPrincipal? user = null)
    {
        var shop = await Shop.Shared;
        var request = Some.Question(question) with { WorkspaceId = (user ?? _admin).WorkspaceId() };
        var claim = await new ReplyStore(shop.Database, TimeProvider.System).Claim(request, default);
        return (await shop.Pipeline().Answer(request, claim.KnowledgeVersion, default)).Reply;
    }

    private static int? Status(IResult result) => ((IStatusCodeHttpResult)result).StatusCode;

    private static HttpRequest Form(string name, string content, params (string Name, string Value)[] fields)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "multipart/form-data; boundary=x";
        var parts = fields.Select(field => $"--x\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n");
        var body = string.Concat(parts.Append($"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--x--\r\n"));
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return request;
    }

    private static ClaimsPrincipal Operator(Guid workspace) => new(new ClaimsIdentity(
    [
        new(TokenClaims.Subject, Guid.NewGuid().ToString()), new(TokenClaims.Workspace, workspace.ToString()), new(TokenClaims.Role, "admin"),
    ], "test"));
}
