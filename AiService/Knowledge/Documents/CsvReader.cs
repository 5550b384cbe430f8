using System.Collections.Frozen;
using System.Text;
using Assistify.AiService.Understanding;

namespace Assistify.AiService.Knowledge.Documents;

/// <summary>
/// A table of comma, semicolon or tab separated values (RFC 4180) with its headers in the first line. Where one column holds questions and one
/// answers, each row is a heading and its text; otherwise each row says what its values are.
/// </summary>
internal static class CsvReader
{
    private const int MostColumns = 200;

    private static readonly FrozenSet<string> s_questions = Fold("question", "title", "name", "topic", "ερώτηση", "τίτλος", "θέμα", "όνομα", "frage", "titel", "pregunta", "título", "soru", "السؤال");
    private static readonly FrozenSet<string> s_answers = Fold("answer", "text", "body", "content", "description", "απάντηση", "κείμενο", "περιγραφή", "antwort", "beschreibung", "respuesta", "texto", "descripción", "cevap", "الجواب");

    public static DocumentText Read(string csv)
    {
        var rows = Parse(csv);
        if (rows.Count < 2) throw new DocumentFault(StatusCodes.Status400BadRequest, "The CSV has no rows below its headers.");
        var headers = rows[0].ConvertAll(header => header.Trim());
        var question = headers.FindIndex(header => s_questions.Contains(Words.Fold(header)));
        var answer = headers.FindIndex(header => s_answers.Contains(Words.Fold(header)));
        var document = new DocumentTextBuilder();
        foreach (var row in rows.Skip(1))
        {
            if (question >= 0 && answer >= 0 && row.Count > Math.Max(question, answer) && row[question].Trim().Length > 0)
            {
                document.AddHeading(2, row[question]);
                document.Append(row[answer]);
                document.EndLine();
                row[question] = row[answer] = "";
            }
            document.Append(TableRow.Write(headers, row.ConvertAll(value => value.Trim())));
            document.EndParagraph();
        }
        // No row is what the whole is called.
        return document.Build(null) with { Title = null };
    }

    private static List<List<string>> Parse(string csv)
    {
        var separator = SeparatorOf(csv);
        var rows = new List<List<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        for (var i = 0; i <= csv.Length; i++)
        {
            if (i < csv.Length && csv[i] == '"' && field.Length == 0)
            {
                i = ReadQuoted(csv, i + 1, field);
                continue;
            }
            if (i < csv.Length && csv[i] != separator && csv[i] is not ('\n' or '\r'))
            {
                field.Append(csv[i]);
                continue;
            }
            if (i < csv.Length && csv[i] == '\r' && i + 1 < csv.Length && csv[i + 1] == '\n') i++;
            row.Add(field.ToString());
            field.Clear();
            if (row.Count > MostColumns) throw new DocumentFault(StatusCodes.Status400BadRequest, $"The CSV has more than {MostColumns} columns in row {rows.Count + 1}.");
            if (i < csv.Length && csv[i] == separator) continue;
            if (row.Exists(value => value.Length > 0)) rows.Add(row);
            row = [];
        }
        return rows;
    }

    /// <returns>The place of the closing quote.</returns>
    private static int ReadQuoted(string csv, int at, StringBuilder field)
    {
        for (; at < csv.Length; at++)
        {
            if (csv[at] != '"') field.Append(csv[at]);
            else if (at + 1 < csv.Length && csv[at + 1] == '"') field.Append(csv[at++]);
            else return at;
        }
        throw new DocumentFault(StatusCodes.Status400BadRequest, "The CSV has a quotation mark that is never closed.");
    }

    private static char SeparatorOf(string csv)
    {
        var end = csv.AsSpan().IndexOfAny('\n', '\r');
        var first = end < 0 ? csv.AsSpan() : csv.AsSpan(0, end);
        var best = ',';
        foreach (var candidate in ",;\t")
        {
            if (first.Count(candidate) > first.Count(best)) best = candidate;
        }
        return best;
    }

    private static FrozenSet<string> Fold(params string[] names) => names.Select(Words.Fold).ToFrozenSet();
}
