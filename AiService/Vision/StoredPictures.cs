using System.Net;

namespace Assistify.AiService.Vision;

internal sealed record PictureContent(byte[] Bytes, string ContentType);

/// <summary>Where the contents of pictures are.</summary>
internal interface IPictureContents
{
    /// <returns>Null where it is not there, or not in time; a picture that no model takes is one without content type.</returns>
    Task<PictureContent?> Get(Guid workspaceId, Guid messageId, Guid mediaId, CancellationToken cancellationToken);
}

/// <summary>
/// Asks ChatService's store, never the provider and never an address that somebody else named. What a provider keeps is brought there in the
/// background, so it may come a moment after its message: it is waited for, until it is known that it never will.
/// </summary>
internal sealed class StoredPictures(ChatCalls chat, TimeProvider time) : IPictureContents
{
    /// <summary>What all providers take: 5 MiB in base64.</summary>
    public const int Largest = 5 * 1024 * 1024 / 4 * 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(400);

    public async Task<PictureContent?> Get(Guid workspaceId, Guid messageId, Guid mediaId, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (true)
            {
                if (await Ask($"/internal/media/{mediaId}?workspaceId={workspaceId}&messageId={messageId}", either.Token) is { } found) return found.Content;
                await Task.Delay(s_pause, time, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<Found?> Ask(string path, CancellationToken cancellationToken) => await chat.Get(path, async response => response.StatusCode switch
    {
        HttpStatusCode.OK => new Found(await Read(response, cancellationToken)),
        HttpStatusCode.Gone => new Found(null),
        _ => null,
    }, cancellationToken);

    private static async Task<PictureContent> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not ("image/png" or "image/jpeg" or "image/gif" or "image/webp") || response.Content.Headers.ContentLength is null or > Largest) return new PictureContent([], "");
        return new PictureContent(await response.Content.ReadAsByteArrayAsync(cancellationToken), type);
    }

    /// <param name="Content">Null: it will never be there.</param>
    private sealed record Found(PictureContent? Content);
}
