using Assistify.ChatService.Conversations;
using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;
using Assistify.ServiceDefaults.Tokens;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Assistify.ChatService.Media;

internal sealed record MediaView(Guid Id, string Kind, string ContentType, long Size);

internal static class MediaEndpoints
{
    public const long LargestFile = 25L * 1024 * 1024;
    private const long LargestBody = LargestFile + 64 * 1024;
    private const int LongestName = 200;

    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        var media = app.MapGroup("/api/media");
        media.MapPost("/", Upload)
            .RequireAuthorization(Policies.Participant)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .WithName("UploadMedia")
            .WithSummary("Store a file to be attached to messages");
        media.MapGet("/{id:guid}", Download)
            .AllowAnonymous()
            .WithName("DownloadMedia")
            .WithSummary("A stored file, by a signed link");
    }

    internal static async Task<IResult> Upload(
        HttpContext http, MediaIntake intake, ConversationReader conversations, TimeProvider time, CancellationToken cancellationToken)
    {
        var user = http.User;
        if (!user.IsCustomer() && !user.IsAtLeast(Roles.Agent)) return Problem.Forbidden("Your role does not allow this.");
        if (!http.Request.HasFormContentType) return new Problem(StatusCodes.Status415UnsupportedMediaType, "A multipart form with a file.");
        Guid? customerId = null;
        if (user.IsCustomer())
        {
            if (await conversations.FindLatest(user, cancellationToken) is not { } own) return Problem.NotFound();
            customerId = own.CustomerId;
        }

        IFormFile? file;
        try
        {
            var form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = LargestBody }, cancellationToken);
            file = form.Files.Count == 1 ? form.Files[0] : null;
        }
        catch (InvalidDataException)
        {
            return Problem.Invalid("file", "Not a readable multipart form, or larger than 25 MB.");
        }

        if (file is null) return Problem.Invalid("file", "One file.");
        if (file.Length == 0) return Problem.Invalid("file", "The file is empty.");
        if (file.Length > LargestFile) return new Problem(StatusCodes.Status413PayloadTooLarge, "At most 25 MB.");

        await using var content = file.OpenReadStream();
        var name = StorableText.From(Path.GetFileName(file.FileName));
        var facts = await intake.Take(
            content, announced: null,
            taken => new MediaFacts(
                Guid.CreateVersion7(time.GetUtcNow()), user.WorkspaceId(), customerId, taken.Sha256, taken.Kind, taken.ContentType,
                name.Length is 0 or > LongestName ? null : name, taken.Size),
            cancellationToken);
        return facts is null ? Problem.NotFound() : TypedResults.Created((string?)null, new MediaView(facts.Id, facts.Kind, facts.ContentType, facts.Size));
    }

    internal static async Task<IResult> Download(
        Guid id, HttpContext http, MediaLinks links, StoredMedia media, IMediaContents contents, Thumbnails thumbnails, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request);
        if (query.Number("expires", 0, long.MaxValue) is not { } expires || query.Text("signature") is not { } signature
            || !links.IsValid(id, expires, signature))
        {
            return Problem.NotFound();
        }

        if (await media.Find(id, cancellationToken) is not { } facts) return Problem.NotFound();
        var small = query.Text("size") == MediaLinks.Small;
        var found = small ? await thumbnails.Answer(http.Request, facts, cancellationToken) : await contents.Answer(http.Request, facts, cancellationToken);
        if (found is not { } answer) return Problem.NotFound();

        // The content came from outside: no browser may guess what it is, or run it.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=3600, immutable";
        if (!MediaType.IsShown(facts.ContentType))
        {
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(facts.FileName ?? $"{facts.Id}");
            http.Response.Headers.ContentDisposition = disposition.ToString();
        }

        return answer;
    }
}
