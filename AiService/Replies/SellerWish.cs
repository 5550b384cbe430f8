using System.Text.RegularExpressions;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies;

/// <summary>Recognises that the one who sells a product is to be asked about it: "can you ask the seller?", "more photos of it, please".</summary>
internal static partial class SellerWish
{
    public static bool IsIn(string clause)
    {
        var folded = Words.Fold(clause);
        return (Asks().IsMatch(folded) || Photos().IsMatch(folded)) && !IsNoWish().IsMatch(folded);
    }

    /// <summary>What is left of a clause to tell which product is meant.</summary>
    public static string Rest(string clause) => Photos().Replace(Asks().Replace(Words.Fold(clause), " "), " ");

    // All of these are compared with folded text: lower case, no accents, no final sigma. An "agent" alone is anybody's colleague; "the agent" who is contacted sells.
    [GeneratedRegex("""
        \b(?:ask|contact|(?:message|text|e-?mail)(?! from\b)|write(?: to)?|check with|find out from|reach(?: out to)?|get in touch with|enquire with|inquire with)\b[^.!?\n]{0,20}?\b(?:sellers?|suppliers?|vendors?|makers?|manufacturers?|producers?|artists?|artisans?|potters?|landlords?)\b|\b(?:ask|contact|message|text|email|write to) (?:the|this|its) (?:listing |estate |sales )?agent\b|(?:ρωτ\w+|επικοινων\w+|γραψ\w+)[^.!;\n]{0,30}?\b(?:πωλητ\w+|προμηθευτ\w+|κατασκευαστ\w+|μεσιτ\w+)|\b(?:frag(?:en|t|st)?|kontaktier\w*|schreib\w*)\b[^.!?\n]{0,40}?\b(?:verkaufer\w*|lieferant\w*|hersteller\w*|anbieter\w*|handler\w*|makler\w*)|\b(?:verkaufer\w*|lieferant\w*|hersteller\w*|anbieter\w*|handler\w*|makler\w*)\b[^.!?\n]{0,30}?\b(?:fragen|nachfragen|kontaktieren|anschreiben)\b|\b(?:pregunt(?:ar|a|e|en)\w*|contact(?:ar|a|e|en)\w*|consult(?:ar|a|e|en)\w*|escrib(?:ir|e|a|an)\w*)[^.!?\n]{0,30}?\b(?:vendedor\w*|proveedor\w*|fabricante\w*|artesan\w*|agente\b)|\b(?:demand(?:er|ez|e|iez)|contact(?:er|ez|e|iez)|ecri(?:re|vez|s)|interrog\w+)\b[^.!?\n]{0,30}?\b(?:vendeu\w+|fournisseur\w*|fabricant\w*|artisan\w*)|\b(?:chied\w+|contatt(?:are|i|a|ate)|scriv\w+)\b[^.!?\n]{0,30}?\b(?:venditor\w+|fornitor\w+|produttor\w+|artigian\w+)|\b(?:satici|uretici|tedarikci|emlakci)\w*[^.!?\n]{0,30}?\b(?:sor\w*|ilet\w*|yaz\w*|ulas\w*)|(?:спрос\w+|свяж\w+|напиш\w+|уточн\w+)[^.!?\n]{0,30}?(?:продавц\w+|поставщик\w*|производител\w+)|(?:اسال\w*|تسال\w*|نسال\w*|سوال|تواصل\w*|اتصل\w*|راسل\w*)[^.!?؟\n]{0,30}?(?:البايع\w*|المورد\w*|الصانع\w*|الوكيل\w*)
        """)]
    private static partial Regex Asks();

    [GeneratedRegex(@"\b(?:more|other|further|additional|extra|another) (?:photos?|pictures?|pics?|images?)\b|(?:αλλεσ|περισσοτερεσ|παραπανω) (?:φωτο\w*|εικονεσ)|\b(?:mehr|weitere|andere|noch ein) (?:fotos?|bild(?:er)?)\b|\b(?:mas|otras) (?:fotos?|imagenes)\b|\b(?:plus de|d'autres) (?:photos?|images?)\b|\b(?:altre|piu) (?:foto|immagini)\b|\b(?:daha fazla|baska|daha cok) (?:foto\w*|resim\w*|gorsel\w*)|(?:еще|больше|другие) (?:фото\w*|снимк\w*)|صور اخري|صور اكثر|المزيد من الصور")]
    private static partial Regex Photos();

    // "I'll send you more photos", "I already sent an email to the seller", "please don't contact the seller"
    [GeneratedRegex(@"\b(?:i|we)(?:'ll|'ve|'m)? (?:will |can |could |have |am |just |also |already )*(?:send|sent|sending|attach\w*|upload\w*|took|take)\b|\b(?:don't|do not|dont|never|didn't|no need to) (?:\w+ ){0,2}(?:ask|contact|message|write)\b|\bσ(?:ασ|ου) στ(?:ελνω|ειλα)|\bμη(?:ν)? (?:ρωτ|επικοινων)|\bich (?:\w+ )?(?:schicke|sende|habe)\b|\b(?:le|te|os) (?:envio|mando|envie|mande)\b|\bje vous envoie|\b(?:le|vi|ti) (?:mando|invio)\b|gonderiyorum|gonderdim|отправляю|присылаю|سارسل|ارسلت")]
    private static partial Regex IsNoWish();
}
