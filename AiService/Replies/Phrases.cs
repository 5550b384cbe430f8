namespace Assistify.AiService.Replies;

/// <summary>What the assistant says by itself, in the languages it speaks. No fact is in these: facts come from the knowledge.</summary>
internal sealed class Phrases
{
    public required string Language { get; init; }
    public required string Yes { get; init; }
    public required string No { get; init; }
    public required string Hello { get; init; }
    public required string HowCanIHelp { get; init; }
    public required string Welcome { get; init; }
    public required string Goodbye { get; init; }
    public required string WhoIAm { get; init; }
    public required string AllRight { get; init; }
    public required string DontKnow { get; init; }
    public required string RestUnknown { get; init; }
    public required string OfferPerson { get; init; }
    public required string HandOver { get; init; }
    public required string Sorry { get; init; }
    public required string NoOrders { get; init; }
    public required string NoOptOut { get; init; }
    public required string NoText { get; init; }

    /// <summary>In place of <see cref="HandOver"/>, where nobody but a person can look at what was sent.</summary>
    public required string PictureHandOver { get; init; }

    public required string WhichProduct { get; init; }
    public required string Found { get; init; }
    public required string NothingFound { get; init; }
    public required string Nearest { get; init; }

    /// <summary>Beside <see cref="HandOver"/>, outside business hours.</summary>
    public required string NobodyThere { get; init; }

    /// <summary>With a day and a time.</summary>
    public required string BackOn { get; init; }

    /// <summary>What the workspace's settings say of a day, as it is cited.</summary>
    public required string Holidays { get; init; }

    /// <summary>With a day.</summary>
    public required string ClosedOn { get; init; }

    /// <summary>With a day and its hours.</summary>
    public required string OpenOn { get; init; }

    public required string Costs { get; init; }
    public required string InStock { get; init; }
    public required string SoldOut { get; init; }

    /// <summary>With a product's title.</summary>
    public required string LowestPrice { get; init; }

    public required string WithinBudget { get; init; }
    public required string RightColour { get; init; }
    public required string Fits { get; init; }

