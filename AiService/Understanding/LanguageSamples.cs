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
            i you he she it we they my your his her our their this that these those what which who where when why how and or but because if then than so very too just only also again always never often sometimes here there now later soon yes
            no not all some many much few more most other another first last long little own same big small man woman people child day year time way thing world life hand work week home house water food money car school friend family morning
            night said says go goes went gone come came get got make made know knew think thought take took see saw look looked want wanted give gave use used find found tell told ask asked feel felt try leave left call called should could
            would might must may am were being did does had having going playing watching tomorrow nice weather let's see what happens with the game tonight and everybody is talking about it while it rains outside. please stop sending me messages and emails, stop messaging me, unsubscribe me and do not write to me again
            """,
        ["de"] = """
            hallo guten tag guten morgen guten abend danke schön vielen dank bitte ich möchte wissen wann sie am sonntag geöffnet haben und um wie viel uhr sie schließen. haben sie eine blaue vase unter fünfzig euro?
            wie viel kostet das und was kostet der versand nach zypern? wie viele tage dauert die lieferung? meine bestellung ist noch nicht angekommen und der teller ist kaputt. wo ist mein paket?
            kann ich es zurückgeben wenn es mir nicht gefällt? ich möchte mit einem menschen sprechen. ja nein in ordnung gut nichts weiter. wo ist ihr laden und wie kann ich mit karte bezahlen?
            ich suche ein geschenk für meine mutter die geburtstag hat. gibt es das auch in weiß? welche farben haben sie? das gefällt mir sehr. ich verstehe nicht warum. ich will etwas günstigeres. versenden sie ins ausland?
            der die das und ist nicht ein eine einen mit auf für von dem den im zu auch wir ihr mein dein sind war hat habe noch schon nur aber oder wenn wie was wer heute morgen gestern wann
            ich du er sie es wir ihr mein dein sein unser euer dieser diese dieses jener welcher wer wo wann warum weil dass wenn dann als so sehr zu nur auch wieder immer nie oft manchmal hier dort jetzt später bald alle einige viele viel
            wenig mehr meist andere erste letzte lange klein eigen gleich groß mann frau leute kind tag jahr zeit weise ding welt leben hand arbeit woche haus wasser essen geld auto schule freund familie morgen nacht sagte gehen geht ging
            kommen kam machen macht wissen weiß denken dachte nehmen sehen sah wollen geben gab finden fand sagen fragen fühlen lassen rufen sollte könnte würde müssen darf bin bist seid waren wurde wird werden habt hatte nichts etwas jemand
            schon doch mal eben denn das wetter ist heute schön und alle sprechen darüber während es draußen regnet
            """,
        ["es"] = """
            hola buenos días buenas tardes muchas gracias por favor quisiera saber a qué hora abren el domingo y cuándo cierran. ¿tienen un jarrón azul por menos de cincuenta euros?
            ¿cuánto cuesta esto y cuánto cuesta el envío a chipre? ¿cuántos días tarda la entrega? mi pedido todavía no ha llegado y el plato está roto. ¿dónde está mi paquete?
            ¿puedo devolverlo si no me gusta? quiero hablar con una persona. sí no vale bueno nada más. ¿dónde está su tienda y cómo puedo pagar con tarjeta?
            busco un regalo para mi madre que cumple años. ¿está disponible en blanco? ¿qué colores tienen? me gusta mucho. no entiendo por qué. quiero algo más barato. ¿hacen envíos al extranjero? ¿tenéis algo más barato? ¿abrís los domingos? ¿podéis ayudarme? ¿enviáis a toda europa? ¿tienes velas?
            el la los las de que y en un una es no se con para por su lo como más pero sus le ya este esta muy hay tiene tengo estoy soy hoy mañana ayer también
            yo tú él ella nosotros ellos mi tu su nuestro este esta estos esas qué cuál quién dónde cuándo por qué porque si entonces tan muy sólo también otra vez siempre nunca a veces aquí allí ahora luego pronto todos algunos muchos mucho
            poco más otro primero último largo pequeño mismo grande hombre mujer gente niño día año tiempo manera cosa mundo vida mano trabajo semana casa agua comida dinero coche escuela amigo familia mañana noche dijo ir va fue venir vino
            hacer hace hizo saber sabe pensar tomar ver vio querer dar dio encontrar decir preguntar sentir dejar llamar debe puede podría era eran sido han había estaba algo nada alguien ya pero cuando hasta desde entre sobre el tiempo está
            bonito hoy y todos hablan de ello mientras llueve afuera
            """,
        ["fr"] = """
            bonjour bonsoir salut merci beaucoup s'il vous plaît je voudrais savoir quand vous êtes ouverts le dimanche et à quelle heure vous fermez. avez-vous un vase bleu à moins de cinquante euros ?
            combien ça coûte et combien coûte la livraison à chypre ? combien de jours prend la livraison ? ma commande n'est pas encore arrivée et l'assiette est cassée. où est mon colis ?
            est-ce que je peux le retourner si ça ne me plaît pas ? je veux parler à une personne. oui non d'accord rien d'autre. où se trouve votre magasin et comment puis-je payer par carte ?
            je cherche un cadeau pour ma mère qui fête son anniversaire. est-il disponible en blanc ? quelles couleurs avez-vous ? j'aime beaucoup. je ne comprends pas pourquoi. je veux quelque chose de moins cher. livrez-vous à l'étranger ?
            le la les des du de un une et est en que qui dans pour pas sur avec au aux ce cette mais ou nous vous ils elle il je tu mon ma mes votre vos aujourd'hui demain hier aussi très
            je tu il elle nous vous ils elles mon ton son notre votre leur ce cet cette ces quoi quel qui où quand pourquoi parce que si alors très trop seulement aussi encore toujours jamais souvent parfois ici là maintenant bientôt tous
            quelques beaucoup peu plus autre premier dernier long petit même grand homme femme gens enfant jour an année temps façon chose monde vie main travail semaine maison eau argent voiture école ami famille matin nuit dit aller va allé
            venir vient faire fait savoir sait penser prendre voir vu vouloir veut donner trouver dire demander sentir laisser appeler doit peut pourrait suis es sommes êtes était étaient été ont avait avais rien quelqu'un déjà donc entre
            sous il fait beau aujourd'hui et tout le monde en parle pendant qu'il pleut dehors
            """,
        ["it"] = """
            ciao buongiorno buonasera grazie mille per favore vorrei sapere quando siete aperti la domenica e a che ora chiudete. avete un vaso blu sotto i cinquanta euro?
            quanto costa questo e quanto costa la spedizione a cipro? quanti giorni ci vogliono per la consegna? il mio ordine non è ancora arrivato e il piatto è rotto. dov'è il mio pacco?
            posso restituirlo se non mi piace? voglio parlare con una persona. sì no va bene nient'altro. dove si trova il vostro negozio e come posso pagare con la carta?
            cerco un regalo per mia madre che compie gli anni. è disponibile in bianco? che colori avete? mi piace molto. non capisco perché. voglio qualcosa di più economico. spedite all'estero?
            il lo la gli le di che e in un una è non si con per su come più ma ne già questo questa molto ho hai ha sono siamo oggi domani ieri anche del della dei delle al alla
            io tu lui lei noi voi loro mio tuo suo nostro questo questa questi quello quella cosa quale chi dove quando perché se allora così molto troppo solo anche ancora sempre mai spesso qui là adesso dopo presto tutti alcuni molti poco
            più altro primo ultimo lungo piccolo stesso grande uomo donna gente bambino giorno anno tempo modo mondo vita mano lavoro settimana casa acqua cibo soldi macchina scuola amico famiglia mattina notte detto andare va andato venire
            viene fare fatto sapere so pensare prendere vedere visto volere vuole dare trovare dire chiedere sentire lasciare chiamare deve può potrebbe ero era erano stato hanno aveva niente qualcuno già però oppure tra sotto senza oggi è
            bel tempo e tutti ne parlano mentre fuori piove
            """,
        ["tr"] = """
            merhaba selam günaydın iyi akşamlar teşekkür ederim çok teşekkürler lütfen pazar günü ne zaman açıksınız ve saat kaçta kapanıyorsunuz öğrenmek istiyorum. elli euronun altında mavi bir vazonuz var mı?
            bu ne kadar ve kıbrıs'a kargo ücreti ne kadar? teslimat kaç gün sürer? siparişim hâlâ gelmedi ve tabak kırık. kargom nerede?
            beğenmezsem iade edebilir miyim? bir insanla konuşmak istiyorum. evet hayır tamam olur başka bir şey yok. mağazanız nerede ve kartla nasıl ödeyebilirim?
            doğum günü olan annem için bir hediye arıyorum. beyaz rengi mevcut mu? hangi renkler var? çok beğendim. nedenini anlamıyorum. daha ucuz bir şey istiyorum. yurt dışına gönderiyor musunuz?
            ve bir bu da de için ile çok ne var yok mı mi mu değil ben sen siz biz daha gibi kadar sonra ama bugün yarın dün nasıl neden kim hangi
            ben sen o biz siz onlar benim senin onun bizim bunu şunu hangi kim nerede ne zaman niçin çünkü eğer öyle böyle çok sadece yine her hep hiç bazen burada orada şimdi sonra yakında bütün bazı birçok az daha en diğer ilk son uzun
            küçük aynı büyük adam kadın insan çocuk gün yıl zaman şey dünya hayat el iş hafta ev su yemek para araba okul arkadaş aile sabah gece dedi gitmek gidiyor gitti gelmek geldi yapmak yaptı bilmek biliyor düşünmek almak görmek gördü
            istemek vermek verdi bulmak söylemek sormak bırakmak aramak olur oldu olan olarak olacak idi vardı yoktu bugün hava güzel ve dışarıda yağmur yağarken herkes bunu konuşuyor lazım gerek diye ise kendi ediyor eden etmek
            """,
        ["pt"] = """
            olá bom dia boa tarde boa noite muito obrigado obrigada por favor gostaria de saber a que horas abrem no domingo e quando fecham. vocês têm um vaso azul por menos de cinquenta euros? quanto custa isto e quanto custa o envio?
            quantos dias demora a entrega? a minha encomenda ainda não chegou e o prato está partido. onde está o meu pedido? posso devolver se não gostar? quero falar com uma pessoa. sim não está bem mais nada. onde fica a sua loja e como
            posso pagar com cartão? procuro um presente para a minha mãe que faz anos. está disponível em branco? que cores têm? gosto muito. não entendo porquê. quero algo mais barato. eu tu ele ela nós vocês eles meu teu seu nosso este esta
            isso aquilo qual quem onde quando como porque se então muito só também sempre nunca aqui ali agora depois todos alguns muitos pouco mais outro primeiro último grande pequeno homem mulher gente criança dia ano tempo coisa mundo
            vida mão trabalho semana casa água dinheiro carro escola amigo família manhã noite disse ir vai foi vir veio fazer faz fez saber sabe pensar ver viu querer dar encontrar dizer pode foram tem tinha são está estão estou já mas até
            desde entre sobre sem uma um dos das nos nas pelo pela ao aos hoje o tempo está bom e todos falam disso enquanto chove lá fora você não
            """,
        ["nl"] = """
            hallo goedemorgen goedemiddag goedenavond dank u wel bedankt alstublieft ik wil graag weten wanneer u op zondag open bent en hoe laat u sluit. heeft u een blauwe vaas onder de vijftig euro? hoeveel kost dit en hoeveel kost de
            verzending? hoeveel dagen duurt de levering? mijn bestelling is nog niet aangekomen en het bord is kapot. waar is mijn pakket? kan ik het terugsturen als het niet bevalt? ik wil met een mens praten. ja nee goed verder niets. waar
            is uw winkel en hoe kan ik met een kaart betalen? ik zoek een cadeau voor mijn moeder die jarig is. is het ook in het wit verkrijgbaar? welke kleuren heeft u? ik vind het heel mooi. ik begrijp niet waarom. ik wil iets goedkopers.
            jij hij zij wij jullie mijn jouw zijn haar ons onze deze dit die dat welke wie waar wanneer waarom omdat als dan zo heel erg te alleen ook weer altijd nooit vaak soms hier daar nu later gauw alle sommige veel weinig meer ander
            eerste laatste lang klein eigen zelfde groot man vrouw mensen kind dag jaar tijd ding wereld leven hand werk week huis water eten geld auto school vriend familie morgen nacht zei gaan gaat ging komen kwam maken weten weet denken
            nemen zien zag willen geven vinden zeggen vragen voelen laten bellen moet kan zou ben bent was waren wordt werd heb hebt had niets iets iemand al maar toch met het een van en op voor naar bij uit over tot vandaag is het mooi weer
            en iedereen praat erover terwijl het buiten regent
            """,
        ["pl"] = """
            cześć dzień dobry dobry wieczór dziękuję bardzo proszę chciałbym wiedzieć kiedy jesteście otwarci w niedzielę i o której zamykacie. czy macie niebieski wazon poniżej pięćdziesięciu euro? ile to kosztuje i ile kosztuje wysyłka? ile
            dni trwa dostawa? moje zamówienie jeszcze nie przyszło a talerz jest rozbity. gdzie jest moja paczka? czy mogę to zwrócić jeśli mi się nie spodoba? chcę rozmawiać z człowiekiem. tak nie dobrze nic więcej. gdzie jest wasz sklep i
            jak mogę zapłacić kartą? szukam prezentu dla mamy która ma urodziny. czy jest dostępny w białym? jakie macie kolory? bardzo mi się podoba. nie rozumiem dlaczego. chcę coś tańszego. ja ty on ona my wy oni mój twój jego jej nasz ten
            ta to te co który kto gdzie kiedy dlaczego bo jeśli wtedy tak bardzo tylko też znowu zawsze nigdy często czasem tutaj tam teraz później wszyscy niektóre wiele mało więcej inny pierwszy ostatni długi mały sam duży mężczyzna kobieta
            ludzie dziecko dzień rok czas rzecz świat życie ręka praca tydzień dom woda jedzenie pieniądze samochód szkoła przyjaciel rodzina rano noc powiedział iść idzie poszedł przyszedł robić wie myśleć brać widzieć chcieć dać znaleźć
            mówić pytać może był była było byli jest są mam masz miał nic ktoś już ale przez przy od do na z w się dla po dzisiaj jest ładna pogoda i wszyscy o tym mówią gdy pada deszcz
            """,
        ["ro"] = """
            bună bună ziua bună dimineața bună seara mulțumesc foarte mult vă rog aș vrea să știu când sunteți deschis duminica și la ce oră închideți. aveți o vază albastră sub cincizeci de euro? cât costă asta și cât costă livrarea? câte
            zile durează livrarea? comanda mea nu a ajuns încă și farfuria este spartă. unde este coletul meu? pot să îl returnez dacă nu îmi place? vreau să vorbesc cu un om. da nu bine nimic altceva. unde este magazinul și cum pot plăti cu
            cardul? caut un cadou pentru mama mea care își serbează ziua. este disponibil în alb? ce culori aveți? îmi place mult. nu înțeleg de ce. vreau ceva mai ieftin. eu tu el ea noi voi ei meu tău său nostru acest această acesta ce care
            cine unde când pentru că dacă atunci foarte doar și din nou mereu niciodată aici acolo acum mai târziu toți unii mulți puțin mai alt primul ultimul lung mic mare bărbat femeie oameni copil zi an timp lucru lume viață mână
            săptămână casă apă mâncare bani mașină școală prieten familie dimineață noapte spus merge venit face știe crede lua vedea dorește da găsi spune întreabă poate era fost sunt ești este avea avut nimic cineva deja dar prin între
            despre fără până de la pe cu în un o ale lui azi e vreme frumoasă și toată lumea vorbește despre asta
            """,
        ["sv"] = """
            hej god morgon god kväll tack så mycket snälla jag skulle vilja veta när ni har öppet på söndag och hur dags ni stänger. har ni en blå vas under femtio euro? hur mycket kostar den och vad kostar frakten? hur många dagar tar
            leveransen? min beställning har inte kommit än och tallriken är trasig. var är mitt paket? kan jag lämna tillbaka den om jag inte gillar den? jag vill prata med en människa. ja nej bra inget mer. var ligger er butik och hur kan
            jag betala med kort? jag letar efter en present till min mamma som fyller år. finns den i vitt? vilka färger har ni? jag tycker mycket om den. jag förstår inte varför. jag vill ha något billigare. du han hon vi ni de min din hans
            hennes vår denna detta dessa vad vilken vem när därför om då så mycket bara också igen alltid aldrig ofta ibland här där nu senare alla några många lite mer annan första sista lång liten samma stor man kvinna folk barn dag år tid
            sak värld liv hand arbete vecka hus vatten mat pengar bil skola vän familj natt sade gå går gick komma kom göra vet tänka ta se såg ge hitta säga fråga känna låta ringa måste kan skulle är var varit har hade ingenting någon redan
            men genom vid från till på med i av och att det en ett som för inte idag är det fint väder och alla pratar om det medan det regnar ute
            """,
        ["da"] = """
            hej god morgen god aften mange tak venligst jeg vil gerne vide hvornår i har åbent på søndag og hvad tid i lukker. har i en blå vase under halvtreds euro? hvor meget koster den og hvad koster forsendelsen? hvor mange dage tager
            leveringen? min bestilling er ikke kommet endnu og tallerkenen er gået i stykker. hvor er min pakke? kan jeg returnere den hvis jeg ikke kan lide den? jeg vil tale med et menneske. ja nej godt ikke andet. hvor ligger jeres butik
            og hvordan kan jeg betale med kort? jeg leder efter en gave til min mor som har fødselsdag. findes den i hvid? hvilke farver har i? jeg forstår ikke hvorfor. jeg vil have noget billigere. du han hun vi de min din hans hendes vores
            denne dette disse hvad hvilken hvem hvor når fordi hvis så meget kun også igen altid aldrig ofte her der nu senere alle nogle mange lidt mere anden første sidste lang lille samme stor mand kvinde folk barn dag år tid ting verden
            liv hånd arbejde uge hus vand mad penge bil skole ven familie nat sagde gå går gik komme kom gøre ved tænke tage se så give finde sige spørge føle lade ringe må kan skulle er var været har havde ingenting nogen allerede men gennem
            af og at det en et som for ikke til på med i fra om i dag er det fint vejr og alle taler om det mens det regner udenfor
            """,
        ["fi"] = """
            hei hyvää huomenta hyvää iltaa kiitos paljon ole hyvä haluaisin tietää milloin olette auki sunnuntaina ja mihin aikaan suljette. onko teillä sinistä maljakkoa alle viidenkymmenen euron? paljonko tämä maksaa ja paljonko toimitus
            maksaa? kuinka monta päivää toimitus kestää? tilaukseni ei ole vielä saapunut ja lautanen on rikki. missä pakettini on? voinko palauttaa sen jos en pidä siitä? haluan puhua ihmisen kanssa. kyllä ei hyvä ei muuta. missä kauppanne
            on ja miten voin maksaa kortilla? etsin lahjaa äidilleni jolla on syntymäpäivä. onko sitä valkoisena? mitä värejä teillä on? pidän siitä kovasti. en ymmärrä miksi. haluan jotain halvempaa. minä sinä hän me te he minun sinun hänen
            meidän tämä tuo nämä mikä kuka missä koska jos niin hyvin vain myös taas aina koskaan usein täällä siellä nyt myöhemmin kaikki jotkut monet vähän enemmän muu ensimmäinen viimeinen pitkä pieni sama suuri mies nainen ihmiset lapsi
            päivä vuosi aika asia maailma elämä käsi työ viikko talo vesi ruoka raha auto koulu ystävä perhe aamu yö sanoi mennä menee meni tulla tuli tehdä tietää ajatella ottaa nähdä haluta antaa löytää sanoa kysyä tuntea jättää soittaa
            täytyy voi olisi olen olet on olemme oli ollut mitään joku jo mutta kautta ja että se ei tänään on kaunis ilma ja kaikki puhuvat siitä
            """,
        ["cs"] = """
            ahoj dobrý den dobré ráno dobrý večer děkuji moc prosím chtěl bych vědět kdy máte v neděli otevřeno a v kolik zavíráte. máte modrou vázu do padesáti eur? kolik to stojí a kolik stojí doprava? kolik dní trvá doručení? moje
            objednávka ještě nedorazila a talíř je rozbitý. kde je můj balík? můžu to vrátit když se mi to nebude líbit? chci mluvit s člověkem. ano ne dobře nic víc. kde máte obchod a jak můžu zaplatit kartou? hledám dárek pro maminku která
            má narozeniny. je k dispozici v bílé? jaké barvy máte? moc se mi líbí. nechápu proč. chci něco levnějšího. já ty on ona my vy oni můj tvůj jeho její náš tento tato toto co který kdo kde kdy proč protože jestli pak tak velmi jen
            také zase vždy nikdy často někdy tady tam teď později všichni někteří mnoho málo více jiný první poslední dlouhý malý stejný velký muž žena lidé dítě den rok čas věc svět život ruka práce týden dům voda jídlo peníze auto škola
            přítel rodina ráno noc řekl jít jde šel přijít udělat ví myslet vzít vidět chtít dát najít říct ptát může byl byla bylo byli jsem jsi je jsou mám měl nic někdo už ale přes při od do na s v se pro po dnes je hezké počasí a všichni
            o tom mluví když prší
            """,
        ["hu"] = """
            szia helló jó napot jó reggelt jó estét köszönöm szépen kérem szeretném tudni mikor vannak nyitva vasárnap és hány órakor zárnak. van kék vázájuk ötven euró alatt? mennyibe kerül ez és mennyi a szállítás? hány nap a kiszállítás? a
            rendelésem még nem érkezett meg és a tányér eltört. hol van a csomagom? visszaküldhetem ha nem tetszik? emberrel szeretnék beszélni. igen nem rendben semmi más. hol van az üzletük és hogyan fizethetek kártyával? ajándékot keresek
            anyukámnak akinek születésnapja van. kapható fehérben? milyen színek vannak? nagyon tetszik. nem értem miért. valami olcsóbbat szeretnék. én te ő mi ti ők az enyém ez az ezek azok mit melyik ki hol mikor mert ha akkor olyan nagyon
            csak is megint mindig soha gyakran néha itt ott most később minden néhány sok kevés több másik első utolsó hosszú kicsi ugyanaz nagy férfi nő emberek gyerek nap év idő dolog világ élet kéz munka hét ház víz étel pénz autó iskola
            barát család reggel éjszaka mondta menni megy ment jönni jött csinálni tud gondol venni látni akar adni talál mondani kérdezni kell lehet vagyok vagy van vannak volt voltak lesz semmi valaki már de hogy egy és nem ma szép idő van
            és mindenki erről beszél
            """,
    };

    public static readonly IReadOnlyDictionary<string, string> Cyrillic = new Dictionary<string, string>
    {
        ["ru"] = """
            здравствуйте привет добрый день спасибо большое пожалуйста я хотел бы узнать когда вы открыты в воскресенье и во сколько закрываетесь. у вас есть синяя ваза дешевле пятидесяти евро? сколько это стоит и сколько стоит доставка? мой
            заказ ещё не пришёл и тарелка разбита. где моя посылка? могу ли я вернуть если мне не понравится? хочу поговорить с человеком. да нет хорошо больше ничего. где ваш магазин и как можно оплатить картой? ищу подарок для мамы. есть ли
            в белом цвете? мне очень нравится. не понимаю почему. хочу что-нибудь подешевле. я ты он она мы вы они мой твой его её наш этот эта это эти что который кто где когда почему потому если тогда так очень только тоже опять всегда
            никогда часто здесь там сейчас потом все некоторые много мало больше другой первый последний был была было были есть будет уже но через при от до на с в для по сегодня хорошая погода и все об этом говорят как дела ещё
            """,
        ["uk"] = """
            привіт доброго дня добрий ранок дякую дуже будь ласка я хотів би дізнатися коли ви відчинені в неділю і о котрій зачиняєтесь. чи є у вас синя ваза дешевша за п'ятдесят євро? скільки це коштує і скільки коштує доставка? моє
            замовлення ще не прийшло і тарілка розбита. де моя посилка? чи можу я повернути якщо мені не сподобається? хочу поговорити з людиною. так ні добре більше нічого. де ваш магазин і як можна оплатити карткою? шукаю подарунок для
            мами. чи є в білому кольорі? мені дуже подобається. не розумію чому. хочу щось дешевше. я ти він вона ми ви вони мій твій його її наш цей ця це ці що який хто де коли чому тому якщо тоді дуже тільки також знову завжди ніколи часто
            тут там зараз потім усі деякі багато мало більше інший перший останній був була було були є буде вже але через від до на з у для по сьогодні гарна погода і всі про це говорять як справи ще
            """,
        ["bg"] = """
            здравейте здрасти добър ден добро утро благодаря много моля бих искал да знам кога сте отворени в неделя и в колко часа затваряте. имате ли синя ваза под петдесет евро? колко струва това и колко струва доставката? поръчката ми още
            не е пристигнала и чинията е счупена. къде е моят пакет? мога ли да го върна ако не ми хареса? искам да говоря с човек. да не добре нищо друго. къде е магазинът ви и как мога да платя с карта? търся подарък за майка ми. има ли го
            в бяло? много ми харесва. не разбирам защо. искам нещо по-евтино. аз ти той тя ние вие те мой твой негов неин наш този тази това тези какво който кой къде кога защо защото ако тогава така много само също пак винаги никога често
            тук там сега после всички някои малко повече друг първи последен беше бяха съм си е сме сте са ще вече но през при от до на с във за по днес времето е хубаво и всички говорят за това докато вали как сте още
            """,
    };
}
