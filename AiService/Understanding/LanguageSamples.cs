namespace Assistify.AiService.Understanding;

/// <summary>What customers of a shop write, in each language: the text that the language profiles are learned from.</summary>
internal static class LanguageSamples
{
    public const string Greek = """
        καλημέρα σας γεια σου καλησπέρα ευχαριστώ πολύ παρακαλώ θα ήθελα να μάθω πότε είστε ανοιχτά την κυριακή και τι ώρα κλείνετε. έχετε μπλε βάζο κάτω από πενήντα ευρώ;
        πόσο κάνει αυτό και πόσο κοστίζει η αποστολή στην κύπρο; πόσες μέρες θα πάρει να έρθει το δέμα μου; δεν ήρθε ακόμα η παραγγελία μου και είναι σπασμένο το πιάτο.
        μπορώ να το επιστρέψω αν δεν μου αρέσει; θέλω να μιλήσω με άνθρωπο. ναι όχι εντάξει μάλιστα τίποτα άλλο. πού βρίσκεται το μαγαζί σας και πώς μπορώ να πληρώσω με κάρτα;
        ψάχνω ένα δώρο για τη μαμά μου που έχει γενέθλια. είναι διαθέσιμο σε λευκό; τι χρώματα έχετε; μου αρέσει πάρα πολύ. δεν καταλαβαίνω γιατί. θέλω κάτι πιο φτηνό. στέλνετε στο εξωτερικό;
        τι κάνεις είσαι καλά είμαι δεν έχω με το της την των τους στο στη για από μας σας σου μου αυτή αυτά εδώ εκεί σήμερα αύριο χθες
        """;

