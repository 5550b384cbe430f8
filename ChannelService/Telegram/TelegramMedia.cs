using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Telegram;

/// <summary>The media of a message. Telegram names them by a file id; where they lie is asked for with <c>getFile</c>.</summary>
internal static class TelegramMedia
{
    // member of the message, kind, content type where the message tells none
    private static readonly (string Name, string Kind, string ContentType)[] s_kinds =
    [
        ("voice", "audio", "audio/ogg"), ("audio", "audio", "audio/mpeg"), ("video", "video", "video/mp4"), ("video_note", "video", "video/mp4"),
        ("document", "document", "application/octet-stream"), ("sticker", "sticker", "image/webp"),
    ];

    public static List<Attachment> Read(JsonElement message, string account, string updateId)
    {
        var attachments = new List<Attachment>();

        // The same picture in several sizes, in no promised order.
        var photo = message.Objects("photo").OrderByDescending(size => (size.Real("width") ?? 0) * (size.Real("height") ?? 0)).FirstOrDefault();
        if (photo.ValueKind == JsonValueKind.Object) Add(photo, "image", "image/jpeg");

        // An animation comes a second time as the document that it is.
        if (message.Object("animation") is { } animation) Add(animation, "video", "video/mp4");
        foreach (var (name, kind, contentType) in s_kinds)
        {
            if (message.Object(name) is { } medium && (name != "document" || message.Object("animation") is null))
                Add(medium, kind, name == "sticker" ? StickerType(medium) : contentType);
        }
        return attachments;

        void Add(JsonElement medium, string kind, string contentType)
        {
            if (medium.Text("file_id") is not { Length: > 0 } file) return;
            attachments.Add(new Attachment(
                Identifiers.Derive($"telegram/media/{account}/{updateId}/{attachments.Count}"), kind, medium.Text("mime_type") ?? contentType,
                medium.Text("file_name"), medium.Number("file_size"), ExternalId: file));
        }
    }

    private static string StickerType(JsonElement sticker) =>
        sticker.Flag("is_animated") ? "application/x-tgsticker" : sticker.Flag("is_video") ? "video/webm" : "image/webp";
}
