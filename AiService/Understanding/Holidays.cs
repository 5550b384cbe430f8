using System.Collections.Frozen;

namespace Assistify.AiService.Understanding;

/// <summary>
/// Days on which shops nearly everywhere in Europe keep other hours than the weekday's. Only where to look is decided by it: what is said of such
/// a day stands in the knowledge.
/// </summary>
internal static class Holidays
{
    public const string Meaning = "holiday";

    private static readonly (int Month, int Day)[] s_fixed = [(1, 1), (1, 6), (5, 1), (8, 15), (12, 24), (12, 25), (12, 26), (12, 31)];

    private static readonly FrozenSet<string> s_words = new[]
    {
        "holiday", "holidays", "christmas", "easter", "αργία", "αργίες", "αργιών", "εορτές", "γιορτές", "χριστούγεννα", "πάσχα", "feiertag", "feiertage", "feiertagen", "weihnachten",
        "ostern", "festivo", "festivos", "navidad", "férié", "fériés", "noël", "festivi", "natale", "tatil", "tatiller", "bayram", "resmi", "праздник", "праздники", "праздникам", "العطل", "الاعياد",
    }.Select(Words.Fold).ToFrozenSet();

    public static bool Includes(DateOnly day) => s_fixed.Contains((day.Month, day.Day));

    public static bool IsNamed(string foldedWord) => s_words.Contains(foldedWord);
}
