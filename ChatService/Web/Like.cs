namespace Assistify.ChatService.Web;

internal static class Like
{
    /// <summary>A pattern for what contains the text, whatever wildcards are in it.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
