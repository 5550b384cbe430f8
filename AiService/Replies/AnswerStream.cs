using System.Text;
using Assistify.AiService.Replies.Checks;
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
internal sealed class AnswerStream(ReplyTask task, IDeltaPublisher publisher, CancellationToken cancellationToken) : IAnswerStream
{
    private readonly StringBuilder _shown = new();
    private readonly StringBuilder _held = new();
    private Task _sent = Task.CompletedTask;
    private int _sentence; // where in what was shown the sentence began of which more is held
    private int _index;
    private bool _refused;

    /// <summary>Whether what comes is a model's own words; the knowledge's words come whole and need less.</summary>
    public bool Free { get; set; } = true;

    /// <summary>Everything shown so far is on its way to the replicas.</summary>
    public Task Sent => _sent;

    public void Append(string text)
    {
        _held.Append(text);
        while (!_refused && TakeSentence() is { } rest) ShowSentence(rest);
        if (Free && !_refused) ShowBeginning();
    }

    /// <summary>The answer is whole and was checked: shows what is left of it.</summary>
    public void Complete()
    {
        if (_refused || _held.Length == 0) return;
        ShowSentence(_held.ToString());
        _held.Clear();
    }

    public void Reset()
    {
        _held.Clear();
        _shown.Clear();
        _sentence = 0;
        _refused = false;
        if (_index == 0) return;
        _index = 0;
        Then(() => publisher.Publish(new ReplyReset(task.Request.ConversationId, task.Request.Version), cancellationToken));
    }

    // The end of a sentence whose beginning may have been shown.
    private void ShowSentence(string rest)
    {
        var sentence = Begun() + rest;
        if (!ReplyChecks.MayShow(_shown.ToString(0, _sentence), sentence, task, Free))
        {
            _refused = true; // the check of the whole answer will say so too
            return;
        }
        Show(rest);
        _sentence = _shown.Length;
    }

    // Whole words of a sentence that has nothing to be checked so far.
    private void ShowBeginning()
    {
        var end = _held.Length;
        while (end > 0 && !char.IsWhiteSpace(_held[end - 1])) end--;
        if (end == 0 || string.IsNullOrWhiteSpace(_held.ToString(0, end))) return;
        var words = _held.ToString(0, end);
        var begun = Begun() + words;
        if (!ReplyChecks.MayBegin(begun) || !ReplyChecks.MayShow(_shown.ToString(0, _sentence), begun, task, Free)) return;
        _held.Remove(0, end);
        Show(words);
    }

    private string Begun() => _shown.ToString(_sentence, _shown.Length - _sentence);

    private void Show(string piece)
    {
        _shown.Append(piece);
        var delta = new ReplyDelta(task.Request.ConversationId, task.Request.Version, _index++, piece);
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

    public void Reset()
    {
    }
}
