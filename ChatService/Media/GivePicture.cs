using Assistify.ChatService.Web;
using Assistify.ServiceDefaults;

namespace Assistify.ChatService.Media;

/// <summary>Gives a stored picture to the service that looks at it.</summary>
internal static class GivePicture
{
    public static void MapGivePicture(this IEndpointRouteBuilder app) => app.MapGet("/internal/media/{id:guid}", Handle).ForOurServices();

    private static async Task<IResult> Handle(
        Guid id, Guid workspaceId, HttpRequest request, StoredMedia media, IMediaContents contents, CancellationToken cancellationToken,
        Guid? messageId = null)
    {
        if (await media.Find(id, cancellationToken) is not { Kind: "image" } picture || picture.WorkspaceId != workspaceId)
        {
            return messageId is { } message && await media.HasFailed(id, message, workspaceId, cancellationToken)
                ? new Problem(StatusCodes.Status410Gone, "The provider does not give it.") : Problem.NotFound();
        }
        return await contents.Answer(request, picture, cancellationToken) ?? Problem.NotFound();
    }
}
