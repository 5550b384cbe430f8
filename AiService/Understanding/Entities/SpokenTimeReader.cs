using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Times as people say them: half past three, quarter to five, τρεισήμισι, halb vier, a las tres y media, saat üç buçuk, الساعة الثالثة والنصف.</summary>
internal static class SpokenTimeReader
{
    private const RegexOptions Options = RegexOptions.Compiled | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int HalfDay = 12 * 60;
    private const double Certain = 0.97;
    private const double Sure = 0.9;

    // "At five" may be something else than a time.
    private const double Perhaps = 0.6;

    // What may follow "at five" where it is a time; "at one of your shops" is none.
    private const string End = @"(?=$|[.,!?;)]| (?:please|sharp|today|tonight|tomorrow|on|in|or|if|then|works|would|suits|is))";

    /// <summary>The hours from one to twelve in each language, and around them what is said: <c>{h}</c> is the hour as a word or in figures, the minutes are added to it.</summary>
    private static readonly List<Language> s_languages =
    [
        Of(["past ", "quarter", "clock", "thirty", "fifteen", "forty", "at ", "to ", "pm", "p.m", " am", "a.m"],
            "one two three four five six seven eight nine ten eleven twelve",
            (@"half past {h}", 30, Sure), (@"(a )?quarter past {h}", 15, Sure), (@"(a )?quarter to {h}", -15, Sure), (@"five past {h}", 5, Sure), (@"five to {h}", -5, Perhaps),
            (@"ten past {h}", 10, Sure), (@"ten to {h}", -10, Perhaps), (@"twenty past {h}", 20, Sure), (@"twenty to {h}", -20, Sure), (@"at {h} thirty", 30, Sure),
            (@"at {h} fifteen", 15, Sure), (@"at {h} forty[ -]five", 45, Sure), (@"{h} ?o ?'? ?clock", 0, Sure), ($"at {{h}}{End}", 0, Perhaps), (@"{h}(?= [ap]\.?m\b)", 0, Sure)),
        Of(["και μισ", "και τρ", "τεταρτο", "στισ ", "στη ", "στην ", "η ωρα "],
            "μια/μιασ δυο/δυοσ τρεισ/τριων τεσσερισ/τεσσερων πεντε εξι επτα/εφτα οκτω/οχτω εννεα/εννια δεκα εντεκα δωδεκα",
            (@"{h} και (μισ[ηι]|τριαντα)", 30, Sure), (@"{h} και τεταρτο", 15, Sure), (@"{h} παρα τεταρτο", -15, Sure), (@"στ(ισ|η|ην) {h}", 0, Perhaps), (@"η ωρα {h}", 0, Perhaps)),
        Of(["μισ"],
            "μιαμισ[ηι] δυομισ[ηι] τρεισημισ[ηι] τεσσερισημισ[ηι] πεντεμισ[ηι] εξιμισ[ηι] επταμισ[ηι]/εφταμισ[ηι] οκτωμισ[ηι]/οχτωμισ[ηι] εννιαμισ[ηι] δεκαμισ[ηι] εντεκαμισ[ηι] δωδεκαμισ[ηι]",
            (@"{h}", 30, Sure)),
        Of(["halb ", "viertel", "nach ", "vor ", "uhr", "um "],
            "eins/ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
            (@"halb {h}", -30, Sure), (@"viertel nach {h}", 15, Sure), (@"(dreiviertel|viertel vor) {h}", -15, Sure), (@"funf nach {h}", 5, Sure), (@"zehn nach {h}", 10, Sure),
            (@"zwanzig nach {h}", 20, Sure), (@"funf vor {h}", -5, Sure), (@"zehn vor {h}", -10, Sure), (@"zwanzig vor {h}", -20, Sure), (@"{h} uhr dreissig", 30, Sure), (@"{h} uhr", 0, Sure), (@"um {h}", 0, Perhaps)),
        Of(["la ", "las "],
            "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
            (@"las? {h} y media", 30, Sure), (@"las? {h} y cuarto", 15, Sure), (@"las? {h} menos cuarto", -15, Sure), (@"a las? {h}", 0, Perhaps)),
        Of(["heure"],
            "une deux trois quatre cinq six sept huit neuf dix onze douze",
            (@"{h} heures? et demie", 30, Sure), (@"{h} heures? et quart", 15, Sure), (@"{h} heures? moins le quart", -15, Sure), (@"{h} heures?", 0, Perhaps)),
        Of(["alle ", "all'"],
            "una due tre quattro cinque sei sette otto nove dieci undici dodici",
            (@"all['e] ?{h} e mezz[ao]", 30, Sure), (@"all['e] ?{h} e un quarto", 15, Sure), (@"all['e] ?{h} meno un quarto", -15, Sure), (@"all['e] ?{h}", 0, Perhaps)),
        Of(["bucuk", "ceyrek", "saat "],
            "bir iki uc dort bes alti yedi sekiz dokuz on on_bir on_iki",
            (@"{h} bucuk(t[ae])?", 30, Sure), (@"{h}y?[iu] ceyrek gece", 15, Sure), (@"{h}y?[ae] ceyrek (kala|var)", -15, Sure), (@"saat {h}([td][ae])?", 0, Sure)),
        Of(["час"],
            "один/час два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
            (@"в {h} час(а|ов)?", 0, Perhaps), (@"в час(?= дня| ночи|$)", 0, Perhaps)),
        Of(["الساعه "],
            "الواحده الثانيه الثالثه الرابعه الخامسه السادسه السابعه الثامنه التاسعه العاشره الحاديه_عشره الثانيه_عشره",
            (@"الساعه {h} والنصف", 30, Sure), (@"الساعه {h} والربع", 15, Sure), (@"الساعه {h} الا ربعا?", -15, Sure), (@"الساعه {h}", 0, Sure)),
    ];

