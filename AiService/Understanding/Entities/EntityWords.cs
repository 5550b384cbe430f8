using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Names of days, months, numbers and units in several languages, folded.</summary>
internal static class EntityWords
{
    public static readonly FrozenDictionary<string, int> Days = Read("""
        0: today tonight σήμερα σημερινό απόψε simera apopse heute hoy bugün اليوم aujourd'hui oggi сегодня
        1: tomorrow tmrw αύριο avrio aurio morgen mañana yarın غدا بكرا demain domani завтра
        2: μεθαύριο methavrio übermorgen послезавтра dopodomani
        -1: yesterday χθες χτες εχθές xthes gestern ayer dün امس hier ieri вчера
        """);

    /// <summary>0 is Sunday, as in <see cref="DayOfWeek"/>.</summary>
    public static readonly FrozenDictionary<string, int> Weekdays = Read("""
        1: monday δευτέρα deftera montag lunes pazartesi الاثنين lundi lunedì понедельник
        2: tuesday τρίτη triti dienstag martes salı الثلاثاء mardi martedì вторник
        3: wednesday τετάρτη tetarti mittwoch miércoles çarşamba الاربعاء mercredi mercoledì среда среду
        4: thursday πέμπτη pempti donnerstag jueves perşembe الخميس jeudi giovedì четверг
        5: friday παρασκευή paraskevi freitag viernes cuma الجمعة vendredi venerdì пятница пятницу
        6: saturday σάββατο savvato samstag sonnabend sábado cumartesi السبت samedi sabato суббота субботу
        0: sunday κυριακή kyriaki sonntag domingo pazar الاحد dimanche domenica воскресенье
        """);

    /// <summary>Month times one hundred and day.</summary>
    public static readonly FrozenDictionary<string, int> Feasts = Read("""
        101: new_year's_day new_years_day πρωτοχρονιά neujahr año_nuevo yılbaşı capodanno
        1224: christmas_eve παραμονή_χριστουγέννων heiligabend nochebuena
        1225: christmas_day christmas xmas χριστούγεννα xristougenna weihnachten navidad noël natale рождество
        1226: boxing_day
        1231: new_year's_eve new_years_eve παραμονή_πρωτοχρονιάς silvester nochevieja
        """);

    public static readonly FrozenDictionary<string, int> Months = Read("""
        1: january jan ιανουαρίου ιανουάριος ιαν januar jänner enero ocak يناير janvier gennaio января
        2: february feb φεβρουαρίου φεβρουάριος φεβ februar febrero şubat فبراير février febbraio февраля
        3: march mar μαρτίου μάρτιος μαρ märz marzo mart مارس mars марта
        4: april apr απριλίου απρίλιος απρ abril nisan ابريل avril aprile апреля
        5: may μαΐου μάιος μαι mai mayo mayıs مايو maggio мая
        6: june jun ιουνίου ιούνιος ιουν juni junio haziran يونيو juin giugno июня
        7: july jul ιουλίου ιούλιος ιουλ juli julio temmuz يوليو juillet luglio июля
        8: august aug αυγούστου αύγουστος αυγ agosto ağustos اغسطس août августа
        9: september sept sep σεπτεμβρίου σεπτέμβριος σεπ septiembre eylül سبتمبر septembre settembre сентября
        10: october oct οκτωβρίου οκτώβριος οκτ oktober octubre ekim اكتوبر octobre ottobre октября
        11: november nov νοεμβρίου νοέμβριος νοε noviembre kasım نوفمبر novembre ноября
        12: december dec δεκεμβρίου δεκέμβριος δεκ dezember diciembre aralık ديسمبر décembre dicembre декабря
        """);

    public static readonly FrozenDictionary<string, int> Numbers = Read("""
        1: one a an ένα έναν μία μια ein eine einen einem einer un uno una bir واحد
        2: two couple δύο δυο zwei dos iki اثنين يومين
        3: three τρία τρεις τρια drei tres üç ثلاثة
        4: four τέσσερα τέσσερις vier cuatro dört اربعة
        5: five πέντε fünf cinco beş خمسة
        6: six έξι sechs seis altı ستة
        7: seven επτά εφτά sieben siete yedi سبعة
        8: eight οκτώ οχτώ acht ocho sekiz ثمانية
        9: nine εννέα εννιά neun nueve dokuz تسعة
        10: ten δέκα zehn diez عشرة
        11: eleven έντεκα elf
        12: twelve δώδεκα zwölf doce
        """);

    /// <summary>How long, in minutes for the first two and in days for the others.</summary>
    public static readonly FrozenDictionary<string, string> Spans = ReadNames("""
        minute: minutes minute mins min λεπτά λεπτό minuten minutos minuto dakika دقيقة دقائق
        hour: hours hour hrs hr h ώρες ώρα stunden stunde horas hora saat ساعة ساعات
        day: days day μέρες μέρα ημέρες ημέρα meres tage tagen tag días día gün يوم ايام
        week: weeks week εβδομάδες εβδομάδα βδομάδες βδομάδα wochen woche semanas semana hafta اسبوع اسابيع
        month: months month μήνες μήνα monate monaten monat meses mes ay شهر اشهر
        """);

    public static readonly FrozenDictionary<string, string> Units = ReadNames("""
        piece: pieces piece pcs pc items item τεμάχια τεμάχιο τμχ κομμάτια κομμάτι stück stk piezas pieza unidades unidad adet tane قطع قطعة
        person: people persons person guests guest pax adults άτομα άτομο ατόμων καλεσμένους καλεσμένοι personen person gäste personas persona invitados kişi kişilik اشخاص شخص ضيوف
        ticket: tickets ticket εισιτήρια εισιτήριο karten entradas entrada bilet تذاكر تذكرة
        kg: kg kilos kilo kilograms κιλά κιλό كيلو
        g: g gr grams gram γραμμάρια
        l: l liters litres litre liter λίτρα λίτρο litros litro litre لتر
        ml: ml
        m: m meters metres meter metre μέτρα μέτρο metros
        cm: cm centimeters centimetres πόντους πόντοι εκατοστά zentimeter centímetros سم
        mm: mm
        """);

    public static readonly FrozenDictionary<string, string> Currencies = ReadNames("""
        EUR: € eur euro euros ευρώ evro evra eyro eyrw evrw يورو евро
        USD: $ usd dollar dollars δολάρια δολάριο dólares dólar dolar دولار
        GBP: £ gbp pounds pound quid λίρες_αγγλίας
        TRY: ₺ tl try lira liras λίρες ليرة
        CHF: chf franken
        SAR: sar ريال
        AED: aed درهم
        """);

    /// <summary>An alternation for a pattern, the longest names first, so that none hides another.</summary>
    public static string AnyOf<T>(FrozenDictionary<string, T> words) =>
        string.Join('|', words.Keys.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal).Select(Regex.Escape));

    /// <summary>Lines of a number, a colon and its names, folded.</summary>
    public static FrozenDictionary<string, int> Read(string table) =>
        ReadNames(table).ToFrozenDictionary(entry => entry.Key, entry => int.Parse(entry.Value, System.Globalization.CultureInfo.InvariantCulture));

    private static FrozenDictionary<string, string> ReadNames(string table)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var word in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                names.TryAdd(new FoldedText(word.Replace('_', ' ')).Text, line[..colon]);
        }
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
