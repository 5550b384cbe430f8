using System.Globalization;
using System.Text;

namespace Assistify.AiService.Tests.Knowledge.Documents;

/// <summary>A PDF as its specification has it, with lines of ASCII in Helvetica.</summary>
internal static class LittlePdf
{
    private const int Top = 780;

    /// <param name="pages">Lines with the size of their letters; a gap stands above a line of another size and above an empty one.</param>
    public static byte[] Of(params (int Size, string Text)[][] pages)
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{string.Join(' ', pages.Select((_, n) => $"{4 + 2 * n} 0 R"))}] /Count {pages.Length} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        foreach (var page in pages)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            var content = Content(page);
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}endstream");
        }

        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (n, text) in objects.Index())
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{n + 1} 0 obj\n{text}\nendobj\n");
        }
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer << /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    private static string Content((int Size, string Text)[] lines)
    {
        var content = new StringBuilder();
        var (y, before) = (Top, 0);
        foreach (var (size, text) in lines)
        {
            y -= text.Length == 0 || size != before ? 2 * Math.Max(size, before) : size * 5 / 4;
            before = size;
            var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal);
            if (text.Length > 0) content.Append(CultureInfo.InvariantCulture, $"BT /F1 {size} Tf 60 {y} Td ({escaped}) Tj ET\n");
        }
        return content.ToString();
    }
}
