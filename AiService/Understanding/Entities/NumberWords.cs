using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Assistify.AiService.Understanding.Entities;

/// <summary>Numbers in words, as a price is said: fifty, two hundred and fifty, πενήντα πέντε, fünfundzwanzig, treinta y cinco, quatre-vingts, yüz elli, خمسة وعشرين.</summary>
internal static class NumberWords
{
    /// <summary>A number in words: where it stands in the folded text, and its value.</summary>
    public readonly record struct Said(int Start, int Length, int Value)
    {
        public int End => Start + Length;
    }

    // " and ", " μέχρι".
    private const int LongestBetween = 7;

    private static readonly FrozenDictionary<string, int> s_words = Words();
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_lookup = s_words.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_joiners =
        new[] { "and", "και", "ke", "kai", "und", "y", "et", "e", "و" }.ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsOne(string foldedWord) => s_words.ContainsKey(foldedWord);

    /// <param name="folded">A text as <see cref="FoldedText"/> has it.</param>
    public static IReadOnlyList<Said> Read(string folded)
    {
        List<Said>? found = null;
        for (var word = Next(folded, 0); word.Length > 0; word = Next(folded, word.End))
        {
            if (ValueOf(folded, word) is not { } first) continue;
            var sum = new Sum(first);
            while (Continuation(folded, word.End) is { } next && sum.Add(next.Word.Value, next.IsJoined, IsVingt(folded, next.Word))) word = word with { Length = next.Word.End - word.Start };
            (found ??= []).Add(word with { Value = sum.Value });
        }
        return found ?? (IReadOnlyList<Said>)[];
    }

    /// <summary>The folded text with figures in place of the numbers that are prices by what stands around them: "under 50 euros" for "under fifty euros".</summary>
    public static string InFigures(string folded)
    {
        var found = Read(folded);
        if (found.Count == 0) return folded;
        var figures = new StringBuilder(folded);
        Said? price = null;
        foreach (var said in Enumerable.Reverse(found))
        {
            // "Between twenty and fifty euros".
            var isFirstOfTwo = price is { } second && second.Start - said.End <= LongestBetween;
            if (!isFirstOfTwo && CurrencyAfter(folded, said) is null && !(said.Value >= 10 && EndsAfter(folded, said))) continue;
            price = said;
            figures.Remove(said.Start, said.Length).Insert(said.Start, said.Value.ToString(CultureInfo.InvariantCulture));
        }
        return price is null ? folded : figures.ToString();
    }

    /// <summary>The currency that follows a number in words; null where none does, or another number follows it ("on EUR 50").</summary>
    public static (string Code, int End)? CurrencyAfter(string folded, Said said)
    {
        if (said.End + 1 >= folded.Length || folded[said.End] is not (' ' or '-')) return null;
        var word = folded[said.End + 1] is '€' or '$' or '£' or '₺' ? new Said(said.End + 1, 1, 0) : Next(folded, said.End + 1);
        if (word.Start != said.End + 1 || !EntityWords.Currencies.TryGetValue(folded.Substring(word.Start, word.Length), out var code)) return null;
        return word.End + 1 < folded.Length && folded[word.End] == ' ' && char.IsAsciiDigit(folded[word.End + 1]) ? null : (code, word.End);
    }

    private static bool EndsAfter(string folded, Said said) => said.End == folded.Length || folded[said.End] is '.' or ',' or '!' or '?' or ';' or ')' or '\n' or '؟' or '،';

    /// <summary>The next run of letters; empty at the end.</summary>
    private static Said Next(string folded, int from)
    {
        var start = from;
        while (start < folded.Length && !char.IsLetter(folded[start])) start++;
        var end = start;
        while (end < folded.Length && char.IsLetter(folded[end])) end++;
        return new Said(start, end - start, 0);
    }

    // Beside a figure or an underline, letters are part of a name.
    private static int? ValueOf(string folded, Said word) =>
        s_lookup.TryGetValue(folded.AsSpan(word.Start, word.Length), out var value)
            && (word.Start == 0 || !IsOfName(folded[word.Start - 1])) && (word.End == folded.Length || !IsOfName(folded[word.End])) ? value : null;

