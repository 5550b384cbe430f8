using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Meta;

/// <summary>The Send API of Messenger and Instagram.</summary>
internal static class SendPageMessage
{
    private static readonly string[] s_actions = ["typing_on", "typing_off", "mark_seen", "react", "unreact"];
    private static readonly string[] s_retiredTags = ["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"];

    public static Answer Handle(PageStandIn page, ApiRequest request, DateTimeOffset now)
    {
        if (request.Json is not { } body) return GraphError.ParameterMissing("recipient").Answer();
        if (body.Text("recipient", "id") is not { } to) return GraphError.ParameterMissing("recipient").Answer();
        if (page.ReadAddress(to) is null) return new GraphError(100, "(#100) No matching user found", Subcode: 2018001).Answer();

        if (body["sender_action"] is not null)
        {
            return s_actions.Contains(body.Text("sender_action"), StringComparer.Ordinal)
                ? Answer.Json(200, new JsonObject { ["recipient_id"] = to })
                : GraphError.Parameter("Param sender_action must be one of {TYPING_ON, TYPING_OFF, MARK_SEEN, REACT, UNREACT}").Answer();
        }

        if (Tag(body) is { } wrongTag) return wrongTag.Answer();
        if (body["message"] is not JsonObject content) return new GraphError(100, "(#100) Empty message: param message is required", Subcode: 2018025).Answer();
        if (Read(page, content, out var message) is { } wrong) return wrong.Answer();

        var faults = page.Faults.Current;
        if (page.Faults.Hit(faults.RecipientGone)) return new GraphError(551, "(#551) This person isn't available right now.", Subcode: 1545041).Answer();
        if (faults.EnforceWindow && body.Text("tag") is null && !page.Messages.WindowIsOpen(to, now, page.Window))
            return new GraphError(10, "(#10) This message is sent outside of allowed window.", Subcode: 2018278).Answer();

        var sent = new Message
        {
            Sid = page.NewMid(),
            Inbound = false,
            From = page.Address,
            To = to,
            Body = message.Readable,
            Kind = message.Kind,
            Choices = message.Choices,
            MediaUrls = message.Media,
            Reference = content.Text("metadata"),
            CreatedAt = now,
            State = new MessageState("sent", now, now),
        };
        page.Messages.Add(sent);
        return Answer.Json(200, new JsonObject { ["recipient_id"] = to, ["message_id"] = sent.Sid }) with { Accepted = sent };
    }

    private static GraphError? Tag(JsonObject body)
    {
        var type = body.Text("messaging_type");
        if (type is not (null or "RESPONSE" or "UPDATE" or "MESSAGE_TAG")) return GraphError.Parameter("Param messaging_type must be one of {MESSAGE_TAG, RESPONSE, UPDATE}");
        if (body.Text("tag") is not { } tag) return type == "MESSAGE_TAG" ? GraphError.ParameterMissing("tag") : null;
        if (s_retiredTags.Contains(tag, StringComparer.Ordinal)) return GraphError.Parameter($"The message tag {tag} is no longer supported");
        return tag == "HUMAN_AGENT" ? null : GraphError.Parameter("Param tag must be one of {HUMAN_AGENT}");
    }

