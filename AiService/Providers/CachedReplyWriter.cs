using Assistify.AiService.Replies;

namespace Assistify.AiService.Providers;

/// <summary>Asked before any model: gives the answer that one of them wrote to the same question before. It is checked like a new one.</summary>
internal sealed class CachedReplyWriter(AnswerCache cache, AiMetrics metrics) : IReplyWriter
{
    public const string Name = "cache";

    public string Model => Name;

    public async Task<Draft?> Write(ReplyTask task, IAnswerStream stream, WriterNotes notes, CancellationToken cancellationToken)
    {
        if (await cache.KeyOf(task, cancellationToken) is not { } key) return None(notes, "unsuited");
        if (await cache.Find(key, cancellationToken) is not { } draft) return None(notes, "miss");
        metrics.LookedUp("hit");
        stream.Append(draft.Text);
        return draft;
    }

    private Draft? None(WriterNotes notes, string why)
    {
        metrics.LookedUp(why);
        notes.End("declined", why);
        return null;
    }
}