    private static bool IsOfName(char letter) => char.IsAsciiDigit(letter) || letter == '_';

    private static bool IsVingt(string folded, Said word) => folded.AsSpan(word.Start).StartsWith("vingt", StringComparison.Ordinal);

    /// <summary>The number word that goes on behind a space or a hyphen, with "and" or without; in Arabic "and" is the word's first letter.</summary>
    private static (Said Word, bool IsJoined)? Continuation(string folded, int end)
    {
        if (Behind(folded, end) is not { } word) return null;
        if (s_joiners.Contains(folded.AsSpan(word.Start, word.Length)))
            return Behind(folded, word.End) is { } behind && ValueOf(folded, behind) is { } joined ? (behind with { Value = joined }, true) : null;
        if (folded[word.Start] == 'و' && ValueOf(folded, new Said(word.Start + 1, word.Length - 1, 0)) is { } value) return (word with { Value = value }, true);
        return ValueOf(folded, word) is { } next ? (word with { Value = next }, false) : null;
    }

    private static Said? Behind(string folded, int end) =>
        end < folded.Length && folded[end] is ' ' or '-' && Next(folded, end + 1) is { Length: > 0 } word && word.Start == end + 1 ? word : null;

    /// <summary>Builds a number of its words: the larger part first, and what a word multiplies ("two hundred and fifty").</summary>
    private struct Sum(int first)
    {
        private int _thousands = first == 1_000 ? 1_000 : 0;
        private int _group = first == 1_000 ? 0 : first;

        public readonly int Value => _thousands + _group;

        /// <returns>Whether the word goes on with this number; otherwise it begins another.</returns>
        public bool Add(int word, bool isJoined, bool isVingt)
        {
            if (word == 1_000)
            {
                if (_thousands > 0 || isJoined) return false;
                (_thousands, _group) = (_group * 1_000, 0);
            }
            else if (word == 100 && _group is > 0 and < 10 && !isJoined) _group *= 100;
            else if (isVingt && _group % 100 == 4) _group += 76; // quatre-vingts
            else if (_group % 100 is 60 or 80 && word is >= 10 and < 20) _group += word; // soixante-dix, quatre-vingt-dix
            else if (isJoined && _group % 100 is > 0 and < 10 && word is >= 20 and < 100) _group += word; // خمسة وعشرين
            else if (word < Room()) _group += word;
            else return false;
            return true;
        }

        // Ones fit behind tens, anything below a hundred behind hundreds; ten takes ones too ("on beş", "dix-sept").
        private readonly int Room() => _group % 10 != 0 ? 0 : _group % 100 != 0 ? 10 : _group != 0 ? 100 : 1_000;
    }

