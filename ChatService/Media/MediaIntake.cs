using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Assistify.ChatService.Media;

internal sealed record TakenContent(string Sha256, string ContentType, string Kind, long Size);

/// <summary>A content is written aside and then kept under its hash, so that nobody ever reads half of one.</summary>
internal sealed class MediaIntake(StoredMedia media, IMediaContents contents, IOptions<MediaOptions> options, TimeProvider time)
{
    /// <param name="announced">The hash that the content must have, where somebody said it.</param>
    /// <param name="describe">What is stored of it.</param>
    /// <returns>Null if it is not what was announced, or the customer is gone; nothing is kept then.</returns>
    public async Task<MediaFacts?> Take(Stream source, string? announced, Func<TakenContent, MediaFacts> describe, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Value.Path);
        var partial = Path.Combine(options.Value.Path, $"{Guid.CreateVersion7(time.GetUtcNow()):N}.part");
        try
        {
            var taken = await Write(source, partial, cancellationToken);
            if (announced is not null && announced != taken.Sha256) return null;
            var facts = describe(taken);
            return await media.Add(facts, time.GetUtcNow(), () => contents.Keep(partial, taken.Sha256, cancellationToken), cancellationToken) ? facts : null;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<TakenContent> Write(Stream source, string partial, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (contentType, kind) = ("application/octet-stream", "file");
        long size = 0;
        await using var target = File.Create(partial);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int read;
            while ((read = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                if (size == 0) (contentType, kind) = MediaType.Of(buffer.AsSpan(0, Math.Min(read, MediaType.Needed)));
                size += read;
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new(Convert.ToHexStringLower(hash.GetHashAndReset()), contentType, kind, size);
    }
}
