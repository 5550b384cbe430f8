using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Telegram;

/// <summary>What Assistify sees of Telegram: <c>/bot{token}/{method}</c> and <c>/file/bot{token}/{path}</c>.</summary>
internal static partial class BotApi
{
    private const string Bot = "/bot{token}";

    public static void AddTelegram(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelegramOptions>().BindConfiguration(TelegramOptions.Section);
        builder.Services.AddStandIn<TelegramStandIn>();
    }

    public static void MapBotApi(this IEndpointRouteBuilder app)
    {
        var telegram = app.ServiceProvider.GetRequiredService<TelegramStandIn>();
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        var time = app.ServiceProvider.GetRequiredService<TimeProvider>();

        app.MapMethods(Bot + "/{method}", ["GET", "POST"], (HttpContext context, string method) =>
        {
            var name = method.ToLowerInvariant();
            return name is "getme" or "setwebhook" or "deletewebhook" or "getwebhookinfo" or "getfile"
                ? calls.Read(context, telegram, request => Set(telegram, name, new BotParameters(request)))
                : calls.Send(context, telegram, request => Act(telegram, name, new BotParameters(request), time.GetUtcNow()));
        });
        app.MapGet("/file" + Bot + "/{**path}", (HttpContext context, string path) => calls.Read(context, telegram, _ =>
            telegram.Media.TryGet(Path.GetFileNameWithoutExtension(path), out var file) ? Answer.File(file) : TelegramStandIn.Error(404, "Not Found")));
    }

    public static Answer Ok(JsonNode result) => Answer.Json(200, new JsonObject { ["ok"] = true, ["result"] = result });

    private static Answer Set(TelegramStandIn telegram, string method, BotParameters given)
    {
        switch (method)
        {
            case "getme":
                var bot = Updates.Bot(telegram);
                (bot["can_join_groups"], bot["can_read_all_group_messages"], bot["supports_inline_queries"]) = (true, false, false);
                return Ok(bot);

            case "setwebhook":
                return SetWebhook(telegram, given);

            case "deletewebhook":
                telegram.CurrentWebhook = telegram.Configured;
                return Ok(true);

            case "getwebhookinfo":
                return Ok(new JsonObject
                {
                    ["url"] = telegram.CurrentWebhook.Url ?? "", ["has_custom_certificate"] = false, ["pending_update_count"] = 0, ["max_connections"] = 40,
                });

            default:
                if (given.Text("file_id") is not { Length: > 0 } id || !telegram.Media.TryGet(id, out var file)) return Bad("invalid file_id");
                if (file.Content.Length > 20 * 1024 * 1024) return Bad("file is too big");
                return Ok(new JsonObject
                {
                    ["file_id"] = id, ["file_unique_id"] = id[^16..], ["file_size"] = file.Content.Length,
                    ["file_path"] = $"{file.Kind}s/{id}{Path.GetExtension(file.Name)}",
                });
        }
    }

    // The provider insists on HTTPS; an address of this very machine is let through, because Development has no certificate.
    private static Answer SetWebhook(TelegramStandIn telegram, BotParameters given)
    {
        var url = given.Text("url") ?? "";
        var secret = given.Text("secret_token");
        if (secret is not null && !Secret().IsMatch(secret)) return Bad("secret token contains unallowed characters");
        if (url.Length == 0)
        {
            telegram.CurrentWebhook = telegram.Configured;
            return Answer.Json(200, new JsonObject { ["ok"] = true, ["result"] = true, ["description"] = "Webhook was deleted" });
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback))
            return Bad("bad webhook: An HTTPS URL must be provided for webhook");
        if (!uri.IsLoopback && uri.Port is not (443 or 80 or 88 or 8443)) return Bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
        telegram.CurrentWebhook = new WebhookSetting(url, secret ?? "");
        return Answer.Json(200, new JsonObject { ["ok"] = true, ["result"] = true, ["description"] = "Webhook was set" });
    }

    private static Answer Act(TelegramStandIn telegram, string method, BotParameters given, DateTimeOffset now)
    {
        if (method == "answercallbackquery")
        {
            if (given.Text("text") is { Length: > 200 }) return Bad("MESSAGE_TOO_LONG");
            return telegram.Answered(given.Text("callback_query_id") ?? "") ? Ok(true) : Bad("query is too old and response timeout expired or query ID is invalid");
        }

        if (given.Text("chat_id") is not { Length: > 0 } chat) return Bad("chat_id is empty");
        if (telegram.ReadAddress(chat) is null) return Bad("chat not found");
        if (telegram.Faults.Hit(telegram.Faults.Current.RecipientGone)) return TelegramStandIn.Error(403, "Forbidden: bot was blocked by the user");

        return method switch
        {
            "sendmessage" or "sendphoto" or "senddocument" or "sendvideo" or "sendaudio" or "sendvoice" or "sendlocation" or "sendvenue"
                => SendBotMessage.Handle(telegram, method["send".Length..], chat, given, now),
            "editmessagetext" or "editmessagecaption" or "editmessagereplymarkup" => Edit(telegram, method, chat, given, now),
            "deletemessage" => Delete(telegram, chat, given, now),
            "sendchataction" => s_actions.Contains(given.Text("action"), StringComparer.Ordinal) ? Ok(true) : Bad("wrong parameter action in request"),
            _ => TelegramStandIn.Error(404, "Not Found"),
        };
    }

    private static readonly string[] s_actions =
        ["typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document", "choose_sticker", "find_location"];

    private static Answer Edit(TelegramStandIn telegram, string method, string chat, BotParameters given, DateTimeOffset now)
    {
        if (!Find(telegram, chat, given, out var message)) return Bad("message to edit not found");
        if (SendBotMessage.ReadMarkup(given.Json("reply_markup"), out var choices) is { } wrong) return wrong;

        var text = method == "editmessagereplymarkup" ? message.Body : given.Text(method == "editmessagetext" ? "text" : "caption") ?? "";
        if (SendBotMessage.ReadText(text, given.Text("parse_mode"), method == "editmessagecaption" ? 1024 : 4096, out var readable) is { } bad) return bad;
        if (readable == message.Body && JsonNode.DeepEquals(given.Json("reply_markup"), message.Original))
            return Bad("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");

        (message.Body, message.Choices, message.Original) = (readable, choices, given.Json("reply_markup"));
        var result = SendBotMessage.Result(telegram, message);
        result["edit_date"] = now.ToUnixTimeSeconds();
        return Ok(result) with { About = message.Sid };
    }

    private static Answer Delete(TelegramStandIn telegram, string chat, BotParameters given, DateTimeOffset now)
    {
        if (!Find(telegram, chat, given, out var message)) return Bad("message to delete not found");
        telegram.Messages.Advance(message, "deleted", null, now);
        return Ok(true) with { About = message.Sid };
    }

    private static bool Find(TelegramStandIn telegram, string chat, BotParameters given, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Message? message) =>
        telegram.Messages.TryGet(given.Text("message_id") ?? "", out message) && !message.Inbound && message.To == chat && message.State.Status != "deleted";

    public static Answer Bad(string description) => TelegramStandIn.Error(400, $"Bad Request: {description}");

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