    public static readonly IReadOnlyDictionary<string, string> Latin = new Dictionary<string, string>
    {
        ["en"] = """
            hi hello good morning good evening thank you very much thanks please i would like to know when you are open on sunday and what time do you close. do you have a blue vase under fifty euros?
            how much is it and how much does shipping to cyprus cost? how many days will my parcel take? my order has not arrived yet and the plate is broken. where is my order?
            can i return it if i don't like it? i want to talk to a human, a real person. yes no okay sure nothing else. where is your shop and how can i pay by card? what about the other one?
            i am looking for a gift for my mum who has a birthday. is this available in white? which colours do you have? i really love it. i don't understand why this is so late. i want something cheaper. do you ship abroad?
            what are your opening hours the of and to in is that it for was with as on at by from this have not are but or an they which you we he she will there their been has would who them
            between around about under over cheaper cheapest stop help price prices product order could someone help me need any anything show me tell about can't doesn't isn't that's it's great bad good new old today tomorrow yesterday
            """,
        ["de"] = """
            hallo guten tag guten morgen guten abend danke schön vielen dank bitte ich möchte wissen wann sie am sonntag geöffnet haben und um wie viel uhr sie schließen. haben sie eine blaue vase unter fünfzig euro?
            wie viel kostet das und was kostet der versand nach zypern? wie viele tage dauert die lieferung? meine bestellung ist noch nicht angekommen und der teller ist kaputt. wo ist mein paket?
            kann ich es zurückgeben wenn es mir nicht gefällt? ich möchte mit einem menschen sprechen. ja nein in ordnung gut nichts weiter. wo ist ihr laden und wie kann ich mit karte bezahlen?
            ich suche ein geschenk für meine mutter die geburtstag hat. gibt es das auch in weiß? welche farben haben sie? das gefällt mir sehr. ich verstehe nicht warum. ich will etwas günstigeres. versenden sie ins ausland?
            der die das und ist nicht ein eine einen mit auf für von dem den im zu auch wir ihr mein dein sind war hat habe noch schon nur aber oder wenn wie was wer heute morgen gestern wann
            """,
        ["es"] = """
            hola buenos días buenas tardes muchas gracias por favor quisiera saber a qué hora abren el domingo y cuándo cierran. ¿tienen un jarrón azul por menos de cincuenta euros?
            ¿cuánto cuesta esto y cuánto cuesta el envío a chipre? ¿cuántos días tarda la entrega? mi pedido todavía no ha llegado y el plato está roto. ¿dónde está mi paquete?
            ¿puedo devolverlo si no me gusta? quiero hablar con una persona. sí no vale bueno nada más. ¿dónde está su tienda y cómo puedo pagar con tarjeta?
            busco un regalo para mi madre que cumple años. ¿está disponible en blanco? ¿qué colores tienen? me gusta mucho. no entiendo por qué. quiero algo más barato. ¿hacen envíos al extranjero?
            el la los las de que y en un una es no se con para por su lo como más pero sus le ya este esta muy hay tiene tengo estoy soy hoy mañana ayer también
            """,
        ["fr"] = """
            bonjour bonsoir salut merci beaucoup s'il vous plaît je voudrais savoir quand vous êtes ouverts le dimanche et à quelle heure vous fermez. avez-vous un vase bleu à moins de cinquante euros ?
            combien ça coûte et combien coûte la livraison à chypre ? combien de jours prend la livraison ? ma commande n'est pas encore arrivée et l'assiette est cassée. où est mon colis ?
            est-ce que je peux le retourner si ça ne me plaît pas ? je veux parler à une personne. oui non d'accord rien d'autre. où se trouve votre magasin et comment puis-je payer par carte ?
            je cherche un cadeau pour ma mère qui fête son anniversaire. est-il disponible en blanc ? quelles couleurs avez-vous ? j'aime beaucoup. je ne comprends pas pourquoi. je veux quelque chose de moins cher. livrez-vous à l'étranger ?
            le la les des du de un une et est en que qui dans pour pas sur avec au aux ce cette mais ou nous vous ils elle il je tu mon ma mes votre vos aujourd'hui demain hier aussi très
            """,
        ["it"] = """
            ciao buongiorno buonasera grazie mille per favore vorrei sapere quando siete aperti la domenica e a che ora chiudete. avete un vaso blu sotto i cinquanta euro?
            quanto costa questo e quanto costa la spedizione a cipro? quanti giorni ci vogliono per la consegna? il mio ordine non è ancora arrivato e il piatto è rotto. dov'è il mio pacco?
            posso restituirlo se non mi piace? voglio parlare con una persona. sì no va bene nient'altro. dove si trova il vostro negozio e come posso pagare con la carta?
            cerco un regalo per mia madre che compie gli anni. è disponibile in bianco? che colori avete? mi piace molto. non capisco perché. voglio qualcosa di più economico. spedite all'estero?
            il lo la gli le di che e in un una è non si con per su come più ma ne già questo questa molto ho hai ha sono siamo oggi domani ieri anche del della dei delle al alla
            """,
        ["tr"] = """
            merhaba selam günaydın iyi akşamlar teşekkür ederim çok teşekkürler lütfen pazar günü ne zaman açıksınız ve saat kaçta kapanıyorsunuz öğrenmek istiyorum. elli euronun altında mavi bir vazonuz var mı?
            bu ne kadar ve kıbrıs'a kargo ücreti ne kadar? teslimat kaç gün sürer? siparişim hâlâ gelmedi ve tabak kırık. kargom nerede?
            beğenmezsem iade edebilir miyim? bir insanla konuşmak istiyorum. evet hayır tamam olur başka bir şey yok. mağazanız nerede ve kartla nasıl ödeyebilirim?
            doğum günü olan annem için bir hediye arıyorum. beyaz rengi mevcut mu? hangi renkler var? çok beğendim. nedenini anlamıyorum. daha ucuz bir şey istiyorum. yurt dışına gönderiyor musunuz?
            ve bir bu da de için ile çok ne var yok mı mi mu değil ben sen siz biz daha gibi kadar sonra ama bugün yarın dün nasıl neden kim hangi
            """,
    };
}
