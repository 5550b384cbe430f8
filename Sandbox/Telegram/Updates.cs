using System.Globalization;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;

namespace Assistify.Sandbox.Telegram;

/// <summary>What Telegram posts: an update with exactly one thing in it.</summary>
internal static class Updates
{
    public static JsonObject Of(TelegramStandIn telegram, CustomerAct act)
    {
        var request = act.Request;
        var update = new JsonObject { ["update_id"] = Number(act.Sid) };
        if (request.Event == "unknown") update["future_thing"] = new JsonObject { ["a"] = 1 };
        else if (request.Event is { } name) update["my_chat_member"] = Membership(telegram, act, blocked: name == "blocked");
        else if (request.Button is not null) update["callback_query"] = Query(telegram, act);
        else if (request.Edit is { } edited) update["edited_message"] = Message(telegram, act, Number(edited), edited: true);
        else update["message"] = Message(telegram, act, Number(act.Sid), edited: false);
        return update;
    }

    public static JsonObject Person(string id, string name)
    {
        var person = new JsonObject { ["id"] = Number(id), ["is_bot"] = false };
        Name(person, name);
        person["language_code"] = "en";
        return person;
    }

    public static JsonObject Bot(TelegramStandIn telegram) => new()
    {
        ["id"] = telegram.BotId, ["is_bot"] = true, ["first_name"] = "Demo shop", ["username"] = "assistify_demo_bot",
    };

    public static JsonObject Chat(string id, string name)
    {
        var chat = new JsonObject { ["id"] = Number(id), ["type"] = "private" };
        Name(chat, name);
        return chat;
    }

    private static void Name(JsonObject person, string name)
    {
        var parts = (name.Length == 0 ? "Customer" : name).Split(' ', 2);
        person["first_name"] = parts[0];
        if (parts.Length == 2) person["last_name"] = parts[1];
    }

    private static JsonObject Message(TelegramStandIn telegram, CustomerAct act, long id, bool edited)
    {
        var request = act.Request;
        var message = new JsonObject
        {
            ["message_id"] = id,
            ["from"] = Person(act.From, act.Name),
            ["chat"] = act.Part("chat") is { } chat ? JsonNode.Parse(chat.GetRawText()) : Chat(act.From, act.Name),
            ["date"] = act.At.ToUnixTimeSeconds(),
        };
        if (edited) message["edit_date"] = act.At.ToUnixTimeSeconds();
        if (request.ReplyTo is { } quoted) message["reply_to_message"] = Quoted(telegram, act, quoted);
        if (act.Files is [var file, ..]) Attach(message, file, act.Text);
        else if (request.Location is { } place) Locate(message, place);
        else if (act.Part("contact") is { } contact) message["contact"] = JsonNode.Parse(contact.GetRawText());
        else message["text"] = act.Text;

        if (act.Text.StartsWith('/'))
        {
            var end = act.Text.IndexOf(' ', StringComparison.Ordinal);
            message["entities"] = new JsonArray(new JsonObject { ["offset"] = 0, ["length"] = end < 0 ? act.Text.Length : end, ["type"] = "bot_command" });
        }

        return message;
    }

    private static JsonObject Quoted(TelegramStandIn telegram, CustomerAct act, string sid)
    {
        var quoted = new JsonObject { ["message_id"] = Number(sid), ["chat"] = Chat(act.From, act.Name), ["date"] = act.At.ToUnixTimeSeconds() };
        if (telegram.Messages.TryGet(sid, out var message))
        {
            quoted["from"] = message.Inbound ? Person(message.From, act.Name) : Bot(telegram);
            quoted["date"] = message.CreatedAt.ToUnixTimeSeconds();
            quoted["text"] = message.Body;
        }

        return quoted;
    }

    private static void Locate(JsonObject message, Programs.Place place)
    {
        var location = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude };
        if (place.Label is null)
        {
            message["location"] = location;
            return;
        }

        message["location"] = location.DeepClone();
        message["venue"] = new JsonObject { ["location"] = location, ["title"] = place.Label, ["address"] = place.Address ?? "" };
    }

    private static void Attach(JsonObject message, MediaFile file, string caption)
    {
        if (caption.Length > 0) message["caption"] = caption;
        var about = new JsonObject { ["file_id"] = file.Id, ["file_unique_id"] = file.Id[^16..], ["file_size"] = file.Content.Length };
        switch (file.Kind)
        {
            // Sizes of one picture; the largest comes last.
            case "image":
                var small = (JsonObject)about.DeepClone();
                (small["width"], small["height"]) = (90, 90);
                (about["width"], about["height"]) = (800, 800);
                message["photo"] = new JsonArray(small, about);
                break;
            case "video":
                (about["width"], about["height"], about["duration"], about["mime_type"]) = (640, 360, 5, file.ContentType);
                message["video"] = about;
                break;
            case "audio" when file.ContentType.StartsWith("audio/ogg", StringComparison.Ordinal):
                (about["duration"], about["mime_type"]) = (5, file.ContentType);
                message["voice"] = about;
                break;
            case "audio":
                (about["duration"], about["mime_type"], about["file_name"]) = (5, file.ContentType, file.Name);
                message["audio"] = about;
                break;
            default:
                (about["file_name"], about["mime_type"]) = (file.Name, file.ContentType);
                message["document"] = about;
                break;
        }
    }

    private static JsonObject Query(TelegramStandIn telegram, CustomerAct act)
    {
        var button = act.Request.Button!;
        var message = new JsonObject { ["message_id"] = button.Sid is null ? 1 : Number(button.Sid), ["from"] = Bot(telegram), ["chat"] = Chat(act.From, act.Name), ["date"] = act.At.ToUnixTimeSeconds() };
        if (button.Sid is not null && telegram.Messages.TryGet(button.Sid, out var tapped))
        {
            message["date"] = tapped.CreatedAt.ToUnixTimeSeconds();
            message["text"] = tapped.Body;
            if (tapped.Original is { } markup) message["reply_markup"] = markup.DeepClone();
        }

        return new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"4{act.Sid}"), ["from"] = Person(act.From, act.Name), ["message"] = message,
            ["chat_instance"] = "-1", ["data"] = button.Payload ?? button.Text,
        };
    }

    private static JsonObject Membership(TelegramStandIn telegram, CustomerAct act, bool blocked)
    {
        var (before, after) = blocked ? ("member", "kicked") : ("kicked", "member");
        return new JsonObject
        {
            ["chat"] = Chat(act.From, act.Name), ["from"] = Person(act.From, act.Name), ["date"] = act.At.ToUnixTimeSeconds(),
            ["old_chat_member"] = new JsonObject { ["user"] = Bot(telegram), ["status"] = before },
            ["new_chat_member"] = new JsonObject { ["user"] = Bot(telegram), ["status"] = after },
        };
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
