using System.Collections.Concurrent;
using Assistify.ServiceDefaults;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Media;

/// <summary>
/// Small versions of pictures, made by libvips' <c>vipsthumbnail</c> when they are first looked at and kept beside the picture under its hash. What cannot be made
/// small, because it is damaged or the program is not installed, is shown as it is.
/// </summary>
internal sealed partial class Thumbnails(
    StoredMedia media, IMediaContents contents, IOptions<MediaOptions> options, TimeProvider time, ILogger<Thumbnails> logger) : IDisposable
{
    /// <summary>Twice what pages show, for screens with small points.</summary>
    public const int Side = 640;

    /// <summary>A picture of so many bytes is small already.</summary>
    public const int SmallEnough = 48 * 1024;

    // Damaged pictures are not tried again with each look.
    private readonly MemoryCache _failed = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    // However many look at a picture for the first time, it is made small once.
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _making = new();

    // Stripped of where and with what it was taken. Not WebP: libvips 8.14 leaves that in it.
    private readonly LimitedProgram _program = new(
        "vipsthumbnail", ["stdin", "--size", $"{Side}x{Side}>", "--export-profile", "srgb", "-o", ".jpg[Q=80,strip,optimize_coding,background=255]"],
        memory: 1024L * 1024 * 1024, largestOutput: 4 * 1024 * 1024, patience: TimeSpan.FromSeconds(10))
    {
        // Formats whose readers are not meant for strangers' files are refused; code is not made at run time, since that needs a file.
        Environment = new Dictionary<string, string> { ["VIPS_BLOCK_UNTRUSTED"] = "1", ["VIPS_NOVECTOR"] = "1", ["VIPS_CONCURRENCY"] = "1" },
    };

    /// <summary>Whether there is anything to gain: an animation would stand still.</summary>
    public static bool Has(string contentType, long? size) =>
        contentType is "image/jpeg" or "image/png" or "image/webp" && size > SmallEnough;

    /// <returns>The answer with the small version, or with the picture itself; null if there is none.</returns>
    public async Task<IResult?> Answer(HttpRequest request, MediaFacts picture, CancellationToken cancellationToken)
    {
        if (!Has(picture.ContentType, picture.Size) || _failed.TryGetValue(picture.Sha256, out _)) return await contents.Answer(request, picture, cancellationToken);
        var small = picture with { Sha256 = IMediaContents.SmallOf(picture.Sha256), ContentType = "image/jpeg" };
        if (await contents.Answer(request, small, cancellationToken) is { } kept) return kept;
        var making = _making.GetOrAdd(picture.Sha256, _ => new Lazy<Task<bool>>(() => Make(picture, small.Sha256)));
        return await making.Value.WaitAsync(cancellationToken)
            && await contents.Answer(request, small, cancellationToken) is { } made
                ? made
                : await contents.Answer(request, picture, cancellationToken);
    }

    public void Dispose()
    {
        _failed.Dispose();
        _program.Dispose();
    }

    /// <summary>Goes on though the one who looked first went away: others may wait for it.</summary>
    private async Task<bool> Make(MediaFacts picture, string small)
    {
        try
        {
            await using var content = await contents.Open(picture.Sha256, CancellationToken.None);
            if (content is null) return false;
            var (outcome, output) = await _program.Run(content, CancellationToken.None);
            if (outcome == ProgramOutcome.Done && output.Length > 0) return await Keep(picture, small, output);

            LogFailed(outcome, picture.Id);
            _failed.Set(picture.Sha256, outcome, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) });
            return false;
        }
        finally
        {
            _making.TryRemove(picture.Sha256, out _);
        }
    }

    private async Task<bool> Keep(MediaFacts picture, string small, byte[] content)
    {
        var partial = Path.Combine(options.Value.Path, $"{Guid.CreateVersion7(time.GetUtcNow()):N}.part");
        Directory.CreateDirectory(options.Value.Path);
        try
        {
            await File.WriteAllBytesAsync(partial, content, CancellationToken.None);
            return await media.Derive(picture, () => contents.Keep(partial, small, CancellationToken.None), CancellationToken.None);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    [LoggerMessage(LogLevel.Information, "No small version of picture {MediaId} could be made: {Outcome}")]
    private partial void LogFailed(ProgramOutcome outcome, Guid mediaId);
}
