using System.Globalization;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Replies;

/// <summary>What is asked and noted for an errand, in the languages of <see cref="Phrases"/>.</summary>
/// <param name="AskAppointment">On which day the appointment is.</param>
/// <param name="Noted">With what was noted.</param>
/// <param name="CancelOrder">With the order's number, as <paramref name="ChangeOrder"/>.</param>
/// <param name="Day">What a form calls it, as <paramref name="Time"/>.</param>
internal sealed record ErrandPhrases(
    string AskDay, string AskTime, string AskAppointment, string AskOrder, string AskContact, string Noted,
    string Appointment, string OtherAppointment, string CancelAppointment, string CancelOrder, string ChangeOrder,
    string Day, string Time)
{
    private static readonly Dictionary<string, ErrandPhrases> s_all = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            "Which day would suit you?", "At what time would you like it?", "On which day is your appointment?", "What is your order number?", "Which e-mail address or telephone number was the order made with?", "I have noted: {0}.",
            "an appointment", "another time for your appointment", "cancel your appointment", "cancel order {0}", "change order {0}",
            "Day", "Time"),
        ["el"] = new(
            "Ποια ημέρα σας βολεύει;", "Τι ώρα θα θέλατε;", "Ποια ημέρα είναι το ραντεβού σας;", "Ποιος είναι ο αριθμός της παραγγελίας σας;", "Με ποιο e-mail ή τηλέφωνο έγινε η παραγγελία;", "Σημείωσα: {0}.",
            "ραντεβού", "άλλη ώρα για το ραντεβού σας", "ακύρωση του ραντεβού σας", "ακύρωση της παραγγελίας {0}", "αλλαγή της παραγγελίας {0}",
            "Ημέρα", "Ώρα"),
        ["de"] = new(
            "Welcher Tag würde Ihnen passen?", "Um welche Uhrzeit?", "An welchem Tag ist Ihr Termin?", "Wie lautet Ihre Bestellnummer?", "Mit welcher E-Mail-Adresse oder Telefonnummer wurde bestellt?", "Ich habe notiert: {0}.",
            "ein Termin", "eine andere Zeit für Ihren Termin", "Ihren Termin absagen", "Bestellung {0} stornieren", "Bestellung {0} ändern",
            "Tag", "Uhrzeit"),
        ["es"] = new(
            "¿Qué día le vendría bien?", "¿A qué hora le gustaría?", "¿Qué día es su cita?", "¿Cuál es su número de pedido?", "¿Con qué correo electrónico o teléfono se hizo el pedido?", "He anotado: {0}.",
            "una cita", "otra hora para su cita", "cancelar su cita", "cancelar el pedido {0}", "cambiar el pedido {0}",
            "Día", "Hora"),
        ["fr"] = new(
            "Quel jour vous conviendrait ?", "À quelle heure ?", "Quel jour est votre rendez-vous ?", "Quel est votre numéro de commande ?", "Avec quelle adresse e-mail ou quel téléphone la commande a-t-elle été passée ?", "J'ai noté : {0}.",
            "un rendez-vous", "un autre horaire pour votre rendez-vous", "annuler votre rendez-vous", "annuler la commande {0}", "modifier la commande {0}",
            "Jour", "Heure"),
        ["it"] = new(
            "Quale giorno le andrebbe bene?", "A che ora?", "In che giorno è il suo appuntamento?", "Qual è il numero del suo ordine?", "Con quale indirizzo e-mail o telefono è stato fatto l'ordine?", "Ho annotato: {0}.",
            "un appuntamento", "un altro orario per il suo appuntamento", "annullare il suo appuntamento", "annullare l'ordine {0}", "modificare l'ordine {0}",
            "Giorno", "Ora"),
        ["tr"] = new(
            "Hangi gün size uyar?", "Saat kaçta istersiniz?", "Randevunuz hangi gün?", "Sipariş numaranız nedir?", "Sipariş hangi e-posta adresi veya telefon numarasıyla verildi?", "Not aldım: {0}.",
            "randevu", "randevunuz için başka bir zaman", "randevunuzun iptali", "{0} numaralı siparişin iptali", "{0} numaralı siparişte değişiklik",
            "Gün", "Saat"),
        ["ru"] = new(
            "Какой день вам подойдёт?", "В какое время?", "На какой день назначена ваша запись?", "Какой номер у вашего заказа?", "С каким адресом электронной почты или телефоном был сделан заказ?", "Я записал: {0}.",
            "запись на приём", "другое время для вашей записи", "отмена вашей записи", "отмена заказа {0}", "изменение заказа {0}",
            "День", "Время"),
        ["ar"] = new(
            "أي يوم يناسبك؟", "في أي ساعة تريد ذلك؟", "في أي يوم موعدك؟", "ما رقم طلبك؟", "ما البريد الإلكتروني أو رقم الهاتف الذي تم به الطلب؟", "سجلت ما يلي: {0}.",
            "موعد", "وقت آخر لموعدك", "إلغاء موعدك", "إلغاء الطلب {0}", "تغيير الطلب {0}",
            "اليوم", "الساعة"),
    };

    public static ErrandPhrases In(string language) => s_all.TryGetValue(language, out var phrases) ? phrases : s_all["en"];

    /// <summary>What an answer of the assistant asked the customer for.</summary>
    public static ErrandSlot? AskedIn(string? answer)
    {
        if (answer is null) return null;
        foreach (var phrases in s_all.Values)
        {
            if (answer.Contains(phrases.AskOrder, StringComparison.Ordinal)) return ErrandSlot.Order;
            if (answer.Contains(phrases.AskContact, StringComparison.Ordinal)) return ErrandSlot.Contact;
            if (answer.Contains(phrases.AskTime, StringComparison.Ordinal)) return ErrandSlot.Time;
            if (answer.Contains(phrases.AskDay, StringComparison.Ordinal) || answer.Contains(phrases.AskAppointment, StringComparison.Ordinal)) return ErrandSlot.Day;
        }
        return null;
    }

    /// <summary>The language of a form whose answer a message is; null where it is something of the customer's own.</summary>
    public static string? LanguageOfForm(string text)
    {
        var lines = text.Split('\n');
        return s_all.FirstOrDefault(entry => Array.TrueForAll(lines, line => IsOf(entry.Value.Day, line) || IsOf(entry.Value.Time, line))).Key;

        static bool IsOf(string label, string line) => line.StartsWith($"{label}: ", StringComparison.Ordinal);
    }

    public string Ask(Errand errand, ErrandSlot slot) => slot switch
    {
        ErrandSlot.Order => AskOrder,
        ErrandSlot.Contact => AskContact,
        ErrandSlot.Time => AskTime,
        _ => errand.Intent is Intents.CancelAppointment ? AskAppointment : AskDay,
    };

    public string Name(string intent) => intent switch
    {
        Intents.BookAppointment => Appointment,
        Intents.ChangeAppointment => OtherAppointment,
        _ => CancelAppointment,
    };

    /// <summary>"I have noted: an appointment, Tuesday, November 24, 15:00."; null where nothing is known that a person would not read anyway.</summary>
    public string? Note(Errand errand, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var parts = new List<string>();
        switch (errand.Intent)
        {
            case Intents.CancelOrder or Intents.ChangeOrder:
                if (errand.Order is null) return null;
                parts.Add(string.Format(CultureInfo.InvariantCulture, errand.Intent is Intents.CancelOrder ? CancelOrder : ChangeOrder, errand.Order));
                break;
            default:
                if (errand is { Day: null, Time: null }) return null;
                parts.Add(Name(errand.Intent));
                if (errand.Day is { } day) parts.Add($"{culture.DateTimeFormat.GetDayName(day.DayOfWeek)}, {day.ToString("M", culture)}");
                if (errand.Time is { } time) parts.Add(time.ToString("HH:mm", CultureInfo.InvariantCulture));
                break;
        }
        return string.Format(CultureInfo.InvariantCulture, Noted, string.Join(", ", parts));
    }
}
