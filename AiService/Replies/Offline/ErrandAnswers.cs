using Assistify.Contracts;

namespace Assistify.AiService.Replies.Offline;

/// <summary>Asks for what people need to know, one thing at a time, and passes the customer to them once it is known.</summary>
internal static class ErrandAnswers
{
    private const string Document = "errand";

    /// <param name="known">What the knowledge says of it, told once.</param>
    /// <returns>Null where nothing is to be said but that people take over.</returns>
    public static Passage? Write(Errand errand, Passage? known, ReplyTask task)
    {
        if (errand.Continues) known = null;
        if (errand.Missing is { } slot) return After(known, Passage.Of(ErrandPhrases.In(task.Plan.Language).Ask(errand, slot)));
        return PassOn(errand, task) is { } noted ? After(known, new Passage(noted.Text, [new Citation(Document, noted.Title, null, noted.Text)], [], [])) : known;
    }

    /// <summary>People take over after this answer.</summary>
    /// <returns>What is noted for them, which the answer may then rest on; null where they know as much without it.</returns>
    public static Source? PassOn(Errand errand, ReplyTask task)
    {
        task.Notes.HandOver = true;
        var phrases = ErrandPhrases.In(task.Plan.Language);
        if (phrases.Note(errand, Phrases.In(task.Plan.Language).Language) is not { } note) return null;
        // The figures in it are the customer's own.
        var source = new Source(Document, phrases.Name(errand.Intent), null, note, SourceKind.Tool);
        task.Sources.Add(source);
        return source;
    }

    private static Passage After(Passage? known, Passage passage) =>
        known is null ? passage : known with { Text = $"{known.Text} {passage.Text}", Citations = [.. known.Citations, .. passage.Citations], IsWhole = false };
}
