using System.Text;

namespace Assistify.AiService.Evaluation;

internal readonly record struct LabelledLine(string Label, string Text);

/// <summary>A file of lines <c>label, tab, text</c> in UTF-8. Empty lines are skipped; either end of line and a byte order mark are understood.</summary>
internal static class LabelledFile
{
    public static List<LabelledLine> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new EvaluationFault(fault is DecoderFallbackException ? $"{path} is not UTF-8." : $"{path} cannot be read: {fault.Message}");
        }

        var read = new List<LabelledLine>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var tab = lines[i].IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0) throw new EvaluationFault($"{path}, line {i + 1}: there is no tab between label and text.");
            var label = lines[i][..tab].Trim();
            var text = lines[i][(tab + 1)..].Trim();
            if (label.Length == 0) throw new EvaluationFault($"{path}, line {i + 1}: the label is missing.");
            if (text.Length == 0) throw new EvaluationFault($"{path}, line {i + 1}: the text is missing.");
            read.Add(new LabelledLine(label, text));
        }
        return read.Count > 0 ? read : throw new EvaluationFault($"{path} holds no lines.");
    }
}
