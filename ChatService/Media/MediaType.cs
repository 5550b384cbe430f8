using System.Text;
using System.Text.Unicode;

namespace Assistify.ChatService.Media;

/// <summary>What a file is, by what is in it; what its sender says it is counts for nothing.</summary>
internal static class MediaType
{
    public const int Needed = 512;

    public static (string ContentType, string Kind) Of(ReadOnlySpan<byte> start)
    {
        if (Starts(start, 0x89, 'P', 'N', 'G')) return ("image/png", "image");
        if (Starts(start, 0xFF, 0xD8, 0xFF)) return ("image/jpeg", "image");
        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8)) return ("image/gif", "image");
        if (start.StartsWith("RIFF"u8) && start.Length >= 12)
        {
            if (start[8..].StartsWith("WEBP"u8)) return ("image/webp", "image");
            if (start[8..].StartsWith("WAVE"u8)) return ("audio/wav", "audio");
        }

        if (start.StartsWith("%PDF-"u8)) return ("application/pdf", "document");
        if (start.StartsWith("OggS"u8)) return ("audio/ogg", "audio");
        if (start.StartsWith("ID3"u8) || Starts(start, 0xFF, 0xFB) || Starts(start, 0xFF, 0xF3)) return ("audio/mpeg", "audio");
        if (start.Length >= 12 && start[4..].StartsWith("ftyp"u8))
            return start[8..].StartsWith("M4A"u8) ? ("audio/mp4", "audio") : ("video/mp4", "video");
        if (Starts(start, 0x1A, 0x45, 0xDF, 0xA3)) return ("video/webm", "video");
        if (start.StartsWith("#!AMR"u8)) return ("audio/amr", "audio");
        if (start.StartsWith("PK\x03\x04"u8)) return ("application/zip", "file");
        if (start.StartsWith("BEGIN:VCARD"u8)) return ("text/vcard", "contact");
        return IsText(start) ? ("text/plain; charset=utf-8", "document") : ("application/octet-stream", "file");
    }

    /// <summary>What a browser may show inside a page; anything else is only downloaded.</summary>
    public static bool IsShown(string contentType) =>
        contentType.StartsWith("image/", StringComparison.Ordinal) || contentType.StartsWith("audio/", StringComparison.Ordinal)
        || contentType.StartsWith("video/", StringComparison.Ordinal);

    private static bool Starts(ReadOnlySpan<byte> start, params ReadOnlySpan<int> bytes)
    {
        if (start.Length < bytes.Length) return false;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (start[i] != bytes[i]) return false;
        }

        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        // The sample may end inside a character.
        for (var cut = 0; cut < 4 && cut < start.Length; cut++)
        {
            if (Utf8.IsValid(start[..^cut])) return start.Length > 0 && !start.ContainsAnyInRange((byte)0, (byte)8);
        }

        return false;
    }
}
