using System.Collections.Frozen;

namespace Assistify.AiService.Understanding;

/// <summary>
/// What the same thing is called in several languages, so that a question asked in one finds what is written in another,
/// and "Sonntag", "domingo" and "kyriaki" are all Sunday. Words are compared by their stems.
/// </summary>
internal static class Concepts
{
    // One concept per line: its English name, then other names, as people write them.
    private const string Table = """
        monday: mondays δευτέρα montag lunes lundi lunedi pazartesi понедельник الاثنين
        tuesday: tuesdays τρίτη dienstag martes mardi martedi salı вторник الثلاثاء
        wednesday: wednesdays τετάρτη mittwoch miércoles mercredi mercoledi çarşamba среда среду الاربعاء
        thursday: thursdays πέμπτη donnerstag jueves jeudi giovedi perşembe четверг الخميس
        friday: fridays παρασκευή freitag viernes vendredi venerdi cuma пятница пятницу الجمعه
        saturday: saturdays σάββατο σάββατα samstag sábado samedi sabato cumartesi суббота субботу السبت
        sunday: sundays κυριακή κυριακές sonntag sonntags domingo domingos dimanche domenica pazar воскресенье الاحد
        weekend: σαββατοκύριακο wochenende
        cyprus: limassol lemesos λεμεσό λεμεσός λεμεσού larnaca larnaka λάρνακα λάρνακας paphos pafos πάφο πάφος πάφου κύπρο κύπρος κύπρου zypern chipre chypre cipro kıbrıs кипр قبرص
        greece: ελλάδα ελλάδας griechenland grecia grèce yunanistan греция грецию اليونان athens αθήνα athen atenas athènes atene atina афины اثينا thessaloniki θεσσαλονίκη salonica selanik салоники patras πάτρα heraklion ηράκλειο
        germany: γερμανία deutschland alemania allemagne germania almanya германия германию المانيا berlin βερολίνο берлин برلين munich münchen μόναχο hamburg αμβούργο frankfurt köln cologne
        france: γαλλία frankreich francia fransa франция فرنسا paris παρίσι parís parigi париж باريس lyon marseille
        italy: ιταλία italien italia italie italya италия ايطاليا rome roma ρώμη rom рим روما milan milano μιλάνο mailand milán
        spain: ισπανία spanien españa espagne spagna ispanya испания اسبانيا madrid μαδρίτη мадрид مدريد barcelona βαρκελώνη barcelone barcellona барселона
        turkey: τουρκία türkei turquía turquie turchia türkiye турция تركيا istanbul κωνσταντινούπολη стамбул اسطنبول ankara izmir
        europe: ευρώπη europa avrupa европа european eu اوروبا
        blue: μπλε γαλάζιο γαλάζια γαλανό blau blaue blaues blauen azul bleu bleue blu mavi синий синяя синюю синие голубой ازرق زرقاء
        white: λευκό λευκά λευκή άσπρο άσπρη άσπρα weiß weiße weißes weißen blanco blanca blanc blanche bianco bianca beyaz белый белая белую ابيض بيضاء
        green: πράσινο πράσινη πράσινα grün grüne grünen verde vert verte yeşil зеленый зеленая зеленую اخضر خضراء
        red: κόκκινο κόκκινη κόκκινα rot rote roten rojo roja rouge rosso rossa kırmızı красный красная красную احمر حمراء
        black: μαύρο μαύρη μαύρα schwarz schwarze schwarzen negro negra noir noire nero nera siyah черный черная черную اسود سوداء
        grey: gray γκρι γκρίζο grau graue gris grigio gri серый серая رمادي
        yellow: κίτρινο κίτρινη κίτρινα gelb gelbe amarillo amarilla jaune giallo sarı желтый желтая اصفر صفراء
        pink: ροζ rosa rose pembe розовый وردي
        terracotta: τερακότα κεραμιδί terrakotta terracota
        beige: μπεζ bej
        vase: vases βάζο βάζα ανθοδοχείο vasen jarrón jarrones florero vaso vasi vazo ваза вазу вазы مزهريه مزهريات
        mug: mugs cup cups κούπα κούπες φλιτζάνι tasse tassen becher taza tazas mug tazza tazze kupa fincan кружка кружку кружки чашка كوب اكواب
        plate: plates πιάτο πιάτα teller plato platos assiette assiettes piatto piatti tabak тарелка тарелку тарелки طبق اطباق
        bowl: bowls μπολ γαβάθα σαλατιέρα schüssel schale cuenco cuencos bol bols saladier ciotola kase миска миску чаша وعاء
        candle: candles κερί κεριά kerze kerzen vela velas bougie bougies candela candele свеча свечу свечи شمعه شموع
        lamp: lamps φωτιστικό λάμπα πορτατίφ lampe lampen lámpara lámparas lampada lamba лампа лампу лампы مصباح مصابيح
        cushion: cushions pillow pillows μαξιλάρι μαξιλάρια kissen cojín cojines coussin coussins cuscino cuscini yastık подушка подушку подушки وساده وسائد
        blanket: blankets throw throws κουβέρτα κουβέρτες ριχτάρι decke decken manta mantas plaid couverture coperta battaniye плед одеяло بطانيه بطانيات
        teapot: teapots τσαγιέρα teekanne tetera théière teiera çaydanlık demlik чайник ابريق
        planter: planters pot pots flowerpot γλάστρα γλάστρες κασπό blumentopf übertopf maceta macetas vaso saksı горшок кашпо اصيص
        tray: trays δίσκος δίσκο tablett bandeja plateau vassoio tepsi поднос صينيه
        jug: jugs pitcher carafe κανάτα krug karaffe jarra cruche carafe caraffa sürahi кувшин ابريق
        soap: σαπούνι σαπουνοθήκη seife jabón savon sapone sabun мыло صابون
        clock: ρολόι uhr wanduhr reloj horloge orologio часы ساعه
        basket: baskets καλάθι καλάθια korb cesta panier cestino sepet корзина سله سلال
        frame: frames κορνίζα κορνίζες rahmen bilderrahmen cadre cornice çerçeve рамка اطار اطارات
        ceramic: ceramics pottery stoneware κεραμικό κεραμικά κεραμικών keramik cerámica céramique ceramica seramik керамика خزف سيراميك
        gift: gifts present presents δώρο δώρα δωράκι geschenk geschenke regalo regalos cadeau cadeaux regali hediye подарок подарки هديه هدايا
        birthday: γενέθλια γενεθλίων geburtstag cumpleaños anniversaire compleanno doğum рождения ميلاد
        wedding: γάμος γάμο γάμου hochzeit boda mariage matrimonio düğün свадьба زفاف
        mother: mum mom mama μαμά μητέρα mutter madre mère мама маме ام
        price: prices cost costs τιμή τιμές κόστος κοστίζει preis preise kosten kostet precio precios cuesta prix coûte prezzo costa fiyat цена стоит سعر
        budget: budgets προϋπολογισμός προϋπολογισμό μπάτζετ presupuesto bütçe bütçem бюджет ميزانيه ميزانيتي
        shipping: ship ships shipped delivery deliver delivers send αποστολή αποστολές αποστολής στέλνετε μεταφορικά παράδοση versand lieferung liefern envío envíos envían livraison livrez expédition spedizione spedite consegna kargo teslimat gönderim доставка доставку доставляете شحن توصيل
        return: returns returning refund refunds exchange επιστροφή επιστροφές επιστροφής επιστρέψω αλλαγή rückgabe zurückgeben umtausch devolución devolver retour retourner rembourser reso resi restituire iade возврат вернуть ارجاع استرجاع
        pay: payment payments paying πληρωμή πληρωμής πληρώσω zahlung zahlen bezahlen pago pagar paiement payer pagamento pagare ödeme оплата оплатить دفع
        card: cards κάρτα κάρτες karte kreditkarte tarjeta carte carta kart карта картой بطاقه
        open: opening hours ωράριο ανοιχτά ανοικτά ανοίγετε öffnungszeiten geöffnet offen horario abierto abiertos abren horaires ouvert ouverts orari aperto aperti açık saatleri открыто работаете مفتوح
        wrapping: wrap wrapped περιτύλιγμα συσκευασία geschenkverpackung verpackung envoltorio emballage confezione paket упаковка تغليف
        dishwasher: πλυντήριο spülmaschine spülmaschinenfest lavavajillas lavastoviglie bulaşık посудомоечной
        microwave: μικροκύματα φούρνο μικροκυμάτων mikrowelle microondas microonde mikrodalga микроволновке
        address: located location where διεύθυνση βρίσκεστε adresse dirección adresse indirizzo adres адрес عنوان
        parking: park πάρκινγκ στάθμευση parken parkplatz aparcamiento parcheggio otopark парковка
        discount: discounts coupon voucher έκπτωση εκπτώσεις κουπόνι rabatt gutschein descuento cupón réduction remise sconto buono indirim kupon скидка خصم
        invoice: receipt τιμολόγιο απόδειξη rechnung factura facture fattura fatura счет فاتوره
        """;

