using Assistify.AiService.Replies;

namespace Assistify.AiService.Orders;

/// <summary>What is said of an order, in the languages of <see cref="Phrases"/>. What stands for a state says nothing of another one.</summary>
/// <param name="Order">The word.</param>
/// <param name="Parcel">With the carrier, the number and the address where it is followed.</param>
/// <param name="NotFound">Of a number and a contact that do not belong together, or do not exist.</param>
/// <param name="NeedsBoth">In place of asking a second time.</param>
internal sealed record OrderPhrases(
    string Order, string Prepared, string Partly, string Shipped, string Delivered, string Cancelled, string Paid, string Unpaid, string Refunded, string PartlyRefunded,
    string Parcel, string NotFound, string NeedsBoth, string Refused, string Away)
{
    private static readonly Dictionary<string, OrderPhrases> s_all = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            "Order", "It is being prepared.", "A part of it is with the carrier, and the rest is being prepared.", "It has been shipped.", "It has been delivered.", "It was cancelled.",
            "It is paid.", "It is not paid yet.", "The payment was refunded.", "A part of the payment was refunded.", "Tracking: {0}.",
            "I found no order with this number and this contact.", "Without the order's number and the contact that it was made with I can't tell anything about an order.",
            "I can't look for more orders here.", "I can't look into orders at the moment."),
        ["el"] = new(
            "Παραγγελία", "Ετοιμάζεται.", "Ένα μέρος της είναι στον μεταφορέα και το υπόλοιπο ετοιμάζεται.", "Έχει σταλεί.", "Έχει παραδοθεί.", "Ακυρώθηκε.",
            "Έχει πληρωθεί.", "Δεν έχει πληρωθεί ακόμη.", "Έγινε επιστροφή χρημάτων.", "Έγινε επιστροφή μέρους των χρημάτων.", "Παρακολούθηση: {0}.",
            "Δεν βρήκα παραγγελία με αυτόν τον αριθμό και αυτά τα στοιχεία επικοινωνίας.", "Χωρίς τον αριθμό της παραγγελίας και τα στοιχεία επικοινωνίας με τα οποία έγινε δεν μπορώ να πω κάτι για παραγγελία.",
            "Δεν μπορώ να αναζητήσω άλλες παραγγελίες εδώ.", "Αυτή τη στιγμή δεν μπορώ να δω τις παραγγελίες."),
        ["de"] = new(
            "Bestellung", "Sie wird vorbereitet.", "Ein Teil ist beim Paketdienst, der Rest wird vorbereitet.", "Sie wurde versandt.", "Sie wurde zugestellt.", "Sie wurde storniert.",
            "Sie ist bezahlt.", "Sie ist noch nicht bezahlt.", "Die Zahlung wurde erstattet.", "Ein Teil der Zahlung wurde erstattet.", "Sendungsverfolgung: {0}.",
            "Ich habe keine Bestellung mit dieser Nummer und diesen Kontaktdaten gefunden.", "Ohne die Bestellnummer und die Kontaktdaten der Bestellung kann ich nichts über eine Bestellung sagen.",
            "Weitere Bestellungen kann ich hier nicht suchen.", "Im Moment kann ich keine Bestellungen einsehen."),
        ["es"] = new(
            "Pedido", "Se está preparando.", "Una parte está con el transportista y el resto se está preparando.", "Ha sido enviado.", "Ha sido entregado.", "Fue cancelado.",
            "Está pagado.", "Todavía no está pagado.", "El pago fue reembolsado.", "Una parte del pago fue reembolsada.", "Seguimiento: {0}.",
            "No he encontrado ningún pedido con este número y este contacto.", "Sin el número del pedido y el contacto con el que se hizo no puedo decir nada sobre un pedido.",
            "Aquí no puedo buscar más pedidos.", "En este momento no puedo consultar pedidos."),
        ["fr"] = new(
            "Commande", "Elle est en préparation.", "Une partie est chez le transporteur et le reste est en préparation.", "Elle a été expédiée.", "Elle a été livrée.", "Elle a été annulée.",
            "Elle est payée.", "Elle n'est pas encore payée.", "Le paiement a été remboursé.", "Une partie du paiement a été remboursée.", "Suivi : {0}.",
            "Je n'ai trouvé aucune commande avec ce numéro et ce contact.", "Sans le numéro de la commande et le contact avec lequel elle a été passée, je ne peux rien dire d'une commande.",
            "Je ne peux pas chercher d'autres commandes ici.", "Je ne peux pas consulter les commandes en ce moment."),
        ["it"] = new(
            "Ordine", "È in preparazione.", "Una parte è presso il corriere e il resto è in preparazione.", "È stato spedito.", "È stato consegnato.", "È stato annullato.",
            "È pagato.", "Non è ancora pagato.", "Il pagamento è stato rimborsato.", "Una parte del pagamento è stata rimborsata.", "Tracciamento: {0}.",
            "Non ho trovato nessun ordine con questo numero e questo contatto.", "Senza il numero dell'ordine e il contatto con cui è stato fatto non posso dire nulla di un ordine.",
            "Qui non posso cercare altri ordini.", "Al momento non posso consultare gli ordini."),
        ["tr"] = new(
            "Sipariş", "Hazırlanıyor.", "Bir kısmı taşıyıcıda, kalanı hazırlanıyor.", "Kargoya verildi.", "Teslim edildi.", "İptal edildi.",
            "Ödendi.", "Henüz ödenmedi.", "Ödeme iade edildi.", "Ödemenin bir kısmı iade edildi.", "Takip: {0}.",
            "Bu numara ve bu iletişim bilgisiyle bir sipariş bulamadım.", "Sipariş numarası ve siparişin verildiği iletişim bilgisi olmadan bir sipariş hakkında bir şey söyleyemem.",
            "Burada başka sipariş arayamam.", "Şu anda siparişlere bakamıyorum."),
        ["ru"] = new(
            "Заказ", "Он готовится.", "Часть у перевозчика, остальное готовится.", "Он отправлен.", "Он доставлен.", "Он отменён.",
            "Он оплачен.", "Он ещё не оплачен.", "Оплата возвращена.", "Часть оплаты возвращена.", "Отслеживание: {0}.",
            "Я не нашёл заказа с этим номером и этими контактными данными.", "Без номера заказа и контактных данных, с которыми он был сделан, я ничего не могу сказать о заказе.",
            "Здесь я не могу искать другие заказы.", "Сейчас я не могу посмотреть заказы."),
        ["ar"] = new(
            "الطلب", "قيد التحضير.", "جزء منه لدى الناقل والباقي قيد التحضير.", "تم شحنه.", "تم تسليمه.", "تم إلغاؤه.",
            "تم دفعه.", "لم يُدفع بعد.", "تم رد المبلغ.", "تم رد جزء من المبلغ.", "التتبع: {0}.",
            "لم أجد طلبا بهذا الرقم وبيانات الاتصال هذه.", "بدون رقم الطلب وبيانات الاتصال التي تم بها لا أستطيع أن أقول شيئا عن طلب.",
            "لا أستطيع البحث عن طلبات أخرى هنا.", "لا أستطيع الاطلاع على الطلبات الآن."),
    };

    public static IEnumerable<string> Languages => s_all.Keys;

    public static OrderPhrases In(string language) => s_all.TryGetValue(language, out var phrases) ? phrases : s_all["en"];
}
