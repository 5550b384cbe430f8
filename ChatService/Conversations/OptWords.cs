using System.Collections.Frozen;

namespace Assistify.ChatService.Conversations;

internal enum OptWish
{
    /// <summary>No more messages.</summary>
    Out,

    /// <summary>Messages again.</summary>
    In,
}

/// <param name="Confirmation">What is answered, in the word's language.</param>
internal sealed record OptWord(OptWish Wants, string Confirmation);

/// <summary>
/// The words by which customers end messages and take them up again, as carriers and messengers know them. Only a message that
/// consists of nothing else counts: "stop by tomorrow" and "cancel" are for the assistant.
/// </summary>
internal static class OptWords
{
    private const int Longest = 40;

    private static readonly FrozenDictionary<string, OptWord> s_words = All().ToFrozenDictionary(StringComparer.Ordinal);

    public static OptWord? Find(string text) => text.Length > Longest ? null : s_words.GetValueOrDefault(Plain(text));

    // "STOP!", "/stop", "opt-out" and "Opt out" are the same word.
    private static string Plain(string text) => string.Join(
        ' ', text.ToLowerInvariant().Split([' ', '\t', '\n', '\r', '-', '.', '!', '/', '"', '\''], StringSplitOptions.RemoveEmptyEntries));

    private static Dictionary<string, OptWord> All()
    {
        var words = new Dictionary<string, OptWord>(StringComparer.Ordinal);
        Add("You will get no more messages from us. Write START to get them again.", "Welcome back: you get messages from us again.",
            ["stop", "stopall", "stop all", "unsubscribe", "opt out", "optout"], ["start", "unstop", "subscribe", "opt in", "optin"]);
        Add("Sie bekommen keine Nachrichten mehr von uns. Mit START bekommen Sie sie wieder.", "Willkommen zurück: Sie bekommen wieder Nachrichten von uns.",
            ["stopp", "abmelden", "abbestellen"], ["anmelden", "abonnieren"]);
        Add("Vous ne recevrez plus de messages de notre part. Écrivez START pour en recevoir à nouveau.", "Vous recevez à nouveau nos messages.",
            ["arrêt", "arret", "arrêter", "arreter", "désabonner", "desabonner", "se désabonner"], ["reprendre", "s abonner", "abonner"]);
        Add("Ya no recibirá más mensajes nuestros. Escriba START para volver a recibirlos.", "Vuelve a recibir nuestros mensajes.",
            ["baja", "darme de baja", "cancelar suscripción", "cancelar suscripcion"], ["alta", "suscribir", "suscribirme"]);
        Add("Non riceverà più messaggi da noi. Scriva START per riceverli di nuovo.", "Riceve di nuovo i nostri messaggi.",
            ["disiscrivi", "disiscrivimi", "cancella iscrizione"], ["iscrivi", "iscrivimi"]);
        Add("Δεν θα λαμβάνετε άλλα μηνύματα από εμάς. Γράψτε START για να τα λαμβάνετε ξανά.", "Λαμβάνετε ξανά τα μηνύματά μας.",
            ["διακοπή", "διακοπη", "στοπ", "διαγραφή", "διαγραφη"], ["έναρξη", "εναρξη", "εγγραφή", "εγγραφη"]);
        Add("Artık bizden mesaj almayacaksınız. Yeniden almak için START yazın.", "Yeniden bizden mesaj alacaksınız.",
            ["durdur", "ret", "abonelikten çık"], ["başlat", "abone ol"]);
        Add("Вы больше не будете получать от нас сообщения. Напишите START, чтобы получать их снова.", "Вы снова получаете наши сообщения.",
            ["стоп", "отписаться", "отписка"], ["старт", "подписаться"]);
        Add("لن تصلك رسائل منا بعد الآن. اكتب START لتصلك من جديد.", "ستصلك رسائلنا من جديد.",
            ["توقف", "إيقاف", "ايقاف", "إلغاء الاشتراك", "الغاء الاشتراك"], ["ابدأ", "اشتراك"]);
        Add("您将不再收到我们的消息。回复 START 可重新接收。", "您将重新收到我们的消息。", ["退订", "td"], ["订阅"]);
        return words;

        void Add(string goodbye, string welcome, string[] outs, string[] ins)
        {
            foreach (var word in outs) words.Add(word, new OptWord(OptWish.Out, goodbye));
            foreach (var word in ins) words.Add(word, new OptWord(OptWish.In, welcome));
        }
    }
}
