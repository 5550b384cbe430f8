using System.Text.Json.Nodes;
using Assistify.ChannelService.Webhooks;
using Assistify.Contracts;

namespace Assistify.ChannelService.Tests.Vectors;

/// <summary>What an item tells, under the names that the vector files give it.</summary>
internal static class EventFields
{
    public static JsonObject Of(WebhookItem item, ChannelSetUp setUp)
    {
        var fields = item switch
        {
            InboundItem inbound => Inbound(inbound),
            EchoItem echo => Content(echo.Content, new JsonObject { ["kind"] = echo.Own ? "echo_own" : "echo", ["message_ref"] = echo.MessageExternalId }, echo.SentAt),
            ChangeItem change => Change(change),
            AddressChangeItem moved => new JsonObject { ["kind"] = "system", ["new_peer"] = moved.NewValue, ["ts"] = Time(moved.SentAt) },
            StatusItem status => new JsonObject
            {
                ["kind"] = "status", ["message_ref"] = status.MessageExternalId, ["status"] = status.RawStatus, ["error_code"] = status.ErrorCode,
                ["peer"] = status.Address, ["error"] = status.Error,
            },
            ReceiptItem receipt => new JsonObject
            {
                ["kind"] = "receipt", ["status"] = receipt.Status.ToString().ToLowerInvariant(), ["watermark"] = Time(receipt.Watermark),
                ["refs"] = new JsonArray([.. receipt.MessageExternalIds.Select(id => (JsonNode)id)]), ["peer"] = receipt.Address,
                ["ts"] = Time(receipt.SentAt),
            },
            CommerceItem commerce => new JsonObject
            {
                ["kind"] = "commerce", ["topic"] = commerce.Topic, ["resource_id"] = commerce.ResourceId, ["event_id"] = commerce.EventId,
                ["ts"] = Time(commerce.UpdatedAt),
            },
            ComplianceItem compliance => new JsonObject { ["kind"] = "compliance", ["topic"] = compliance.Topic, ["resource_id"] = compliance.ResourceId },
            NoticeItem notice => new JsonObject
            {
                ["kind"] = notice.Kind, ["peer"] = notice.Peer, ["event"] = notice.Detail, ["detail"] = notice.Detail, ["ts"] = Time(notice.SentAt),
            },
            _ => throw new AssertionException($"{item.GetType().Name} has no names in the vector files."),
        };
        if (item is PersonItem { Person: var person })
        {
            fields["peer"] = person.Person ?? person.Value;
            fields["profile_name"] = person.Name;
            fields["phone"] = person.Phone;
        }
        fields["account"] = setUp.AccountOf(item.Account);
        return fields;
    }

    private static JsonObject Inbound(InboundItem inbound)
    {
        var fields = new JsonObject
        {
            ["kind"] = inbound.Kind.ToString().ToLowerInvariant(), ["message_ref"] = Reference(inbound), ["group"] = inbound.Group,
            ["standby"] = !inbound.AnswerWanted, ["conversation"] = inbound.From.Value, ["thread"] = inbound.From.Value,
        };
        return Content(inbound.Content, fields, inbound.SentAt);
    }

    // A press has no id of its own where the provider names only the message that the button is on.
    private static string Reference(InboundItem inbound) =>
        inbound.MessageExternalId ?? (inbound.Kind == InboundKind.Postback ? inbound.Content.ReplyToExternalId : null) ?? inbound.ExternalId;

    private static JsonObject Content(MessageContent content, JsonObject fields, DateTimeOffset? sentAt)
    {
        fields["text"] = content.Text;
        fields["reply_to"] = content.ReplyToExternalId;
        fields["ts"] = Time(sentAt);
        fields["unsupported"] = content.Unsupported;
        fields["items"] = content.Order?.Count;
        if (content.Form is { } form) fields["form"] = form;
        if (content.Choice is { } choice) fields["choice"] = new JsonObject { ["id"] = choice.Id, ["title"] = choice.Title };
        if (content.Location is { } place)
        {
            fields["location"] = new JsonObject
            {
                ["lat"] = place.Latitude, ["lon"] = place.Longitude, ["name"] = place.Name, ["address"] = place.Address,
            };
        }
        if (content.Referral is { } referral)
        {
            fields["referral"] = Referral(referral);
            if (referral.SourceType?.StartsWith("story_", StringComparison.Ordinal) == true)
                fields["story"] = new JsonObject { ["kind"] = referral.SourceType["story_".Length..], ["id"] = referral.SourceId, ["url"] = referral.SourceUrl };
        }
        fields["attachments"] = new JsonArray([.. (content.Attachments ?? []).Select(Attachment)]);
        return fields;
    }

    private static JsonNode Attachment(Attachment attachment) => new JsonObject
    {
        ["type"] = attachment.Kind, ["mime"] = attachment.ContentType, ["url"] = attachment.Source, ["id"] = attachment.ExternalId,
        ["name"] = attachment.FileName, ["size"] = attachment.Size,
    };

    private static JsonObject Referral(Referral referral) => new()
    {
        ["source"] = referral.SourceType, ["ref"] = referral.SourceId, ["type"] = referral.SourceType, ["headline"] = referral.Headline,
        ["body"] = referral.Body, ["source_type"] = referral.SourceType, ["source_id"] = referral.SourceId, ["source_url"] = referral.SourceUrl,
        ["ctwa_clid"] = referral.ClickId,
    };

    private static JsonObject Change(ChangeItem change) => new()
    {
        ["kind"] = change.Change switch
        {
            MessageChange.Edited => "edited",
            MessageChange.Deleted => "deleted",
            _ => "reaction",
        },
        ["target"] = change.Target, ["text"] = change.Text, ["emoji"] = change.Emoji, ["ts"] = Time(change.SentAt),
    };

    private static JsonNode? Time(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
