using System.Collections.Frozen;
using System.Globalization;

namespace Assistify.ChatService.Suppliers;

/// <summary>The words around what a customer and a supplier say to each other, each in the language of who reads it.</summary>
/// <param name="Asks">With the product and the question, on one line: a template's places take no more.</param>
/// <param name="Answers">With the product and the answer.</param>
internal sealed record SupplierPhrases(string Asks, string Answers)
{
    private static readonly FrozenDictionary<string, SupplierPhrases> s_all = new Dictionary<string, SupplierPhrases>
    {
        ["en"] = new("A customer asks about “{0}”: {1}", "The seller answers about “{0}”:\n{1}"),
        ["el"] = new("Ένας πελάτης ρωτά για «{0}»: {1}", "Ο πωλητής απαντά για «{0}»:\n{1}"),
        ["de"] = new("Jemand fragt zu „{0}“: {1}", "Der Verkäufer antwortet zu „{0}“:\n{1}"),
        ["es"] = new("Un cliente pregunta por «{0}»: {1}", "El vendedor responde sobre «{0}»:\n{1}"),
        ["fr"] = new("Un client demande au sujet de « {0} » : {1}", "Le vendeur répond au sujet de « {0} » :\n{1}"),
        ["it"] = new("Un cliente chiede di «{0}»: {1}", "Il venditore risponde su «{0}»:\n{1}"),
        ["tr"] = new("Bir müşteri “{0}” hakkında soruyor: {1}", "Satıcının “{0}” hakkındaki cevabı:\n{1}"),
        ["ru"] = new("Клиент спрашивает о товаре «{0}»: {1}", "Продавец отвечает о товаре «{0}»:\n{1}"),
        ["ar"] = new("يسأل أحد العملاء عن «{0}»: {1}", "يجيب البائع عن «{0}»:\n{1}"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="locales">The first one that is known counts: a language, with or without a region.</param>
    public static SupplierPhrases In(params ReadOnlySpan<string?> locales)
    {
        foreach (var locale in locales)
        {
            if (locale is not null && s_all.TryGetValue(locale.Split('-', '_')[0].ToLowerInvariant(), out var phrases)) return phrases;
        }

        return s_all["en"];
    }

    public string Question(string product, string question) => string.Format(CultureInfo.InvariantCulture, Asks, product, question);

    public string Answer(string product, string answer) => string.Format(CultureInfo.InvariantCulture, Answers, product, answer);
}
