using System.Text;
using Assistify.Contracts;

namespace Assistify.AiService.Replies;

/// <summary>Receives the pieces of an answer that may be shown.</summary>
public interface IDeltaPublisher
{
    Task Publish(ReplyDelta delta, CancellationToken cancellationToken);

    Task Publish(ReplyReset reset, CancellationToken cancellationToken);
}

/// <summary>
/// Shows an answer while it grows: words at once, sentences with checkable facts when they are whole and checked. The pieces
/// go out in order beside the work; the writer never waits for them.
/// </summary>
internal sealed class AnswerStream(
    Guid conversationId, long version, IReplyCheck check, IReadOnlyList<Source> sources, IDeltaPublisher publisher, CancellationToken cancellationToken) : IAnswerStream
{
    private readonly StringBuilder _held = new();
    private Task _sent = Task.CompletedTask;
    private int _index;
    private bool _refused;

    /// <summary>Everything shown so far is on its way to the replicas.</summary>
    public Task Sent => _sent;

    public void Append(string text)
    {
        _held.Append(text);
        while (!_refused && TakeSentence() is { } sentence) Show(sentence);
    }

    /// <summary>The answer is whole and was checked: shows what is left of it.</summary>
    public void Complete()
    {
        if (_refused || _held.Length == 0) return;
        Show(_held.ToString());
        _held.Clear();
    }

    /// <summary>Withdraws what was shown.</summary>
    public void Reset()
    {
        _held.Clear();
        _refused = false;
        if (_index == 0) return;
        _index = 0;
        Then(() => publisher.Publish(new ReplyReset(conversationId, version), cancellationToken));
    }

    private void Show(string piece)
    {
        if (check.HasFacts(piece) && !check.MaySend(piece, sources))
        {
            _refused = true; // the check of the whole answer will say so too
            return;
        }
        var delta = new ReplyDelta(conversationId, version, _index++, piece);
        Then(() => publisher.Publish(delta, cancellationToken));
    }

    private void Then(Func<Task> next)
    {
        _sent = After(_sent);

        async Task After(Task before)
        {
            await before;
            await next();
        }
    }

    private string? TakeSentence()
    {
        for (var i = 0; i + 1 < _held.Length; i++)
        {
            if (_held[i] != '\n' && !(_held[i] is '.' or '!' or '?' or ';' or '؟' && char.IsWhiteSpace(_held[i + 1]))) continue;
            var end = i + 1;
            while (end < _held.Length && char.IsWhiteSpace(_held[end])) end++;
            if (end == _held.Length) return null; // perhaps more white space follows
            var sentence = _held.ToString(0, end);
            _held.Remove(0, end);
            return sentence;
        }
        return null;
    }
}

/// <summary>For channels where nobody sees an answer grow.</summary>
internal sealed class NoStream : IAnswerStream
{
    public static readonly NoStream Instance = new();

    public void Append(string text)
    {
    }
}
