using System.Text.Json.Nodes;
using Assistify.Sandbox.Instagram;
using Assistify.Sandbox.Messenger;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.Meta;

/// <summary>What Assistify sees of Meta: one Graph API for WhatsApp, Messenger and Instagram. The id in the address, else the token, tells them apart.</summary>
internal static class GraphApi
{
    private const string Version = @"/{version:regex(^v\d+\.\d+$)}";

    public static void MapGraphApi(this IEndpointRouteBuilder app)
    {
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        var all = app.ServiceProvider.GetServices<StandIn>().OfType<MetaStandIn>().ToArray();

        app.MapPost(Version + "/{id}/messages", context =>
        {
            var (one, id) = Of(context);
            return calls.Send(context, one, request => id == one.Id || id == "me" ? one.Send(request) : GraphError.NoObject(id).Answer());
        });
        app.MapGet(Version + "/{id}/conversations", context =>
        {
            var (one, id) = Of(context);
            return calls.List(context, one, request =>
                one is PageStandIn page && (id == page.Id || id == "me") ? ListConversations.Handle(page, request) : GraphError.NoObject(id).Answer());
        });
        app.MapGet(Version + "/{id}/messages", context =>
        {
            var (one, id) = Of(context);
            return calls.List(context, one, request => one is PageStandIn page ? ListConversations.Messages(page, request, id) : GraphError.NoObject(id).Answer());
        });
        app.MapGet(Version + "/{id}", context =>
        {
            var (one, id) = Of(context);
            return calls.Read(context, one, request =>
                (id == one.Id || id == "me" ? one.Look(request, one.Id) : one.Look(request, id)) ?? GraphError.NoObject(id).Answer());
        });
        app.MapGet(Version + "/debug_token", context =>
        {
            var (one, _) = Of(context);
            return calls.Read(context, one, request =>
            {
                var token = request.Query["input_token"].ToString();
                return Answer.Json(200, new JsonObject
                {
                    ["data"] = new JsonObject { ["is_valid"] = one.IsToken(token), ["expires_at"] = one.EndOf(token), ["type"] = "SYSTEM_USER" },
                });
            });
        });
        app.MapGet(Version + "/{user}/ids_for_pages", context =>
        {
            var (one, _) = Of(context);
            return calls.Read(context, one, request => request.Route("user") is { } user && one is MessengerStandIn messenger
                ? messenger.IdsForPages(user, request.Query["page"].ToString())
                : GraphError.NoObject(request.Route("user") ?? "").Answer());
        });
        var instagram = all.OfType<InstagramStandIn>().Single();
        foreach (var path in new[] { "/refresh_access_token", Version + "/refresh_access_token" })
            app.MapGet(path, context => calls.Read(context, instagram, instagram.Refresh));
        app.MapMethods(Version + "/{**path}", ["GET", "POST", "DELETE"], context =>
        {
            var (one, _) = Of(context);
            return calls.Read(context, one, request => new GraphError(2500, $"Unknown path components: /{request.Route("path")}").Answer());
        });

        // Files of customers on Meta's own hosts: the address carries its expiry; WhatsApp's wants the token too.
        app.MapGet("/meta/files/{channel}/{id}", async (HttpContext context, string channel, string id) =>
        {
            var one = all.FirstOrDefault(standIn => standIn.Channel == channel);
            if (one is null || !one.Media.TryGet(id, out var file) || !one.Links.IsGood(id, context.Request.Query)) return Results.NotFound();
            if (one.Channel != "whatsapp-cloud") return TypedResults.File(file.Content, file.ContentType);

            await calls.Read(context, one, _ => Answer.File(file));
            return Results.Empty;
        });

        (MetaStandIn One, string Id) Of(HttpContext context)
        {
            var id = (string?)context.Request.RouteValues["id"] ?? "";
            var request = new ApiRequest(context, []);
            return (all.FirstOrDefault(one => one.Id == id) ?? all.FirstOrDefault(one => one.Knows(request)) ?? all[0], id);
        }
    }
}
