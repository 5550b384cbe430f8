using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Assistify.Sandbox.StandIns;

/// <param name="Url">Where it is, for files that live elsewhere; then there is no content.</param>
internal sealed record MediaFile(string Id, string ContentType, byte[] Content, string? FileName = null, string? Url = null)
{
    /// <summary><c>image</c>, <c>audio</c>, <c>video</c> or <c>document</c>.</summary>
    public string Kind => ContentType.Split('/')[0] switch { "image" => "image", "audio" => "audio", "video" => "video", _ => "document" };

    public string Sha256 => Convert.ToBase64String(SHA256.HashData(Content));

    /// <summary>A name even where the customer gave none.</summary>
    public string Name => FileName ?? $"{Kind}.{Extension}";

    private string Extension => ContentType.Split(';')[0] switch
    {
        "image/jpeg" => "jpg",
        "audio/mpeg" => "mp3",
        "text/plain" => "txt",
        var type => type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..],
    };
}

/// <summary>Files that customers "sent"; the oldest go when they are too large together.</summary>
internal sealed class MediaStore
{
    private const long Capacity = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MediaFile> _byId = new(StringComparer.Ordinal);
    private readonly Queue<MediaFile> _oldest = [];
    private long _size;

    public void Add(MediaFile media)
    {
        lock (_gate)
        {
            if (!_byId.TryAdd(media.Id, media)) return;

            _oldest.Enqueue(media);
            _size += media.Content.Length;
            while (_size > Capacity && _oldest.Count > 1)
            {
                var gone = _oldest.Dequeue();
                _byId.Remove(gone.Id);
                _size -= gone.Content.Length;
            }
        }
    }

    public bool TryGet(string id, [NotNullWhen(true)] out MediaFile? media)
    {
        lock (_gate) return _byId.TryGetValue(id, out media);
    }
}