    public static readonly IReadOnlyDictionary<string, Phrases> All = new Dictionary<string, Phrases>
    {
        ["en"] = new()
        {
            Language = "en", PictureHandOver = "I can't look at your picture myself, so I'm passing it to a colleague, who will answer you here.",
            Yes = "Yes", No = "No", NobodyThere = "Nobody is there right now.", BackOn = "Colleagues are back on {0} at {1}.",
            Holidays = "Opening hours on holidays", ClosedOn = "On {0} we are closed.", OpenOn = "On {0} we are open {1}.",
            Hello = "Hello!", HowCanIHelp = "How can I help you?", Welcome = "You're welcome! Is there anything else I can do for you?",
            Goodbye = "Goodbye, and thank you for your visit!",
            WhoIAm = "I'm the shop's digital assistant. I can tell you about our products, prices, opening hours, shipping and returns, and pass you to a colleague.",
            AllRight = "All right. What else would you like to know?", DontKnow = "I'm sorry, I don't know the answer to that.",
            RestUnknown = "I'm sorry, I don't know the answer to the rest of your question.",
            OfferPerson = "Would you like me to pass you to a colleague?", HandOver = "I'm passing you to a colleague, who will answer you here.",
            Sorry = "I'm very sorry about that.", NoOrders = "I can't look into orders myself.",
            NoOptOut = "I can't change which messages you receive myself.", NoText = "I received your message, but I found nothing in it that I can read.",
            WhichProduct = "Which product do you mean?", Found = "This could be something for you:", NothingFound = "I found nothing in stock that fits exactly.",
            Nearest = "This comes closest:", Costs = "{0} costs {1}.", InStock = "It is in stock.", LowestPrice = "{0} has the lowest price.", SoldOut = "{0} is sold out at the moment.",
            WithinBudget = "within your budget", RightColour = "in the colour you asked for", Fits = "fits what you are looking for",
        },
        ["el"] = new()
        {
            Language = "el", PictureHandOver = "Δεν μπορώ να δω ο ίδιος τη φωτογραφία σας, γι' αυτό τη στέλνω σε συνάδελφο, που θα σας απαντήσει εδώ.",
            Yes = "Ναι", No = "Όχι", NobodyThere = "Αυτή τη στιγμή δεν είναι κανείς εδώ.", BackOn = "Οι συνάδελφοι επιστρέφουν: {0}, {1}.",
            Holidays = "Ωράριο αργιών", ClosedOn = "Στις {0} είμαστε κλειστά.", OpenOn = "Στις {0} είμαστε ανοιχτά {1}.",
            Hello = "Γεια σας!", HowCanIHelp = "Πώς μπορώ να σας βοηθήσω;", Welcome = "Παρακαλώ! Μπορώ να κάνω κάτι άλλο για εσάς;",
            Goodbye = "Αντίο, και ευχαριστούμε για την επίσκεψη!",
            WhoIAm = "Είμαι ο ψηφιακός βοηθός του καταστήματος. Μπορώ να σας πω για προϊόντα, τιμές, ωράριο, αποστολές και επιστροφές, και να σας συνδέσω με συνάδελφο.",
            AllRight = "Εντάξει. Τι άλλο θα θέλατε να μάθετε;", DontKnow = "Λυπάμαι, δεν γνωρίζω την απάντηση.",
            RestUnknown = "Λυπάμαι, για τα υπόλοιπα που ρωτήσατε δεν γνωρίζω την απάντηση.",
            OfferPerson = "Θέλετε να σας συνδέσω με έναν συνάδελφο;", HandOver = "Σας συνδέω με συνάδελφο, που θα σας απαντήσει εδώ.",
            Sorry = "Λυπάμαι πολύ γι' αυτό.", NoOrders = "Δεν μπορώ να δω ο ίδιος τις παραγγελίες.",
            NoOptOut = "Δεν μπορώ να αλλάξω ο ίδιος ποια μηνύματα λαμβάνετε.", NoText = "Έλαβα το μήνυμά σας, αλλά δεν βρήκα κάτι που να μπορώ να διαβάσω.",
            WhichProduct = "Ποιο προϊόν εννοείτε;", Found = "Αυτό ίσως σας ταιριάζει:", NothingFound = "Δεν βρήκα κάτι διαθέσιμο που να ταιριάζει ακριβώς.",
            Nearest = "Το πιο κοντινό που έχουμε:", Costs = "{0}: η τιμή είναι {1}.", InStock = "Είναι διαθέσιμο.", LowestPrice = "Τη χαμηλότερη τιμή έχει: {0}.", SoldOut = "{0}: έχει εξαντληθεί αυτή τη στιγμή.",
            WithinBudget = "μέσα στον προϋπολογισμό σας", RightColour = "στο χρώμα που ζητήσατε", Fits = "ταιριάζει με αυτό που ψάχνετε",
        },
        ["de"] = new()
        {
            Language = "de", PictureHandOver = "Ihr Bild kann ich mir nicht selbst ansehen; ich gebe es an eine Kollegin oder einen Kollegen weiter, die Antwort kommt hier.",
            Yes = "Ja", No = "Nein", NobodyThere = "Im Moment ist niemand da.", BackOn = "Wir sind wieder da am {0} um {1} Uhr.",
            Holidays = "Öffnungszeiten an Feiertagen", ClosedOn = "Am {0} haben wir geschlossen.", OpenOn = "Am {0} haben wir geöffnet: {1}.",
            Hello = "Hallo!", HowCanIHelp = "Wie kann ich Ihnen helfen?", Welcome = "Gern geschehen! Kann ich sonst noch etwas für Sie tun?",
            Goodbye = "Auf Wiedersehen und danke für Ihren Besuch!",
            WhoIAm = "Ich bin der digitale Assistent des Geschäfts. Ich kenne Produkte, Preise, Öffnungszeiten, Versand und Rückgabe und verbinde Sie mit einer Kollegin oder einem Kollegen.",
            AllRight = "In Ordnung. Was möchten Sie noch wissen?", DontKnow = "Das weiß ich leider nicht.", RestUnknown = "Den Rest Ihrer Frage kann ich leider nicht beantworten.",
            OfferPerson = "Soll ich Sie mit einer Kollegin oder einem Kollegen verbinden?", HandOver = "Ich übergebe an eine Kollegin oder einen Kollegen; die Antwort kommt hier.",
            Sorry = "Das tut mir sehr leid.", NoOrders = "Bestellungen kann ich selbst nicht einsehen.", NoOptOut = "Ich kann selbst nicht ändern, welche Nachrichten Sie bekommen.",
            NoText = "Ihre Nachricht ist da, aber ich kann darin nichts lesen.", WhichProduct = "Welches Produkt meinen Sie?", Found = "Das könnte etwas für Sie sein:",
            NothingFound = "Ich habe nichts Vorrätiges gefunden, das genau passt.", Nearest = "Das kommt dem am nächsten:", Costs = "{0} kostet {1}.", InStock = "Vorrätig.",
            LowestPrice = "Den niedrigsten Preis hat {0}.", SoldOut = "{0} ist zurzeit ausverkauft.", WithinBudget = "innerhalb Ihres Budgets", RightColour = "in der gewünschten Farbe", Fits = "passt zu Ihrer Suche",
        },
        ["es"] = new()
        {
            Language = "es", PictureHandOver = "No puedo ver su imagen yo mismo, así que se la paso a una persona del equipo, que le responderá aquí.",
            Yes = "Sí", No = "No", NobodyThere = "Ahora mismo no hay nadie.", BackOn = "El equipo vuelve el {0} a las {1}.",
            Holidays = "Horario en festivos", ClosedOn = "El {0} cerramos.", OpenOn = "El {0} abrimos: {1}.",
            Hello = "¡Hola!", HowCanIHelp = "¿En qué puedo ayudarle?", Welcome = "¡De nada! ¿Puedo hacer algo más por usted?", Goodbye = "¡Hasta pronto y gracias por su visita!",
            WhoIAm = "Soy el asistente digital de la tienda. Conozco los productos, precios, horarios, envíos y devoluciones, y puedo pasarle con una persona del equipo.",
            AllRight = "De acuerdo. ¿Qué más le gustaría saber?", DontKnow = "Lo siento, no sé la respuesta.", RestUnknown = "Lo siento, no sé responder al resto de su pregunta.",
            OfferPerson = "¿Quiere que le pase con una persona del equipo?", HandOver = "Le paso con una persona del equipo, que le responderá aquí.", Sorry = "Lo siento mucho.",
            NoOrders = "No puedo consultar los pedidos yo mismo.", NoOptOut = "No puedo cambiar yo mismo los mensajes que recibe.", NoText = "He recibido su mensaje, pero no hay nada que pueda leer.",
            WhichProduct = "¿A qué producto se refiere?", Found = "Esto podría gustarle:", NothingFound = "No encontré nada disponible que encaje exactamente.", Nearest = "Lo más parecido:",
            Costs = "{0} cuesta {1}.", InStock = "Está disponible.", LowestPrice = "El precio más bajo es el de {0}.", SoldOut = "{0} está agotado por ahora.", WithinBudget = "dentro de su presupuesto", RightColour = "en el color que pidió",
            Fits = "encaja con lo que busca",
        },
        ["fr"] = new()
        {
            Language = "fr", PictureHandOver = "Je ne peux pas regarder votre image moi-même, je la passe donc à un collègue, qui vous répondra ici.",
            Yes = "Oui", No = "Non", NobodyThere = "Il n'y a personne en ce moment.", BackOn = "Les collègues sont de retour {0} à {1}.",
            Holidays = "Horaires des jours fériés", ClosedOn = "Le {0}, nous sommes fermés.", OpenOn = "Le {0}, nous sommes ouverts : {1}.",
            Hello = "Bonjour !", HowCanIHelp = "Comment puis-je vous aider ?", Welcome = "Je vous en prie ! Puis-je faire autre chose pour vous ?", Goodbye = "Au revoir et merci de votre visite !",
            WhoIAm = "Je suis l'assistant numérique de la boutique. Je connais les produits, les prix, les horaires, la livraison et les retours, et je peux vous passer un collègue.",
            AllRight = "Très bien. Que souhaitez-vous savoir d'autre ?", DontKnow = "Je suis désolé, je ne connais pas la réponse.", RestUnknown = "Je suis désolé, je ne sais pas répondre au reste de votre question.",
            OfferPerson = "Voulez-vous que je vous passe un collègue ?", HandOver = "Je vous passe un collègue, qui vous répondra ici.", Sorry = "J'en suis vraiment désolé.",
            NoOrders = "Je ne peux pas consulter les commandes moi-même.", NoOptOut = "Je ne peux pas changer moi-même les messages que vous recevez.",
            NoText = "J'ai reçu votre message, mais je n'y trouve rien que je puisse lire.", WhichProduct = "De quel produit parlez-vous ?", Found = "Ceci pourrait vous plaire :",
            NothingFound = "Je n'ai rien trouvé en stock qui corresponde exactement.", Nearest = "Voici ce qui s'en rapproche le plus :", Costs = "{0} coûte {1}.", InStock = "Disponible.",
            LowestPrice = "Le prix le plus bas est celui de {0}.", SoldOut = "{0} est épuisé pour le moment.", WithinBudget = "dans votre budget", RightColour = "dans la couleur demandée", Fits = "correspond à votre recherche",
        },
        ["it"] = new()
        {
            Language = "it", PictureHandOver = "Non posso guardare la sua immagine da solo, quindi la passo a un collega, che le risponderà qui.",
            Yes = "Sì", No = "No", NobodyThere = "In questo momento non c'è nessuno.", BackOn = "I colleghi tornano {0} alle {1}.",
            Holidays = "Orari nei giorni festivi", ClosedOn = "Il {0} siamo chiusi.", OpenOn = "Il {0} siamo aperti: {1}.",
            Hello = "Buongiorno!", HowCanIHelp = "Come posso aiutarla?", Welcome = "Prego! Posso fare altro per lei?", Goodbye = "Arrivederci e grazie della visita!",
            WhoIAm = "Sono l'assistente digitale del negozio. Conosco prodotti, prezzi, orari, spedizioni e resi, e posso passarle un collega.",
            AllRight = "Va bene. Che altro vorrebbe sapere?", DontKnow = "Mi dispiace, non conosco la risposta.", RestUnknown = "Mi dispiace, al resto della domanda non so rispondere.",
            OfferPerson = "Vuole che le passi un collega?", HandOver = "Le passo un collega, che le risponderà qui.", Sorry = "Mi dispiace molto.",
            NoOrders = "Non posso controllare gli ordini da solo.", NoOptOut = "Non posso cambiare da solo i messaggi che riceve.", NoText = "Ho ricevuto il messaggio, ma non c'è nulla che io possa leggere.",
            WhichProduct = "Quale prodotto intende?", Found = "Questo potrebbe fare per lei:", NothingFound = "Non ho trovato nulla di disponibile che corrisponda esattamente.", Nearest = "Il più vicino:",
            Costs = "{0} costa {1}.", InStock = "È disponibile.", LowestPrice = "Il prezzo più basso è quello di {0}.", SoldOut = "{0} al momento è esaurito.", WithinBudget = "nel suo budget", RightColour = "nel colore richiesto", Fits = "corrisponde a ciò che cerca",
        },
        ["tr"] = new()
        {
            Language = "tr", PictureHandOver = "Gönderdiğiniz resme kendim bakamıyorum; bir çalışma arkadaşıma iletiyorum, size buradan cevap verecek.",
            Yes = "Evet", No = "Hayır", NobodyThere = "Şu anda kimse yok.", BackOn = "Çalışma arkadaşlarım {0} günü saat {1} itibarıyla burada.",
            Holidays = "Tatil günlerinde çalışma saatleri", ClosedOn = "{0} günü kapalıyız.", OpenOn = "{0} günü {1} arası açığız.",
            Hello = "Merhaba!", HowCanIHelp = "Size nasıl yardımcı olabilirim?", Welcome = "Rica ederim! Başka bir isteğiniz var mı?", Goodbye = "Hoşça kalın, ziyaretiniz için teşekkürler!",
            WhoIAm = "Mağazanın dijital asistanıyım. Ürünleri, fiyatları, çalışma saatlerini, teslimatı ve iadeyi bilirim; sizi bir çalışma arkadaşıma da aktarabilirim.",
            AllRight = "Tamam. Başka ne öğrenmek istersiniz?", DontKnow = "Üzgünüm, bunun cevabını bilmiyorum.", RestUnknown = "Üzgünüm, sorunuzun geri kalanının cevabını bilmiyorum.",
            OfferPerson = "Sizi bir çalışma arkadaşıma aktarmamı ister misiniz?", HandOver = "Sizi bir çalışma arkadaşıma aktarıyorum; size buradan cevap verecek.", Sorry = "Bunun için çok üzgünüm.",
            NoOrders = "Siparişlere kendim bakamıyorum.", NoOptOut = "Hangi mesajları aldığınızı kendim değiştiremiyorum.", NoText = "Mesajınızı aldım ama içinde okuyabileceğim bir şey bulamadım.",
            WhichProduct = "Hangi ürünü kastediyorsunuz?", Found = "Bu size uygun olabilir:", NothingFound = "Stokta tam uyan bir şey bulamadım.", Nearest = "En yakını:",
            Costs = "{0}: fiyatı {1}.", InStock = "Stokta var.", LowestPrice = "En düşük fiyatlı olan: {0}.", SoldOut = "{0} şu anda tükendi.", WithinBudget = "bütçenize uygun", RightColour = "istediğiniz renkte", Fits = "aradığınıza uyuyor",
        },
        ["ru"] = new()
        {
            Language = "ru", PictureHandOver = "Сам я не могу посмотреть ваше изображение, поэтому передаю его коллеге, вам ответят здесь.",
            Yes = "Да", No = "Нет", NobodyThere = "Сейчас никого нет.", BackOn = "Коллеги снова на месте: {0}, {1}.",
            Holidays = "Часы работы в праздники", ClosedOn = "{0} мы закрыты.", OpenOn = "{0} мы открыты: {1}.",
            Hello = "Здравствуйте!", HowCanIHelp = "Чем могу помочь?", Welcome = "Пожалуйста! Могу ли я ещё чем-нибудь помочь?", Goodbye = "До свидания и спасибо за визит!",
            WhoIAm = "Я цифровой помощник магазина. Расскажу о товарах, ценах, часах работы, доставке и возврате и могу передать вас коллеге.",
            AllRight = "Хорошо. Что ещё вы хотели бы узнать?", DontKnow = "К сожалению, я не знаю ответа.", RestUnknown = "К сожалению, на остальную часть вопроса у меня нет ответа.",
            OfferPerson = "Передать вас коллеге?", HandOver = "Передаю вас коллеге, вам ответят здесь.", Sorry = "Мне очень жаль.",
            NoOrders = "Сам я не могу посмотреть заказы.", NoOptOut = "Сам я не могу изменить, какие сообщения вы получаете.", NoText = "Сообщение получено, но в нём нет ничего, что я могу прочитать.",
            WhichProduct = "Какой товар вы имеете в виду?", Found = "Возможно, вам подойдёт:", NothingFound = "В наличии нет ничего точно подходящего.", Nearest = "Ближе всего:",
            Costs = "{0}: цена {1}.", InStock = "Есть в наличии.", LowestPrice = "Самая низкая цена: {0}.", SoldOut = "{0}: сейчас нет в наличии.", WithinBudget = "в рамках бюджета", RightColour = "нужного цвета", Fits = "подходит под запрос",
        },
        ["ar"] = new()
        {
            Language = "ar", PictureHandOver = "لا أستطيع رؤية صورتك بنفسي، لذلك سأحولها إلى أحد الزملاء وسيجيبك هنا.",
            Yes = "نعم", No = "لا", NobodyThere = "لا يوجد أحد الآن.", BackOn = "يعود الزملاء يوم {0} الساعة {1}.",
            Holidays = "أوقات العمل في العطل", ClosedOn = "نحن مغلقون يوم {0}.", OpenOn = "نفتح يوم {0}: {1}.",
            Hello = "مرحباً!", HowCanIHelp = "كيف يمكنني مساعدتك؟", Welcome = "على الرحب والسعة! هل يمكنني مساعدتك في شيء آخر؟", Goodbye = "مع السلامة وشكراً لزيارتك!",
            WhoIAm = "أنا المساعد الرقمي للمتجر. أعرف المنتجات والأسعار وأوقات العمل والشحن والإرجاع، ويمكنني تحويلك إلى أحد الزملاء.",
            AllRight = "حسناً. ماذا تود أن تعرف أيضاً؟", DontKnow = "عذراً، لا أعرف الإجابة.", RestUnknown = "عذراً، لا أعرف إجابة بقية سؤالك.",
            OfferPerson = "هل تريد أن أحولك إلى أحد الزملاء؟", HandOver = "سأحولك إلى أحد الزملاء وسيجيبك هنا.", Sorry = "أعتذر بشدة عن ذلك.",
            NoOrders = "لا أستطيع الاطلاع على الطلبات بنفسي.", NoOptOut = "لا أستطيع تغيير الرسائل التي تصلك بنفسي.", NoText = "وصلتني رسالتك، لكن لا يوجد فيها ما أستطيع قراءته.",
            WhichProduct = "أي منتج تقصد؟", Found = "قد يناسبك هذا:", NothingFound = "لم أجد شيئاً متوفراً يطابق طلبك تماماً.", Nearest = "الأقرب إلى طلبك:",
            Costs = "{0}: السعر {1}.", InStock = "متوفر.", LowestPrice = "الأقل سعراً: {0}.", SoldOut = "{0}: غير متوفر حالياً.", WithinBudget = "ضمن ميزانيتك", RightColour = "باللون المطلوب", Fits = "يناسب ما تبحث عنه",
        },
    };

    public static Phrases In(string language) => All.TryGetValue(language, out var phrases) ? phrases : All["en"];

    /// <summary>Whether an answer ended by offering a person, so that "yes" accepts one.</summary>
    public static bool OffersPerson(string? answer) =>
        answer is not null && All.Values.Any(phrases => answer.Contains(phrases.OfferPerson, StringComparison.Ordinal));
}
