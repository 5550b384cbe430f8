using System.Text.Json.Nodes;
using Assistify.Sandbox.Meta;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.WhatsAppCloud;

/// <summary>Checks the part of a message that its type names, and finds what the customer sees of it.</summary>
internal static class CloudContent
{
    public static GraphError? Read(string type, JsonNode content, out string readable, out IReadOnlyList<Choice> choices, out string? media)
    {
        (readable, choices, media) = ("", [], null);
        switch (type)
        {
            case "text":
                readable = content.Text("body") ?? "";
                return readable.Length == 0 ? Missing("text['body']") : TooLong("text['body']", readable, 4096);

            case "image" or "video" or "audio" or "document" or "sticker":
                media = content.Text("link") ?? content.Text("id");
                readable = content.Text("caption") ?? "";
                if (string.IsNullOrEmpty(media)) return Missing($"{type}['link'] or {type}['id']");
                if (content.Text("link") is { } link && !IsAddress(link)) return GraphError.Parameter($"Param {type}['link'] is not a valid URL.");
                return type is "audio" or "sticker" && content["caption"] is not null
                    ? GraphError.Parameter($"Unexpected key \"caption\" on param \"{type}\".")
                    : TooLong($"{type}['caption']", readable, 1024);

            case "location":
                readable = content.Text("name") ?? "Location";
                return content["latitude"] is null || content["longitude"] is null ? Missing("location['latitude'] and location['longitude']") : null;

            case "contacts":
                if (content is not JsonArray { Count: > 0 } contacts || contacts[0].Text("name", "formatted_name") is not { } name) return Missing("contacts[0]['name']['formatted_name']");
                readable = name;
                return null;

            case "reaction":
                readable = content.Text("emoji") ?? "";
                return content.Text("message_id") is { Length: > 0 } ? null : Missing("reaction['message_id']");

            case "template":
                return Template(content, out readable, out choices);

            default:
                return Interactive(content, out readable, out choices, out media);
        }
    }

    private static GraphError? Template(JsonNode content, out string readable, out IReadOnlyList<Choice> choices)
    {
        (readable, choices) = ("", []);
        if (content.Text("name") is not { Length: > 0 } name) return Missing("template['name']");
        if (content.Text("language", "code") is not { Length: > 0 } language) return Missing("template['language']['code']");
        if (!SendCloudMessage.TemplateName().IsMatch(name))
        {
            return new GraphError(132001, "(#132001) Template name does not exist in the translation", 404, Details: $"template name ({name}) does not exist in {language}");
        }

        var components = content["components"] as JsonArray ?? [];
        var values = components.Where(part => part.Text("type") == "body").SelectMany(part => part!["parameters"] as JsonArray ?? []).Select(value => value.Text("text") ?? "");
        readable = $"Template {name} ({language}) {string.Join(", ", values)}".TrimEnd();
        choices =
        [
            .. components.Where(part => part.Text("type") == "button" && part.Text("sub_type") == "quick_reply")
                .SelectMany(part => part!["parameters"] as JsonArray ?? [])
                .Select(value => value.Text("payload"))
                .OfType<string>()
                .Select(payload => new Choice(payload, payload, "template")),
        ];
        return null;
    }

    private static GraphError? Interactive(JsonNode content, out string readable, out IReadOnlyList<Choice> choices, out string? media)
    {
        (readable, choices, media) = (content.Text("body", "text") ?? "", [], content.Text("header", "image", "link"));
        var type = content.Text("type");
        if (type is not ("button" or "list" or "cta_url" or "product" or "product_list" or "flow" or "location_request_message"))
            return GraphError.Parameter($"Param interactive['type'] must be one of {{BUTTON, CTA_URL, FLOW, LIST, LOCATION_REQUEST_MESSAGE, PRODUCT, PRODUCT_LIST}} - got \"{type}\".");
        if (readable.Length == 0 && type != "product") return Missing("interactive['body']['text']");
        if (TooLong("interactive['body']['text']", readable, 1024) is { } body) return body;
        if (TooLong("interactive['header']['text']", content.Text("header", "text") ?? "", 60) is { } header) return header;
        if (TooLong("interactive['footer']['text']", content.Text("footer", "text") ?? "", 60) is { } footer) return footer;
        if (content["action"] is not JsonObject action) return Missing("interactive['action']");

        switch (type)
        {
            case "button":
                return Buttons(action["buttons"] as JsonArray ?? [], out choices);
            case "list":
                return List(action, out choices);
            case "cta_url":
                var url = action.Text("parameters", "url");
                if (url is null || !IsAddress(url)) return Missing("interactive['action']['parameters']['url']");
                choices = [new Choice(action.Text("parameters", "display_text") ?? url, null, "link", Url: url)];
                return null;
            default:
                return null;
        }
    }

    private static GraphError? Buttons(JsonArray buttons, out IReadOnlyList<Choice> choices)
    {
        choices = [.. buttons.Select(button => new Choice(button.Text("reply", "title") ?? "", button.Text("reply", "id")))];
        if (choices.Count is < 1 or > 3) return Invalid("Buttons count is not valid: 1 to 3 buttons are allowed");
        foreach (var choice in choices)
        {
            if (choice.Title.Length is < 1 or > 20) return Invalid("Button title length invalid. Min length: 1, Max length: 20");
            if (choice.Payload is not { Length: >= 1 and <= 256 }) return Invalid("Button id length invalid. Min length: 1, Max length: 256");
        }

        if (choices.DistinctBy(choice => choice.Payload).Count() < choices.Count) return Invalid("Button ids are not unique");
        return choices.DistinctBy(choice => choice.Title).Count() < choices.Count ? Invalid("Button titles are not unique") : null;
    }

    private static GraphError? List(JsonObject action, out IReadOnlyList<Choice> choices)
    {
        choices = [];
        var sections = action["sections"] as JsonArray ?? [];
        if (action.Text("button") is not { Length: >= 1 and <= 20 }) return Invalid("Button length invalid. Min length: 1, Max length: 20");
        if (sections.Count is < 1 or > 10) return Invalid("Sections count is not valid: 1 to 10 sections are allowed");
        if (sections.Count > 1 && sections.Any(section => section.Text("title") is not { Length: > 0 })) return Invalid("Section title is required where there are several sections");
        if (sections.Any(section => section.Text("title") is { Length: > 24 })) return Invalid("Section title is too long. Max length is 24");

        choices = [.. sections.SelectMany(section => section?["rows"] as JsonArray ?? []).Select(row => new Choice(row.Text("title") ?? "", row.Text("id"), "list", row.Text("description")))];
        if (choices.Count is < 1 or > 10) return Invalid("Total row count exceed max allowed count: 10");
        foreach (var choice in choices)
        {
            if (choice.Title.Length is < 1 or > 24) return Invalid("Row title is too long. Max length is 24");
            if (choice.Payload is not { Length: >= 1 and <= 200 }) return Invalid("Row id length invalid. Min length: 1, Max length: 200");
            if (choice.Description?.Length > 72) return Invalid("Row description is too long. Max length is 72");
        }

        return choices.DistinctBy(choice => choice.Payload).Count() < choices.Count ? Invalid("Duplicated row id") : null;
    }

    private static GraphError? TooLong(string name, string text, int most) =>
        text.Length > most ? GraphError.Parameter($"Param {name} must be at most {most} characters long.") : null;

    private static GraphError Missing(string name) => new(131008, "(#131008) Required parameter is missing", Details: $"{name} is required");

    private static GraphError Invalid(string details) => new(131009, "(#131009) Parameter value is not valid", Details: details);

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
