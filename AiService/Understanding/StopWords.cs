using System.Collections.Frozen;

namespace Assistify.AiService.Understanding;

/// <summary>Words that say nothing about what a question is about, so that nothing is searched by them.</summary>
internal static class StopWords
{
    private const string Table = """
        a an the and or but if of to in on at by for from with as is are was were be been am do does did doing done have has had can could will would shall should may might must
        i me my mine we us our you your yours he she it its they them their this that these those there here what which who whom whose when how why than then so too very just also
        not no nor only own any some all each few more most other another such please hi hello hey thanks thank ok okay yes well now today tomorrow want need like would id im ive youre dont
        get got give show tell know find buy looking look interested something anything thing things one ones available stock still about into up down out over under below above less max maximum around between
        cheaper cheap cheapest cheaply cheapest much many long euro euros eur € sell selling sold offer offers help question ask make let see use used using new good nice really maybe could someone anyone people place places
        except apart instead come comes coming go going goes take takes put say said think hear back again left time times it's whats thats there's lets hows wheres under-
        near nearby close recommend suggest suggestion suggestions recommendation recommendations idea ideas product products item items article articles range assortment catalogue selection collection
        ο η το οι τα του της των τον την τους τις στο στη στην στον στα στις στους και κι ή με σε για από να θα που πως πώς τι ποιο ποια ποιος ποιες ποιοι πόσο πόση πόσα πόσες πότε πού αν δεν μη μην είναι είμαι είστε έχετε έχω έχει έχουν
        θέλω θέλουμε ήθελα μου σου σας μας αυτό αυτά αυτή αυτός ένα ένας μια κάτι κάποιο κάποια παρακαλώ γεια ευχαριστώ ναι όχι πολύ πιο κάνει κάνετε κάνουν μπορώ μπορείτε υπάρχει υπάρχουν ψάχνω δείξε δείξτε βρω αγοράσω πουλάτε διαθέσιμο διαθέσιμα κάτω πάνω ευρώ φτηνό φτηνότερο φθηνό φθηνότερο
        εσείς εγώ εμένα εδώ εκεί τώρα σήμερα αύριο ακόμα επίσης εκτός μόνο όλα όλο άλλο άλλη άλλα προτείνετε προϊόν προϊόντα κοστίζουν μέχρι ως έως
        ich du sie er es wir ihr der die das den dem des ein eine einen einem einer und oder aber ist sind war haben hat habe kann können möchte will mir mich ihnen ihre ihr mit für auf von zu zum zur im in an am bei nach wie viel was wann wo welche welcher welches gibt auch nicht kein keine keinen außer bitte suche unter über bis etwas
        el la los las un una unos unas de del y o en con por para que qué cuál cuáles cuánto cuánta cuántos cuándo dónde cómo es son está están hay tienen tiene tienes tenéis tenemos tengo puedo puede pueden puedes podéis venden vendes vendéis quiero quisiera busco me mi su sus se lo le a al más menos excepto sea sean por favor algo
        le les du au aux et ou en dans avec pour par sur que qui quoi quel quelle quels quelles combien quand où comment est sont avez vous je nous j'ai ai voudrais cherche mon ma mes votre vos ce cette ces ça se sa son pas ne de d l plus moins quelque chose sauf
        il lo gli i uno di da in con su per tra che chi quale quali quanto quanta quando dove come è sono avete ho vorrei cerco mi si ci mio mia vostro più meno qualcosa del della al alla
        ve veya bir bu şu o mi mı mu mü ne kadar var yok için ile da de nasıl nerede zaman hangi ben siz biz istiyorum arıyorum misiniz mısınız musunuz altında hariç dışında olmasın şey
        и или но в на с по для от до из у к о что как где когда сколько какой какая какие есть ли я вы мы мне вас вам это не кроме хочу ищу можно
        من في على الى عن مع هل ما ماذا كم متى اين كيف هذا هذه انا انت انتم لديكم عندكم يوجد اريد ابحث لو سمحت و او
        """;

    public static readonly FrozenSet<string> All = Table
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => Words.Fold(word).Replace("'", "", StringComparison.Ordinal))
        .ToFrozenSet();
}
