using System.Text.RegularExpressions;

namespace Assistify.AiService.Orders;

/// <summary>Where an order is, as texts say it. Compared with folded text: lower case, no accents, no final sigma.</summary>
[Flags]
internal enum OrderStates
{
    None = 0,
    Prepared = 1,
    Shipped = 2,
    Delivered = 4,
    Cancelled = 8,
}

internal static partial class OrderStateWords
{
    /// <summary>Every state that is named; none is told from a denial of it.</summary>
    public static OrderStates In(string folded) =>
        (Prepared().IsMatch(folded) ? OrderStates.Prepared : 0) | (Shipped().IsMatch(folded) ? OrderStates.Shipped : 0)
        | (Delivered().IsMatch(folded) ? OrderStates.Delivered : 0) | (Cancelled().IsMatch(folded) ? OrderStates.Cancelled : 0);

    [GeneratedRegex("being prepared|ετοιμαζ|vorbereitet|preparando|preparation|preparazione|hazirlan|готовит|التحضير")]
    private static partial Regex Prepared();

    [GeneratedRegex(@"\bshipped|dispatched|sent out|\bon (?:its|the) way|in transit|left (?:our|the) warehouse|σταλ|καθ.? οδον|στο δρομο|φευγει|versandt|versendet|verschickt|unterwegs|enviad|en camino|salido|salio|kargoya veril|yola cik|yolda|gonderil|شحن|الطريق|ارسال|expedi|en route|spedit|in arrivo|отправлен|в пути")]
    private static partial Regex Shipped();

    [GeneratedRegex(@"\bdelivered|out for delivery|\barrived|\barriving|will arrive|παραδοθ|εφτασε|θα φτασει|geliefert|zugestellt|angekommen|\bkommt|entregad|llegad|\bllega|teslim|ulas|تسليم|وصل|سيصل|livre|consegnat|доставлен")]
    private static partial Regex Delivered();

    [GeneratedRegex("cancel|ακυρ|storniert|iptal|الغا|annul|отменен")]
    private static partial Regex Cancelled();
}
