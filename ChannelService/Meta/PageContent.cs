using System.Text.Json;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Meta;

/// <summary>What one message of Messenger or Instagram says.</summary>
internal static class PageContent
{
    public static MessageContent Read(JsonElement message, JsonElement? referral, string mid)
    {
        var attachments = ReadAttachments(message, mid);
        var text = message.Filled("text") ?? "";
        var location = message.List("attachments").Select(ReadLocation).FirstOrDefault(place => place is not null);
        return new MessageContent(
            text,
            attachments.Count > 0 ? attachments : null,
            message.Get("quick_reply").Filled("payload") is { } payload ? new Choice(payload, text) : null,
            location,
            message.Get("reply_to").Filled("mid"),
            ReadStory(message, attachments) ?? ReadReferral(message.Get("referral") ?? referral),
            Unsupported: message.Flag("is_unsupported") ? "is_unsupported"
                : text.Length == 0 && attachments.Count == 0 && location is null ? "empty" : null);
    }

    /// <summary>What it says as the Conversations API shows it, which knows no choices and nothing of what a message answers.</summary>
    public static MessageContent ReadListed(JsonElement message, string mid)
    {
        var text = message.Filled("message") ?? "";
        var attachments = message.Object("attachments") is { } list ? list.Objects("data").Select((item, place) => ReadListedAttachment(item, mid, place)).ToList() : [];
        return new MessageContent(text, attachments.Count > 0 ? attachments : null, Unsupported: text.Length == 0 && attachments.Count == 0 ? "empty" : null);
    }

    public static Referral? ReadReferral(JsonElement? referral)
    {
        if (referral is not { } brought) return null;
        var ad = brought.Get("ads_context_data");
        return new Referral(
            ad.Filled("ad_title"), SourceUrl: brought.Filled("referer_uri"),
            SourceId: brought.Filled("ref") ?? brought.Filled("ad_id") ?? brought.Get("product").Filled("id"),
            SourceType: brought.Filled("source") ?? brought.Filled("type") ?? (brought.Get("product") is null ? null : "product"));
    }

    private static List<Attachment> ReadAttachments(JsonElement message, string mid)
    {
        var found = message.List("attachments").Where(item => ReadLocation(item) is null).Select((item, place) =>
        {
            var payload = item.Get("payload");
            var sticker = payload.Filled("sticker_id");
            return new Attachment(
                MediaId(mid, place), sticker is null ? KindOf(item.Filled("type") ?? "file") : "sticker", "application/octet-stream",
                item.Filled("title") ?? payload.Filled("title"), Source: payload.Filled("url") ?? item.Filled("url"), ExternalId: sticker ?? payload.Filled("attachment_id"));
        });

        // A sticker comes twice, as a picture too.
        return [.. found.DistinctBy(attachment => attachment.Kind == "sticker" ? attachment.ExternalId : attachment.Id.ToString())];
    }

    // {"id":"…","mime_type":"image/jpeg","name":"a.jpg","size":1,"image_data":{"url":"https://…"}}
    private static Attachment ReadListedAttachment(JsonElement item, string mid, int place)
    {
        var contentType = item.Filled("mime_type") ?? "application/octet-stream";
        var kind = item.Get("image_data") is not null ? "image" : item.Get("video_data") is not null ? "video" : contentType.Split('/')[0] is "audio" ? "audio" : "file";
        return new Attachment(
            MediaId(mid, place), kind, contentType, item.Filled("name"), item.Number("size"),
            item.Get("image_data").Filled("url") ?? item.Get("video_data").Filled("url") ?? item.Filled("file_url"), item.Filled("id"));
    }

    private static Guid MediaId(string mid, int place) => Identifiers.Derive($"page/media/{mid}/{place}");

    // What they call a story, a reel or a shared link stays theirs: shown, never stored.
    private static string KindOf(string type) => type.Length > 32 ? "file" : type;

    private static Location? ReadLocation(JsonElement attachment) =>
        attachment.Filled("type") == "location" && attachment.Get("payload").Get("coordinates") is { } place
        && place.Real("lat") is >= -90 and <= 90 and var latitude && place.Real("long") is >= -180 and <= 180 and var longitude
            ? new Location(latitude, longitude, attachment.Filled("title"))
            : null;

    // Only which story it is: its picture must not be kept, and goes with the story.
    private static Referral? ReadStory(JsonElement message, List<Attachment> attachments)
    {
        if (message.Get("reply_to").Get("story") is { } story) return new Referral(null, SourceId: story.Filled("id"), SourceType: "story_reply");
        return attachments.Exists(attachment => attachment.Kind == "story_mention") ? new Referral(null, SourceType: "story_mention") : null;
    }
}
