using System.Text.RegularExpressions;
using Assistify.AiService.Orders;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies.Checks;

/// <summary>
/// What binds the business without a figure in it: that something is free, refunded, guaranteed, reduced or in stock, and where an
/// order is. Promises are made in the business's own sentences only, and the state of an order is told only where it was looked up.
/// </summary>
internal static partial class ClaimCheck
{
    private static readonly (string Name, Func<Regex> Words)[] s_promises =
        [("discount", Discount), ("free", Free), ("refund", Refund), ("warranty", Warranty)];

    public static bool HasClaims(string text)
    {
        var folded = Words.Fold(text);
        return OrderState().IsMatch(folded) || InStock().IsMatch(folded) || s_promises.Any(promise => promise.Words().IsMatch(folded));
    }

    public static CheckResult Check(string text, IReadOnlyCollection<Source> sources)
    {
        var named = sources.Where(source => FactCheck.Names(text, source)).ToList();
        foreach (var (start, end) in Sentences.Of(text))
        {
            var sentence = text[start..end];
            var folded = Words.Fold(sentence);
            foreach (var (name, words) in s_promises)
            {
                if (words().Match(folded) is { Success: true } said && !IsWordForWord(folded, sources)) return CheckResult.Bad(name, said.Value);
            }
            if (OrderState().Match(folded) is { Success: true } state && !IsToldOfOrder(folded, sources)) return CheckResult.Bad("order_state", state.Value);
            if (InStock().Match(folded) is { Success: true } stock && !CanBeHad(sentence, folded, named, sources)) return CheckResult.Bad("stock", stock.Value);
        }
        return CheckResult.Good;
    }

    // A condition that is left out makes another promise: the business's own sentence, or none.
    private static bool IsWordForWord(string folded, IReadOnlyCollection<Source> sources)
    {
        var wanted = $" {string.Join(' ', Words.Split(folded))} ";
        return sources.Any(source => $" {string.Join(' ', Words.Split(Words.Fold(source.Text)))} ".Contains(wanted, StringComparison.Ordinal));
    }

    // Looked up, or word for word what the business says about orders in general. Whatever words a state is told in, it is the order's.
    private static bool IsToldOfOrder(string folded, IReadOnlyCollection<Source> sources)
    {
        var told = OrderStateWords.In(folded);
        return told is not OrderStates.None && sources.Any(source => source.Kind is SourceKind.Order && (told & ~OrderStateWords.In(Words.Fold(source.Text))) == 0)
            || IsWordForWord(folded, sources);
    }

    // What the sentence names, or the answer before it: "The blue vase? It is in stock."
    private static bool CanBeHad(string sentence, string folded, List<Source> named, IReadOnlyCollection<Source> sources)
    {
        var meant = named.Where(source => FactCheck.Names(sentence, source)).ToList();
        if (meant.Count == 0) meant = named;
        return meant.Count > 0 ? meant.TrueForAll(source => source.Available is true) : IsWordForWord(folded, sources);
    }

    // All of these are compared with folded text: lower case, no accents, no final sigma.
    [GeneratedRegex(@"discount|voucher|coupon|promo(?:tion)? code|\b(?:half|reduced|special) (?:the )?price|rabatt|gutschein|ermassig|εκπτωσ|κουπονι|προσφορα|descuento|\bcupon|rebaja|indirim|kupon|remise|sconto|скидк|خصم|كوبون|تخفيض")]
    private static partial Regex Discount();

    [GeneratedRegex(@"\bfree of charge|\bfor free\b|\bfree (?:shipping|delivery|gift|return|express|item|vase|mug|candle|product|sample|repair)|\bat no (?:extra )?(?:cost|charge)|complimentary|on the house|kostenlos|gratis|umsonst|geschenkt|δωρεαν|χωρισ χρεωση|\bgratuit|ucretsiz|bedava|مجان|бесплатн")]
    private static partial Regex Free();

    [GeneratedRegex(@"refund|money back|reimburs|compensat|erstatt|geld zuruck|entschadig|επιστροφη χρηματων|επιστροφη των χρηματων|χρηματα (?:σασ )?πισω|αποζημιωσ|reembols|devolv\w* (?:el|su|tu) dinero|indemniz|compensac|para(?:niz|nizi)? iade|geri ode|iade ed|tazminat|استرداد|استرجاع|تعويض|rembours|rimbors|возврат денег|вернем деньги|компенсац")]
    private static partial Regex Refund();

    [GeneratedRegex(@"warrant|guarant|garanti|εγγυησ|εγγυομα|εγγυωμα|garantia|garanzia|гаранти|ضمان|نضمن")]
    private static partial Regex Warranty();

    [GeneratedRegex(@"\b(?:is|are|in) (?:still |now |currently )?(?:in stock|available)|αποθεμα|(?:ειναι )?διαθεσιμ|auf lager|vorratig|lieferbar|verfugbar|en stock|disponible|stokta|mevcut|متوفر|متاح|disponibil|в наличии")]
    private static partial Regex InStock();

    [GeneratedRegex("""
        \b(?:your|the) (?:order|parcel|package|shipment|delivery)\b[^.!?\n]{0,40}?\b(?:shipped|dispatched|sent out|delivered|on its way|on the way|in transit|out for delivery|cancell?ed|arrived|arriving|will arrive|left (?:our|the) warehouse|being prepared|confirmed)|(?:παραγγελια|δεμα|αποστολη)[^.!?\n]{0,40}?(?:σταλ|εσταλ|απεσταλ|παραδοθ|ειναι καθ οδον|καθ' οδον|στο δρομο|ακυρωθ|εφτασε|θα φτασει|φευγει)|\b(?:bestellung|paket|sendung|lieferung)\b[^.!?\n]{0,40}?\b(?:versandt|versendet|verschickt|geliefert|zugestellt|unterwegs|storniert|angekommen|kommt)|\b(?:pedido|paquete|envio)\b[^.!?\n]{0,40}?\b(?:enviado|entregado|en camino|cancelado|llegado|llega|llegara|salio|salido)|\b(?:siparis\w*|kargo\w*|paket\w*)\b[^.!?\n]{0,40}?(?:kargoya veril|yola cik|teslim edil|yolda|iptal edil|gonderil|ulas)|(?:طلبك|طلبكم|شحنتك|طردك|الطلب)[^.!?\n]{0,40}?(?:شحن|تسليم|الطريق|الغاء|وصل|سيصل|ارسال)|\b(?:commande|colis)\b[^.!?\n]{0,40}?(?:expedi|livre|en route|annule)|\b(?:ordine|pacco)\b[^.!?\n]{0,40}?(?:spedito|consegnato|in arrivo|annullato)|(?:заказ|посылка)[^.!?\n]{0,40}?(?:отправлен|доставлен|в пути|отменен)
        """)]
    private static partial Regex OrderState();
}
