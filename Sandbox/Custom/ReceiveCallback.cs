using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Custom;

/// <summary><c>POST /sandbox/api/custom/callback</c>: what Assistify sends to the customer's system.</summary>
internal static class ReceiveCallback
{
    private const int LargestPayload = 20 * 1024;

    public static void AddCustom(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CustomOptions>().BindConfiguration(CustomOptions.Section);
        builder.Services.AddStandIn<CustomStandIn>();
    }

    public static void MapCustomCallback(this IEndpointRouteBuilder app)
    {
        var custom = app.ServiceProvider.GetRequiredService<CustomStandIn>();
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        var time = app.ServiceProvider.GetRequiredService<TimeProvider>();
        app.MapGet("/custom/files/{id}", (HttpContext context, string id) =>
            custom.Links.IsGood(id, context.Request.Query) && custom.Media.TryGet(id, out var file) ? (IResult)TypedResults.File(file.Content, file.ContentType) : TypedResults.NotFound());
        app.MapPost("/sandbox/api/custom/callback", context => calls.Send(context, custom, request => Handle(custom, request, time.GetUtcNow())));
    }

    private static Answer Handle(CustomStandIn custom, ApiRequest request, DateTimeOffset now)
    {
        var id = request.Header("webhook-id");
        if (request.Body.Length > LargestPayload) return CustomStandIn.Error(413, "A payload has at most 20 kB");
        if (request.Json is not { } content || content.Text("type") is not { Length: > 0 } type || content.Text("timestamp") is null || content["data"] is not JsonObject data)
            return CustomStandIn.Error(422, "A payload has type, timestamp and data");
        if (custom.Faults.Hit(custom.Faults.Current.RecipientGone)) return CustomStandIn.Error(410, "This endpoint is gone");

        // A repetition is taken and changes nothing.
        var taken = Answer.Json(200, new JsonObject { ["received"] = true }) with { About = id };
        if (type != "message.created" || custom.Messages.TryGet(id, out _)) return taken;

        if (data["message"] is not JsonObject message || message.Text("text") is not { } text) return CustomStandIn.Error(422, "A message has a text");
        var to = message.Text("to", "id") ?? data.Text("to", "id") ?? data.Text("recipient", "id") ?? data.Text("conversation");
        if (string.IsNullOrEmpty(to)) return CustomStandIn.Error(422, "A message names its recipient or its conversation");

        var accepted = new Message
        {
            Sid = id,
            Inbound = false,
            From = custom.Address,
            To = to.StartsWith("c-", StringComparison.Ordinal) ? to[2..] : to,
            Body = text,
            Choices = [.. message.Items("cards").Select(ChoiceOf)],
            MediaUrls = [.. message.Items("attachments").Select(attachment => attachment.Text("url")).OfType<string>()],
            Reference = message.Text("id"),
            CreatedAt = now,
            State = new MessageState("delivered", now, now),
        };
        custom.Messages.Add(accepted);
        return taken with { Accepted = accepted };
    }

    // A card is opened where it has an address, and chosen where it has none.
    private static Choice ChoiceOf(JsonNode? card) => card.Text("url") is { } url
        ? new Choice(card.Text("title") ?? "", null, "link", Url: url)
        : new Choice(card.Text("title") ?? "", card.Text("action") ?? card.Text("id"), Description: card.Text("subtitle"));
}