    private static GraphError? Read(PageStandIn page, JsonObject content, out (string Readable, string Kind, IReadOnlyList<Choice> Choices, IReadOnlyList<string> Media) message)
    {
        var text = content.Text("text");
        message = (text ?? "", "text", [], []);
        if (content.Text("metadata") is { Length: > 1000 }) return GraphError.Parameter("Length of param message[metadata] must be less than or equal to 1000");
        if (text is not null && page.IsTooLong(text)) return GraphError.Parameter($"Length of param message[text] must be less than or equal to {page.LongestText}");

        IReadOnlyList<Choice> replies = [];
        if (content["quick_replies"] is { } given)
        {
            if (given is not JsonArray { Count: >= 1 and <= 13 } list) return GraphError.Parameter("Param message[quick_replies] must have 1 to 13 elements");
            replies = [.. list.Select(reply => new Choice(reply.Text("title") ?? "", reply.Text("payload")))];
            if (list.Any(reply => reply.Text("content_type") is not ("text" or "user_phone_number" or "user_email"))) return GraphError.Parameter("Param content_type must be one of {TEXT, USER_PHONE_NUMBER, USER_EMAIL}");
            if (replies.Any(reply => reply.Title.Length is < 1 or > 20)) return GraphError.Parameter("Length of param title must be between 1 and 20");
            if (replies.Any(reply => reply.Payload is not { Length: >= 1 and <= 1000 })) return GraphError.Parameter("Length of param payload must be between 1 and 1000");
        }

        var attachments = content["attachments"] is JsonArray several ? [.. several] : content["attachment"] is { } one ? new List<JsonNode?> { one } : [];
        if (attachments.Count == 0)
        {
            message = message with { Choices = replies };
            return string.IsNullOrEmpty(text) ? new GraphError(100, "(#100) Empty text", Subcode: 2018025) : null;
        }

        if (attachments.Count > (page.ObjectName == "page" ? 30 : 10)) return GraphError.Parameter("Too many attachments");
        if (!string.IsNullOrEmpty(text)) return GraphError.Parameter("A message has either text or an attachment");
        if (attachments[0].Text("type") == "template") return Template(attachments[0]!["payload"], replies, out message);

        var media = new List<string>();
        foreach (var attachment in attachments)
        {
            if (attachment.Text("type") is not ("image" or "audio" or "video" or "file")) return GraphError.Parameter("Param attachment[type] must be one of {AUDIO, FILE, IMAGE, TEMPLATE, VIDEO}");
            if ((attachment.Text("payload", "url") ?? attachment.Text("payload", "attachment_id")) is not { Length: > 0 } url) return GraphError.ParameterMissing("attachment[payload][url]");
            if (attachment.Text("payload", "url") is not null && !IsAddress(url)) return new GraphError(100, "(#100) Upload attachment failure: the URL is not valid.", Subcode: 2018047);
            media.Add(url);
        }

        message = ("", attachments[0].Text("type")!, replies, media);
        return null;
    }

    private static GraphError? Template(
        JsonNode? payload, IReadOnlyList<Choice> replies, out (string Readable, string Kind, IReadOnlyList<Choice> Choices, IReadOnlyList<string> Media) message)
    {
        message = ("", "template", [], []);
        switch (payload.Text("template_type"))
        {
            case "button":
                var text = payload.Text("text") ?? "";
                if (text.Length is < 1 or > 640) return GraphError.Parameter("Length of param text must be between 1 and 640");
                if (payload!["buttons"] is not JsonArray { Count: >= 1 and <= 3 } buttons) return GraphError.Parameter("A button template has 1 to 3 buttons");
                if (Buttons(buttons, out var choices) is { } wrong) return wrong;
                message = (text, "template", [.. choices, .. replies], []);
                return null;

            case "generic":
                if (payload!["elements"] is not JsonArray { Count: >= 1 and <= 10 } elements) return GraphError.Parameter("A generic template has 1 to 10 elements");
                var lines = new List<string>();
                var all = new List<Choice>();
                var media = new List<string>();
                foreach (var element in elements)
                {
                    var title = element.Text("title") ?? "";
                    if (title.Length is < 1 or > 80) return GraphError.Parameter("Length of param title must be between 1 and 80");
                    if (element.Text("subtitle") is { Length: > 80 }) return GraphError.Parameter("Length of param subtitle must be less than or equal to 80");
                    if (element?["buttons"] is { } given)
                    {
                        if (given is not JsonArray { Count: >= 1 and <= 3 } own) return GraphError.Parameter("An element has at most 3 buttons");
                        if (Buttons(own, out var ownChoices) is { } bad) return bad;
                        all.AddRange(ownChoices);
                    }

                    lines.Add(element.Text("subtitle") is { } subtitle ? $"{title}\n{subtitle}" : title);
                    if (element.Text("image_url") is { } image) media.Add(image);
                }

                message = (string.Join("\n\n", lines), "template", [.. all, .. replies], media);
                return null;

            default:
                return GraphError.Parameter("Param template_type must be one of {BUTTON, GENERIC}");
        }
    }

    private static GraphError? Buttons(JsonArray buttons, out List<Choice> choices)
    {
        choices = [];
        foreach (var button in buttons)
        {
            var title = button.Text("title") ?? "";
            if (title.Length is < 1 or > 20) return GraphError.Parameter("Length of a button's title must be between 1 and 20");
            switch (button.Text("type"))
            {
                case "postback" when button.Text("payload") is { Length: >= 1 and <= 1000 } payload:
                    choices.Add(new Choice(title, payload, "postback"));
                    break;
                case "web_url" when button.Text("url") is { } url && IsAddress(url):
                    choices.Add(new Choice(title, null, "link", Url: url));
                    break;
                case "phone_number" when button.Text("payload") is { Length: > 0 } number:
                    choices.Add(new Choice(title, null, "link", Url: $"tel:{number}"));
                    break;
                default:
                    return GraphError.Parameter("A button is a postback with a payload, a web_url with a url or a phone_number");
            }
        }

        return null;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
