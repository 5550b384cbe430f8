using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Media;

/// <summary>Gives a stored picture to the service that looks at it. For our services alone: the call is signed, and the gateway routes nothing here.</summary>
internal static class GivePicture
{
    public static void MapGivePicture(this IEndpointRouteBuilder app) => app.MapGet("/internal/media/{id:guid}", Handle).AllowAnonymous();

    private static async Task<IResult> Handle(
        Guid id, Guid workspaceId, HttpRequest request, InternalCalls calls, StoredMedia media, IMediaContents contents, CancellationToken cancellationToken,
        Guid? messageId = null)
    {
        if (!calls.IsAuthentic($"GET {request.Path}{request.QueryString}", request.Headers[InternalCalls.Header]))
            return new Problem(StatusCodes.Status401Unauthorized, "This call is not one of our services'.");
        if (await media.Find(id, cancellationToken) is not { Kind: "image" } picture || picture.WorkspaceId != workspaceId)
        {
            return messageId is { } message && await media.HasFailed(id, message, workspaceId, cancellationToken)
                ? new Problem(StatusCodes.Status410Gone, "The provider does not give it.") : Problem.NotFound();
        }
        return await contents.Answer(request, picture, cancellationToken) ?? Problem.NotFound();
    }
}
