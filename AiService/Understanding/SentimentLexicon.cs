using System.Collections.Frozen;

namespace Assistify.AiService.Understanding;

/// <summary>Words that carry a feeling, by strength from -3 to 3.</summary>
internal static class SentimentLexicon
{
    private const string Table = """
        3 amazing awesome excellent fantastic wonderful perfect outstanding brilliant superb adore τέλειο τέλεια τέλειος εξαιρετικό εξαιρετικά υπέροχο υπέροχα φανταστικό καταπληκτικό ausgezeichnet fantastisch wunderbar perfekt hervorragend excelente fantástico maravilloso perfecto increíble excellent magnifique parfait merveilleux eccellente fantastico meraviglioso perfetto mükemmel harika muhteşem отлично прекрасно великолепно замечательно ممتاز رائع
        2 love loved loving great happy delighted beautiful gorgeous lovely best impressed recommend thrilled pleased enjoy αγαπώ λατρεύω χαρούμενη χαρούμενος όμορφο όμορφα πανέμορφο καλύτερο μπράβο ενθουσιασμένη liebe toll super großartig wunderschön schön glücklich encanta genial feliz hermoso bonito mejor adore génial heureux heureuse belle beau adoro bellissimo felice ottimo seviyorum güzel mutlu süper люблю супер счастлив красиво красивая احب جميل سعيد
        1 good nice thanks thank like helpful kind cool fine glad pretty easy quick fast friendly okay satisfied appreciate works solved καλό καλά καλή ωραίο ωραία ωραίος ευχαριστώ αρέσει ευγενικός γρήγορα βοήθησε gut nett danke gefällt schnell freundlich hilfreich zufrieden bueno buena bien gracias gusta rápido amable bon bonne bien merci aime rapide gentil sympa buono buona bene grazie piace veloce gentile iyi teşekkürler teşekkür hızlı beğendim хорошо спасибо нравится быстро جيد شكرا
        -1 slow late delay delayed problem issue wrong missing confused difficult expensive unfortunately sorry waiting worried dirty scratched annoying unhappy bother doubt αργεί αργά άργησε καθυστέρηση πρόβλημα λάθος λείπει ακριβό ακριβά δυστυχώς μπερδεμένο langsam spät problem falsch fehlt teuer leider verspätung lento tarde problema mal falta caro lent retard problème faux manque cher ritardo problema sbagliato manca caro yavaş geç sorun yanlış eksik pahalı медленно поздно проблема ошибка дорого غالي مشكله متاخر
        -2 bad broken damaged disappointed disappointing disappointment angry upset poor useless defective faulty cracked rude unacceptable complain complaint complaining fail failed annoyed cheated ignored ridiculous shattered κακό κακή άσχημο σπασμένο σπασμένα σπασμένη έσπασε χάλασε χαλασμένο απογοήτευση απογοητευμένη απογοητευμένος θυμωμένη θυμωμένος άχρηστο αγένεια παράπονο απαράδεκτο schlecht kaputt beschädigt enttäuscht enttäuschend wütend verärgert nutzlos defekt beschwerde zerbrochen malo mala roto rota decepcionado enfadado inútil defectuoso queja mauvais cassé cassée déçu déçue énervé inutile défectueux plainte cattivo rotto rotta deluso delusa arrabbiato inutile difettoso kötü kırık bozuk kızgın şikayet плохо плохой сломан сломано разбит разочарован жалоба سيء مكسور غاضب
        -3 terrible horrible awful worst hate scam fraud disgusting disgrace furious pathetic nightmare garbage trash thieves appalling χάλια απαίσιο απαίσια τραγικό τραγικοί αίσχος ντροπή απάτη χειρότερο μισώ ελεεινό schrecklich furchtbar katastrophe betrug schlimmste hasse unverschämt horrible pésimo terrible estafa odio peor horrible affreux pire arnaque nul déteste terribile orribile pessimo truffa peggiore odio berbat rezalet korkunç nefret dolandırıcı ужасно ужасный кошмар обман ненавижу فظيع نصب
        """;

