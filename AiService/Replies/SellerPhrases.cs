namespace Assistify.AiService.Replies;

/// <summary>What the assistant says about asking a seller, in the languages of <see cref="Phrases"/>.</summary>
/// <param name="Offer">Short enough for a button everywhere.</param>
/// <param name="Asking">With a product's title, as <paramref name="Waits"/>.</param>
/// <param name="Wanted">What is asked where the customer only tapped.</param>
internal sealed record SellerPhrases(string Offer, string Asking, string Waits, string TooMany, string Wanted)
{
    private static readonly Dictionary<string, SellerPhrases> s_all = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            "Ask the seller", "I'm passing your question about {0} to its seller. The answer comes here.", "The seller of {0} has your question already. The answer comes here.",
            "For the moment I can't pass more questions to sellers.", "Could you send photos and tell more about it?"),
        ["el"] = new(
            "Ρωτήστε τον πωλητή", "Μεταφέρω την ερώτησή σας για το προϊόν «{0}» στον πωλητή. Η απάντηση θα έρθει εδώ.", "Ο πωλητής του προϊόντος «{0}» έχει ήδη την ερώτησή σας. Η απάντηση θα έρθει εδώ.",
            "Προς το παρόν δεν μπορώ να μεταφέρω άλλες ερωτήσεις σε πωλητές.", "Μπορείτε να στείλετε φωτογραφίες και περισσότερες πληροφορίες;"),
        ["de"] = new(
            "Verkäufer fragen", "Ich gebe Ihre Frage zu „{0}“ an den Verkäufer weiter. Die Antwort kommt hier.", "Der Verkäufer von „{0}“ hat Ihre Frage schon. Die Antwort kommt hier.",
            "Im Moment kann ich keine weiteren Fragen an Verkäufer weitergeben.", "Könnten Sie Fotos schicken und mehr dazu sagen?"),
        ["es"] = new(
            "Pregunte al vendedor", "Paso su pregunta sobre «{0}» al vendedor. La respuesta llegará aquí.", "El vendedor de «{0}» ya tiene su pregunta. La respuesta llegará aquí.",
            "Por ahora no puedo pasar más preguntas a vendedores.", "¿Podría enviar fotos y contar más sobre ello?"),
        ["fr"] = new(
            "Demander au vendeur", "Je transmets votre question sur « {0} » au vendeur. La réponse arrivera ici.", "Le vendeur de « {0} » a déjà votre question. La réponse arrivera ici.",
            "Pour le moment, je ne peux pas transmettre d'autres questions à des vendeurs.", "Pourriez-vous envoyer des photos et en dire plus ?"),
        ["it"] = new(
            "Chieda al venditore", "Passo la sua domanda su «{0}» al venditore. La risposta arriverà qui.", "Il venditore di «{0}» ha già la sua domanda. La risposta arriverà qui.",
            "Per ora non posso passare altre domande ai venditori.", "Potrebbe inviare delle foto e dire di più?"),
        ["tr"] = new(
            "Satıcıya sorun", "“{0}” hakkındaki sorunuzu satıcıya iletiyorum. Cevap buraya gelecek.", "“{0}” ürününün satıcısı sorunuzu zaten aldı. Cevap buraya gelecek.",
            "Şu an satıcılara daha fazla soru iletemiyorum.", "Fotoğraf gönderip biraz daha bilgi verir misiniz?"),
        ["ru"] = new(
            "Спросить продавца", "Передаю ваш вопрос о товаре «{0}» продавцу. Ответ придёт сюда.", "У продавца товара «{0}» уже есть ваш вопрос. Ответ придёт сюда.",
            "Сейчас я не могу передать продавцам больше вопросов.", "Пришлите, пожалуйста, фотографии и расскажите подробнее."),
        ["ar"] = new(
            "اسأل البائع", "أنقل سؤالك عن «{0}» إلى البائع، وسيصل الجواب هنا.", "وصل سؤالك عن «{0}» إلى البائع من قبل، وسيصل الجواب هنا.",
            "لا أستطيع الآن نقل أسئلة أخرى إلى البائعين.", "هل يمكنك إرسال صور ومعلومات أكثر؟"),
    };

    public static SellerPhrases In(string language) => s_all.TryGetValue(language, out var phrases) ? phrases : s_all["en"];
}
