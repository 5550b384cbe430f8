using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Media;

internal sealed class DiskContents(IOptions<MediaOptions> options) : IMediaContents
{
    public Task Keep(string file, string sha256, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(file, path, overwrite: true);
        return Task.CompletedTask;
    }

    public Task<IResult?> Answer(HttpRequest request, MediaFacts media, CancellationToken cancellationToken)
    {
        var path = PathOf(media.Sha256);
        return Task.FromResult<IResult?>(File.Exists(path) ? TypedResults.PhysicalFile(path, media.ContentType, enableRangeProcessing: true) : null);
    }

    public Task<Stream?> Open(string sha256, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        return Task.FromResult<Stream?>(File.Exists(path) ? File.OpenRead(path) : null);
    }

    public Task Remove(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken)
    {
        foreach (var path in hashes.SelectMany(static hash => (string[])[hash, IMediaContents.SmallOf(hash)]).Select(PathOf).Where(File.Exists)) File.Delete(path);
        return Task.CompletedTask;
    }

    private string PathOf(string sha256) => Path.GetFullPath(Path.Combine(options.Value.Path, IMediaContents.NameOf(sha256)));
}