    public static readonly FrozenDictionary<string, double> Words = Read();

    public static readonly FrozenSet<string> Negations = Folded(
        "not no never don't dont doesn't doesnt didn't didnt isn't isnt wasn't wasnt won't can't cant cannot without hardly nothing δεν δε μη μην ποτέ χωρίς όχι nicht kein keine nie ohne no nunca sin ne pas jamais sans non mai senza değil yok не нет без لا ليس لم den");

    /// <summary>"No, thanks" is not ungrateful.</summary>
    public static readonly FrozenSet<string> Thanks = Folded("thanks thank ευχαριστώ danke gracias merci grazie teşekkürler teşekkür спасибо شكرا");

    public static readonly FrozenDictionary<string, double> Intensifiers = new Dictionary<string, double>
    {
        ["very"] = 1.4, ["really"] = 1.3, ["so"] = 1.3, ["extremely"] = 1.6, ["absolutely"] = 1.5, ["totally"] = 1.4, ["completely"] = 1.4,
        ["too"] = 1.2, ["super"] = 1.4, ["bit"] = 0.6, ["slightly"] = 0.6, ["somewhat"] = 0.6, ["quite"] = 1.1, ["rather"] = 0.9,
        ["πολυ"] = 1.4, ["παρα"] = 1.3, ["τοσο"] = 1.3, ["εντελωσ"] = 1.5, ["λιγο"] = 0.6, ["sehr"] = 1.4, ["wirklich"] = 1.3, ["total"] = 1.4,
        ["etwas"] = 0.7, ["muy"] = 1.4, ["tan"] = 1.3, ["tres"] = 1.4, ["vraiment"] = 1.3, ["trop"] = 1.3, ["molto"] = 1.4, ["davvero"] = 1.3,
        ["cok"] = 1.4, ["очень"] = 1.4, ["слишком"] = 1.3, ["جدا"] = 1.4,
    }.ToFrozenDictionary();

    public static readonly (string Emoji, double Weight)[] Emoji =
    [
        ("😀", 1.5), ("😃", 1.5), ("😄", 1.5), ("😊", 1.5), ("🙂", 1), ("😍", 2.5), ("🥰", 2.5), ("😘", 2), ("❤", 2.5), ("💙", 2), ("💕", 2), ("👍", 1.5),
        ("🙏", 1), ("👏", 1.5), ("🎉", 1.5), ("⭐", 1), ("😂", 1), ("😁", 1.5), ("🤩", 2.5), ("💯", 2), (":)", 1), (":-)", 1), (":D", 1.5), ("<3", 2), (";)", 0.7),
        ("😠", -2.5), ("😡", -3), ("🤬", -3), ("😞", -2), ("😢", -2), ("😭", -1.5), ("😒", -2), ("🙄", -1.5), ("👎", -2.5), ("💔", -2.5), ("😤", -2),
        ("😕", -1.5), ("☹", -2), ("🙁", -1.5), ("😩", -2), ("🤮", -3), (":(", -1.5), (":-(", -1.5),
    ];

    private static FrozenDictionary<string, double> Read()
    {
        var words = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var entries = line.Split(' ');
            var weight = double.Parse(entries[0], System.Globalization.CultureInfo.InvariantCulture);
            foreach (var entry in entries[1..])
            {
                var folded = Understanding.Words.Fold(entry);
                words.TryAdd(folded, weight);
                if (!Greeklish.IsGreek(folded)) continue;
                foreach (var spelling in Greeklish.Spellings(folded)) words.TryAdd(spelling, weight);
            }
        }
        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Folded(string words) =>
        words.Split(' ').Select(word => Understanding.Words.Fold(word).Replace("'", "", StringComparison.Ordinal)).ToFrozenSet();
}
