using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Slack;

/// <summary>What Assistify sees of Slack: <c>/api/{method}</c>, files of people, and the addresses for late answers.</summary>
internal static class WebApi
{
    public static void AddSlack(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SlackOptions>().BindConfiguration(SlackOptions.Section);
        builder.Services.AddStandIn<SlackStandIn>();
    }

    public static void MapSlackApi(this IEndpointRouteBuilder app)
    {
        var slack = app.ServiceProvider.GetRequiredService<SlackStandIn>();
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        var time = app.ServiceProvider.GetRequiredService<TimeProvider>();

        app.MapPost("/api/{method}", (HttpContext context, string method) => method.StartsWith("chat.", StringComparison.Ordinal)
            ? calls.Send(context, slack, request => Write(slack, method, request, time.GetUtcNow()))
            : calls.Read(context, slack, request => Read(slack, method, Arguments(request))));
        app.MapGet("/api/{method}", (HttpContext context, string method) => calls.Read(context, slack, request => Read(slack, method, Arguments(request))));
        foreach (var method in ListMessages.Methods)
            app.MapMethods($"/api/{method}", ["GET", "POST"], context => calls.List(context, slack, request => ListMessages.Handle(slack, method, Arguments(request))));
        app.MapGet("/files-pri/{id}/{name}", (HttpContext context, string id) => calls.Read(context, slack, _ =>
            slack.Media.TryGet(id[(id.IndexOf('-', StringComparison.Ordinal) + 1)..], out var file) ? Answer.File(file) : SlackStandIn.Error("file_not_found", 404)));

        // The address itself is the permission.
        app.MapPost("/slack/actions/{team}/{channel}", (HttpContext context, string channel) => calls.Open(context, slack, request =>
        {
            if (slack.Reaches(channel) is not { } to || request.Json is not { } content) return SlackStandIn.Error("invalid_payload", 400);
            var posted = PostMessage.Handle(slack, to, content, time.GetUtcNow());
            return posted.Accepted is null ? posted : Answer.Text(200, "ok") with { Accepted = posted.Accepted };
        }));
    }

    private static Answer Write(SlackStandIn slack, string method, ApiRequest request, DateTimeOffset now)
    {
        var given = Arguments(request);
        if (given.Text("channel") is not { Length: > 0 } channel || slack.Reaches(channel) is not { } to) return SlackStandIn.Error("channel_not_found");
        if (slack.Faults.Hit(slack.Faults.Current.RecipientGone)) return SlackStandIn.Error("channel_not_found");
        switch (method)
        {
            case "chat.postMessage":
                return PostMessage.Handle(slack, to, given, now);

            case "chat.update" or "chat.delete":
                if (!slack.Messages.TryGet(given.Text("ts") ?? "", out var message) || message.To != to) return SlackStandIn.Error("message_not_found");
                if (message.Inbound) return SlackStandIn.Error(method == "chat.update" ? "cant_update_message" : "cant_delete_message");
                if (method == "chat.delete") slack.Messages.Advance(message, "deleted", null, now);
                else if (PostMessage.Read(given, out var text, out var choices) is { } wrong) return wrong;
                else (message.Body, message.Choices, message.Original) = (text, choices, given["blocks"]?.DeepClone());
                return Answer.Json(200, new JsonObject { ["ok"] = true, ["channel"] = SlackPayloads.ChannelOf(message), ["ts"] = message.Sid, ["text"] = message.Body }) with { About = message.Sid };

            default:
                return SlackStandIn.Error("unknown_method");
        }
    }

    private static Answer Read(SlackStandIn slack, string method, JsonObject given)
    {
        switch (method)
        {
            case "auth.test":
                return Ok(
                    ("url", "https://demo.slack.com/"), ("team", "Demo"), ("user", "assistify"), ("team_id", SlackStandIn.Team), ("user_id", SlackStandIn.BotUser),
                    ("bot_id", SlackStandIn.BotId), ("is_enterprise_install", false));

            case "conversations.open":
                var member = given.Text("users") ?? "";
                return slack.ReadAddress(member) is null ? SlackStandIn.Error("user_not_found") : Ok(("channel", new JsonObject { ["id"] = SlackStandIn.DirectChannel(member) }));

            case "users.info":
                if (given.Text("user") is not { } id || slack.NameOf(id) is not { } name) return SlackStandIn.Error("user_not_found");
                return Ok(("user", new JsonObject
                {
                    ["id"] = id, ["team_id"] = SlackStandIn.Team, ["name"] = name, ["real_name"] = name, ["is_bot"] = false,
                    ["profile"] = new JsonObject { ["real_name"] = name, ["display_name"] = name },
                }));

            case "reactions.add" or "reactions.remove":
                return slack.Messages.TryGet(given.Text("timestamp") ?? "", out _) ? Ok() : SlackStandIn.Error("message_not_found");

            case "assistant.threads.setStatus":
                return given.Text("channel_id") is null || given.Text("status") is null ? SlackStandIn.Error("invalid_arguments") : Ok();

            default:
                return SlackStandIn.Error("unknown_method");
        }
    }

    private static Answer Ok(params (string Name, JsonNode Value)[] parts)
    {
        var body = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in parts) body[name] = value;
        return Answer.Json(200, body);
    }

    // As JSON, a form or in the address; blocks in forms are JSON as text.
    private static JsonObject Arguments(ApiRequest request)
    {
        if (request.Json is { } json) return json;

        var arguments = new JsonObject();
        foreach (var (name, value) in request.Query.Concat(request.Form)) arguments[name] = value.ToString();
        if (arguments.Text("blocks") is { } blocks)
        {
            try
            {
                arguments["blocks"] = JsonNode.Parse(blocks);
            }
            catch (JsonException)
            {
                // Stays text, which is refused as invalid blocks.
            }
        }

        return arguments;
    }
}