    private static FrozenDictionary<string, int> Words()
    {
        var words = EntityWords.Read("""
            1: one ένα έναν ein eine einen un uno una bir один واحد
            2: two δύο δυο zwei dos deux due iki два اثنين dio
            3: three τρία τρεις drei tres trois tre üç три ثلاثة tria
            4: four τέσσερα τέσσερις vier cuatro quatre quattro dört четыре اربعة tessera
            5: five πέντε fünf cinco cinq cinque beş пять خمسة pente
            6: six έξι sechs seis sei altı шесть ستة eksi
            7: seven επτά εφτά sieben siete sept sette yedi семь سبعة efta
            8: eight οκτώ οχτώ acht ocho huit otto sekiz восемь ثمانية oxto
            9: nine εννέα εννιά neun nueve neuf nove dokuz девять تسعة ennia
            10: ten δέκα zehn diez dix dieci on десять عشرة deka
            11: eleven έντεκα elf once onze undici одиннадцать enteka
            12: twelve δώδεκα zwölf doce douze dodici двенадцать dodeka
            13: thirteen δεκατρία dreizehn trece treize tredici тринадцать
            14: fourteen δεκατέσσερα vierzehn catorce quatorze quattordici четырнадцать
            15: fifteen δεκαπέντε fünfzehn quince quinze quindici пятнадцать dekapente
            16: sixteen δεκαέξι sechzehn dieciséis seize sedici шестнадцать
            17: seventeen δεκαεπτά δεκαεφτά siebzehn diecisiete diciassette семнадцать
            18: eighteen δεκαοκτώ δεκαοχτώ achtzehn dieciocho diciotto восемнадцать
            19: nineteen δεκαεννέα δεκαεννιά neunzehn diecinueve diciannove девятнадцать
            20: twenty είκοσι zwanzig veinte vingt vingts venti yirmi двадцать عشرين عشرون eikosi ikosi
            30: thirty τριάντα dreißig treinta trente trenta otuz тридцать ثلاثين ثلاثون trianta
            40: forty fourty σαράντα vierzig cuarenta quarante quaranta kırk сорок اربعين اربعون saranta
            50: fifty πενήντα fünfzig cincuenta cinquante cinquanta elli пятьдесят خمسين خمسون peninta
            60: sixty εξήντα sechzig sesenta soixante sessanta altmış шестьдесят ستين ستون eksinta
            70: seventy εβδομήντα siebzig setenta septante settanta yetmiş семьдесят سبعين سبعون evdominta
            80: eighty ογδόντα achtzig ochenta huitante ottanta seksen восемьдесят ثمانين ثمانون ogdonta
            90: ninety ενενήντα neunzig noventa nonante novanta doksan девяносто تسعين تسعون eneninta
            100: hundred εκατό εκατόν hundert cien ciento cent cents cento yüz сто مئة مائة مية ekato
            200: διακόσια doscientos duecento двести مئتين مئتان ميتين diakosia
            300: τριακόσια trescientos trecento триста ثلاثمئة ثلاثمائة triakosia
            400: τετρακόσια cuatrocientos quattrocento четыреста اربعمئة اربعمائة
            500: πεντακόσια quinientos cinquecento пятьсот خمسمئة خمسمائة pentakosia
            600: εξακόσια seiscientos seicento шестьсот ستمئة ستمائة
            700: επτακόσια εφτακόσια setecientos settecento семьсот سبعمئة سبعمائة
            800: οκτακόσια οχτακόσια ochocientos ottocento восемьсот ثمانمئة ثمانمائة
            900: εννιακόσια novecientos novecento девятьсот تسعمئة تسعمائة
            1000: thousand χίλια χιλιάδες tausend mil mille mila bin тысяча тысячи тысяч الف xilia
            """).ToDictionary(StringComparer.Ordinal);
        // German and Italian write a number below a thousand as one word.
        string[] ones = ["ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"], uno = ["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"];
        string[] tens = ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"], venti = ["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];
        string[] veinte = ["veintiuno", "veintidos", "veintitres", "veinticuatro", "veinticinco", "veintiseis", "veintisiete", "veintiocho", "veintinueve"];
        for (var one = 0; one < 9; one++)
        {
            words.TryAdd(veinte[one], 21 + one);
            for (var ten = 0; ten < tens.Length; ten++)
            {
                var value = (ten + 2) * 10 + one + 1;
                words.TryAdd($"{ones[one]}und{tens[ten]}", value);
                words.TryAdd((uno[one][0] is 'u' or 'o' ? venti[ten][..^1] : venti[ten]) + uno[one], value);
            }
        }
        string[] german = [.. words.Keys.Where(word => words[word] < 100 && (word.EndsWith("zig", StringComparison.Ordinal) || word.EndsWith("ssig", StringComparison.Ordinal) || word.EndsWith("zehn", StringComparison.Ordinal) || word is "elf" or "zwolf")), .. ones, "eins"];
        words["eins"] = 1;
        for (var hundred = 0; hundred <= 9; hundred++)
        {
            var (prefix, value) = hundred == 0 ? ("hundert", 100) : ($"{ones[hundred - 1]}hundert", hundred * 100);
            words.TryAdd(prefix, value);
            foreach (var rest in german) words.TryAdd(prefix + rest, value + words[rest]);
        }
        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