    public static IEnumerable<TimeEntity> Read(FoldedText text)
    {
        foreach (var form in s_languages.Where(language => text.Text.AsSpan().ContainsAny(language.Heard)).SelectMany(language => language.Forms.Value))
        {
            foreach (Match match in form.Pattern.Matches(text.Text))
            {
                if (Time(form, match) is not { } time) continue;
                var (start, length) = text.Place(match);
                yield return new TimeEntity(start, length, IsNamed(match) ? Certain : form.Confidence, time);
            }
        }
    }

    // "In the morning", "pm".
    private static bool IsNamed(Match match) => match.Groups["am"].Success || match.Groups["pm"].Success;

    private static TimeOnly? Time(Form form, Match match)
    {
        var hour = form.HourOf(match.Groups["h"].Value);
        if (hour is 0 or > 12) return null;
        var minutes = (hour * 60 + form.Minutes) % HalfDay;
        // "At five": shops are visited in the afternoon at these hours, and at twelve by day.
        var afternoon = match.Groups["pm"].Success || !match.Groups["am"].Success && minutes / 60 <= 7;
        return TimeOnly.MinValue.AddMinutes(afternoon ? minutes + HalfDay : minutes);
    }

    /// <param name="heard">Without one of these nothing is said of a time: most texts need no further look.</param>
    private static Language Of(string[] heard, string hours, params (string Pattern, int Minutes, double Confidence)[] said)
    {
        var words = hours.Split(' ').SelectMany((names, index) => names.Split('/').Select(name => (Name: name.Replace('_', ' '), Hour: index + 1))).ToList();
        var any = $@"(?<h>{string.Join('|', words.OrderByDescending(word => word.Name.Length).Select(word => word.Name))}|\d{{1,2}})";
        return new Language(SearchValues.Create(heard, StringComparison.Ordinal), new(() => [.. said.Select(form => new Form(
            new Regex($@"(?<!\w){form.Pattern.Replace("{h}", any, StringComparison.Ordinal)}(?!\w)( ?((?<pm>{TimeReader.Afternoon})|(?<am>{TimeReader.Morning})))?", Options), form.Minutes, form.Confidence, words))]));
    }

    /// <param name="Forms">Made where the language is first heard: most workplaces hear two or three.</param>
    private sealed record Language(SearchValues<string> Heard, Lazy<IReadOnlyList<Form>> Forms);

    private sealed record Form(Regex Pattern, int Minutes, double Confidence, List<(string Name, int Hour)> Words)
    {
        /// <summary>"Seven" is 7, and so is "7"; where the form has no place for an hour, it is one.</summary>
        public int HourOf(string said) =>
            said.Length == 0 ? 1
            : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var figures) ? figures
            : Words.First(word => Regex.IsMatch(said, $"^(?:{word.Name})$", RegexOptions.CultureInvariant)).Hour;
    }
}
