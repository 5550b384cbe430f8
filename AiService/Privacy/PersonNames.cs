using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Privacy;

/// <summary>
/// Names of people that a text mentions: behind a title, behind a word for somebody close, where it is said that it is a name, and first names that many
/// people have. A rare name that stands alone in a sentence is not recognised.
/// </summary>
internal static partial class PersonNames
{
    // Those that are words too (Mark, Rose, Grace) only count behind something that says so.
    private static readonly FrozenSet<string> s_firstNames = """
        Adam Alexander Alexandra Alice Amanda Amy Andrea Andreas Andrew Angela Anna Anne Anthony Barbara Benjamin Brian Caroline Catherine Charles Charlotte Chris Christina Christine
        Christopher Daniel David Deborah Dennis Diana Donald Dorothy Edward Elena Elizabeth Emily Emma Eric Erica Fiona Gary George Hannah Harry Helen Helena Henry Irene Isabella James
        Jane Janet Jason Jennifer Jessica Joanna John Jonathan Joseph Joshua Julia Julian Karen Kate Katherine Kevin Laura Lauren Linda Lisa Louis Louise Lucas Lucy Margaret Maria
        Martha Martin Mary Matthew Megan Melissa Michael Michelle Monica Natalie Nicholas Nicole Oliver Olivia Oscar Patricia Patrick Paul Paula Peter Philip Rachel Rebecca Richard
        Robert Roger Ronald Ruth Ryan Samantha Samuel Sandra Sarah Scott Sharon Sophia Sophie Stephanie Stephen Steven Susan Teresa Thomas Timothy Tom Tony Vanessa Victoria Vincent
        Walter William Zoe
        Γιώργος Γιώργο Γιώργου Γεώργιος Γιάννης Γιάννη Ιωάννης Κώστας Κώστα Κωνσταντίνος Νίκος Νίκο Νίκου Νικόλας Δημήτρης Δημήτρη Παναγιώτης Χρήστος Χρήστο Ανδρέας Ανδρέα Μιχάλης
        Μιχάλη Στέλιος Βασίλης Βασίλη Αντώνης Αντώνη Θανάσης Σπύρος Σταύρος Πέτρος Παύλος Αλέξανδρος Μάριος Μάριο Μαρία Μαρίας Ελένη Ελένης Κατερίνα Κατερίνας Αικατερίνη Σοφία Σοφίας
        Άννα Άννας Γεωργία Δήμητρα Βασιλική Ιωάννα Χριστίνα Δέσποινα Αγγελική Ειρήνη Αναστασία Παναγιώτα Ευαγγελία Φωτεινή Χρυσάνθη Στέλλα Αντιγόνη
        Giorgos Yiannis Kostas Nikos Dimitris Panagiotis Christos Michalis Stelios Vasilis Antonis Stavros Marios Eleni Katerina Georgia Dimitra Ioanna Despina Angeliki Eirini
        Hans Jürgen Klaus Wolfgang Stefan Matthias Jens Uwe Dieter Heike Sabine Petra Ursula Monika Claudia Katrin Birgit
        José Juan Carlos Javier Miguel Alejandro Pablo Fernando Carmen Ana Isabel Lucía Marta Cristina Pilar Rosario Mercedes
        Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Murat Emre Fatma Ayşe Emine Hatice Zeynep Elif Merve
        Mohammed Muhammad Ahmed Omar Hassan Khaled Youssef Fatima Aisha Layla Mariam محمد أحمد علي عمر حسن خالد يوسف فاطمة عائشة ليلى مريم
        Александр Сергей Дмитрий Андрей Алексей Иван Михаил Елена Ольга Наталья Анна Ирина Светлана Татьяна
        Giuseppe Giovanni Marco Luca Francesco Giulia Chiara Francesca Pierre Jean Michel Nathalie Sylvie Isabelle François
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="mask">What takes a name's place.</param>
    public static string Replace(string text, Func<string, string> mask)
    {
        text = Told().Replace(text, match => match.Groups["before"].Value + mask(match.Groups["name"].Value));
        return Capitalised().Replace(text, match =>
        {
            var first = match.Value.Split(' ', 2)[0];
            return s_firstNames.Contains(first) ? mask(match.Value) : match.Value;
        });
    }

    private const string Name = @"(?<name>(?!(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau)\b)\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2})";

    // Only where a capital letter follows: "my friend likes it" names nobody.
    [GeneratedRegex(@"(?<before>(?<![\p{L}])(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Señor|Señora|Sr|Sra|Monsieur|Madame|Mme|Signor|Signora|Bay|Bayan|Sayın|Κύριος|Κύριο|Κυρία|κύριος|κύριο|κύριε|κυρία|κ|κα|κος|господин|госпожа)\.?|(?i:my (?:wife|husband|partner|son|daughter|mother|father|mum|mom|dad|brother|sister|friend|colleague|boss|neighbou?r|aunt|uncle|cousin|grandmother|grandfather)|(?:his|her|their|whose) name is|in the name of|on the name of|ask for|spoke (?:to|with)|talked (?:to|with)|c/o|attention of|η γυναίκα μου,? (?:η )?|ο άντρας μου,? (?:ο )?|ο γιος μου,? (?:ο )?|η κόρη μου,? (?:η )?|η μητέρα μου,? (?:η )?|ο πατέρας μου,? (?:ο )?|ο φίλος μου,? (?:ο )?|η φίλη μου,? (?:η )?|στο όνομα|meine frau|mein mann|mein sohn|meine tochter|mein freund|meine freundin|auf den namen|mi mujer|mi marido|mi hijo|mi hija|mi amigo|mi amiga|a nombre de|eşim|oğlum|kızım|arkadaşım)),?\s+(?:is\s+)?)" + Name)]
    private static partial Regex Told();

    [GeneratedRegex(@"(?<![\p{L}])[\p{Lu}\p{Lo}][\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2}")]
    private static partial Regex Capitalised();
}
