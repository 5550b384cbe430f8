using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Assistify.AiService.Publishing;
using Assistify.AiService.Understanding;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Assistify.AiService.Knowledge.Documents;

public sealed record DocumentList(IReadOnlyList<DocumentView> Items);

/// <param name="Parts">Where the pieces that are found on their own stand in <paramref name="Text"/>.</param>
public sealed record DocumentDetails(DocumentView Document, string Text, IReadOnlyList<DocumentPartView> Parts, IReadOnlyList<DocumentVersionView> Versions);

public sealed record RollBackRequest(int Version);

/// <summary>Files that become knowledge: web pages, Markdown, PDF, tables, plain text. Answers are made from their newest version, or from the one rolled back to.</summary>
internal static class DocumentEndpoints
{
    public const int LargestFile = 5 * 1024 * 1024;
    private const int LargestBody = LargestFile + 64 * 1024;
    private const int LongestTitle = 200;
    private const int LongestUrl = 2_000;

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        var documents = app.MapGroup("/api/knowledge/documents").RequireAuthorization(Policies.Admin);
        documents.MapGet("/", List).WithName("ListDocuments").WithSummary("The documents that answers are made from");
        documents.MapPost("/", Upload).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).WithName("UploadDocument").WithSummary("Make a file part of the knowledge");
        documents.MapGet("/{id:guid}", Get).WithName("GetDocument").WithSummary("A document with its text, parts and versions");
        documents.MapPut("/{id:guid}", Replace).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).WithName("ReplaceDocument").WithSummary("A new version of a document");
        documents.MapPost("/{id:guid}/roll_back", RollBack).WithName("RollBackDocument").WithSummary("Answer from an earlier version again");
        documents.MapDelete("/{id:guid}", Delete).WithName("DeleteDocument").WithSummary("Forget a document and all its versions");
    }

    internal static async Task<IResult> List(ClaimsPrincipal user, DocumentStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DocumentList(await store.List(user.WorkspaceId(), cancellationToken)));

    internal static async Task<IResult> Get(Guid id, ClaimsPrincipal user, DocumentStore store, CancellationToken cancellationToken)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is not { } document) return TypedResults.NotFound();
        var (text, parts, versions) = await store.Open(id, document.Version, cancellationToken);
        return TypedResults.Ok(new DocumentDetails(document, text, parts, versions));
    }

    internal static async Task<IResult> Upload(
        HttpRequest request, ClaimsPrincipal user, DocumentStore store, ILanguageDetector languages, PublishingGate gate, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        var (content, problem) = await Read(request, user, languages, cancellationToken);
        if (content is null) return problem!;
        if (await gate.Refuse(user, KnowledgeChange.Of(null, content), force, cancellationToken) is { } refused) return refused;
        var id = await store.Add(user.WorkspaceId(), content, cancellationToken);
        return TypedResults.Created($"/api/knowledge/documents/{id}", await store.Find(user.WorkspaceId(), id, cancellationToken));
    }

    internal static async Task<IResult> Replace(
        Guid id, HttpRequest request, ClaimsPrincipal user, DocumentStore store, ILanguageDetector languages, PublishingGate gate, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is null) return TypedResults.NotFound();
        var (content, problem) = await Read(request, user, languages, cancellationToken);
        if (content is null) return problem!;
        if (await gate.Refuse(user, KnowledgeChange.Of(id, content), force, cancellationToken) is { } refused) return refused;
        return await store.Replace(user.WorkspaceId(), id, content, cancellationToken)
            ? TypedResults.Ok(await store.Find(user.WorkspaceId(), id, cancellationToken))
            : TypedResults.NotFound();
    }

    internal static async Task<IResult> RollBack(Guid id, RollBackRequest request, ClaimsPrincipal user, DocumentStore store, CancellationToken cancellationToken) =>
        await store.RollBack(user.WorkspaceId(), id, request.Version, cancellationToken)
            ? TypedResults.Ok(await store.Find(user.WorkspaceId(), id, cancellationToken))
            : TypedResults.NotFound();

    internal static async Task<IResult> Delete(
        Guid id, ClaimsPrincipal user, DocumentStore store, PublishingGate gate, CancellationToken cancellationToken,
        [StringLength(PublishingGate.LongestReason, MinimumLength = 1)] string? force = null)
    {
        if (await store.Find(user.WorkspaceId(), id, cancellationToken) is null) return TypedResults.NotFound();
        if (await gate.Refuse(user, KnowledgeChange.Without(id), force, cancellationToken) is { } refused) return refused;
        return await store.Delete(user.WorkspaceId(), id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static async Task<(DocumentContent? Content, IResult? Problem)> Read(
        HttpRequest request, ClaimsPrincipal user, ILanguageDetector languages, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType) return Problem(StatusCodes.Status415UnsupportedMediaType, "A multipart form with a file.");
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = LargestBody, ValueCountLimit = 16 }, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return Invalid("file", "Not a readable multipart form, or larger than 5 MB.");
        }

        if (form.Files is not [var file]) return Invalid("file", "One file.");
        if (file.Length == 0) return Invalid("file", "The file is empty.");
        if (file.Length > LargestFile) return Problem(StatusCodes.Status413PayloadTooLarge, "At most 5 MB.");
        if (Field(form, "title") is { Length: > LongestTitle }) return Invalid("title", $"At most {LongestTitle} characters.");
        if (Field(form, "language") is { } named && named is not [>= 'a' and <= 'z', >= 'a' and <= 'z']) return Invalid("language", "Two letters, such as en.");
        if (Field(form, "url") is { } url
            && (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")))
            return Invalid("url", "A web address.");

        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes, cancellationToken);
        var fileName = Path.GetFileName(StorableText.From(file.FileName));
        try
        {
            var (format, document) = await DocumentReader.Read(bytes, fileName, file.ContentType, cancellationToken);
            var language = Field(form, "language") ?? languages.Detect(document.Text, document.Language).Language;
            return (new DocumentContent(
                Field(form, "title") ?? document.Title ?? "Untitled", Field(form, "url"), language, format, fileName is { Length: > 0 and <= LongestTitle } ? fileName : null,
                document.Text, Chunker.Cut(document), user.Id()), null);
        }
        catch (DocumentFault fault)
        {
            return fault.Status == StatusCodes.Status400BadRequest ? Invalid("file", fault.Message) : Problem(fault.Status, fault.Message);
        }
    }

    private static string? Field(IFormCollection form, string name) =>
        form[name].ToString().Trim() is { Length: > 0 } value ? StorableText.From(value) : null;

    private static (DocumentContent?, IResult) Invalid(string field, string reason) =>
        (null, TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [reason] }));

    private static (DocumentContent?, IResult) Problem(int status, string detail) => (null, TypedResults.Problem(detail, statusCode: status));
}