    private static readonly FrozenDictionary<string, string> s_concepts = Read();

    public static readonly FrozenSet<string> Colours =
        new[] { "blue", "white", "green", "red", "black", "grey", "yellow", "pink", "terracotta", "beige" }.ToFrozenSet();

    public static readonly FrozenSet<string> Weekdays =
        new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend" }.ToFrozenSet();

    public static readonly FrozenSet<string> Countries =
        new[] { "cyprus", "greece", "germany", "france", "italy", "spain", "turkey", "europe" }.ToFrozenSet();

    /// <summary>Kinds of things that a shop for home and ceramics is asked for.</summary>
    public static readonly FrozenSet<string> Things = new[]
    {
        "vase", "mug", "plate", "bowl", "candle", "lamp", "cushion", "blanket", "teapot", "planter", "tray", "jug", "soap", "clock", "basket", "frame", "gift",
    }.ToFrozenSet();

    /// <summary>The English name of what a folded word means, or the word's stem.</summary>
    public static string Of(string foldedWord)
    {
        if (s_concepts.TryGetValue(foldedWord, out var concept)) return concept;
        var stem = Words.Stem(foldedWord);
        return s_concepts.TryGetValue(stem, out concept) ? concept : stem;
    }

    /// <summary>The same for a word that may be misspelt; slower, so only where nothing else was found.</summary>
    public static string? Guess(string foldedWord)
    {
        if (foldedWord.Length < 4 || Words.IsNumber(foldedWord)) return null;
        foreach (var (name, concept) in s_concepts)
        {
            // Short words have many neighbours, so there only the names of things are guessed at.
            if (Words.Alike(name, foldedWord, foldedWord.Length == 4 && Things.Contains(name) ? 4 : 5)) return concept;
        }
        return null;
    }

    public static bool IsKnown(string foldedWord) => s_concepts.ContainsKey(foldedWord) || s_concepts.ContainsKey(Words.Stem(foldedWord));

    private static FrozenDictionary<string, string> Read()
    {
        var concepts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var concept = line[..colon];
            concepts.TryAdd(concept, concept);
            foreach (var name in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var folded = Words.Fold(name);
                concepts.TryAdd(folded, concept);
                if (!Greeklish.IsGreek(folded)) continue;
                foreach (var spelling in Greeklish.Spellings(folded)) concepts.TryAdd(spelling, concept);
                if (folded.Length > 4) concepts.TryAdd(Words.Stem(folded), concept);
            }
        }
        return concepts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
