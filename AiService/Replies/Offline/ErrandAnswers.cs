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
        var language = task.Plan.Language;
        var phrases = ErrandPhrases.In(language);
        if (errand.Continues) known = null;
        if (errand.Missing is { } slot) return After(known, Passage.Of(phrases.Ask(errand, slot)));

        task.Notes.HandOver = true;
        if (phrases.Note(errand, Phrases.In(language).Language) is not { } note) return known;
        // The figures in it are the customer's own.
        task.Sources.Add(new Source(Document, phrases.Name(errand.Intent), null, note, SourceKind.Tool));
        return After(known, new Passage(note, [new Citation(Document, phrases.Name(errand.Intent), null, note)], [], []));
    }

    private static Passage After(Passage? known, Passage passage) =>
        known is null ? passage : known with { Text = $"{known.Text} {passage.Text}", Citations = [.. known.Citations, .. passage.Citations], IsWhole = false };
}
