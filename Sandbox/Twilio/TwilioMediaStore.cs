using System.Diagnostics.CodeAnalysis;

namespace Assistify.Sandbox.Twilio;

internal sealed record TwilioMedia(string Sid, string ContentType, byte[] Content);

/// <summary>Files that customers "sent"; the oldest go when they are too large together.</summary>
internal sealed class TwilioMediaStore
{
    private const long Capacity = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TwilioMedia> _bySid = new(StringComparer.Ordinal);
    private readonly Queue<TwilioMedia> _oldest = [];
    private long _size;

    public void Add(TwilioMedia media)
    {
        lock (_gate)
        {
            _bySid.Add(media.Sid, media);
            _oldest.Enqueue(media);
            _size += media.Content.Length;
            while (_size > Capacity && _oldest.Count > 1)
            {
                var gone = _oldest.Dequeue();
                _bySid.Remove(gone.Sid);
                _size -= gone.Content.Length;
            }
        }
    }

    public bool TryGet(string sid, [NotNullWhen(true)] out TwilioMedia? media)
    {
        lock (_gate) return _bySid.TryGetValue(sid, out media);
    }
}
