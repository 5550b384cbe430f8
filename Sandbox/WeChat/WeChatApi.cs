using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.WeChat;

/// <summary>What Assistify sees of WeChat: <c>/cgi-bin/…</c>.</summary>
internal static class WeChatApi
{
    public static void AddWeChat(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WeChatOptions>().BindConfiguration(WeChatOptions.Section);
        builder.Services.AddStandIn<WeChatStandIn>();
    }

    public static void MapWeChatApi(this IEndpointRouteBuilder app)
    {
        var weChat = app.ServiceProvider.GetRequiredService<WeChatStandIn>();
        var calls = app.ServiceProvider.GetRequiredService<ApiCalls>();
        var time = app.ServiceProvider.GetRequiredService<TimeProvider>();
        var api = app.MapGroup("/cgi-bin");

        api.MapGet("/token", context => calls.Open(context, weChat, request =>
            Token(weChat, request.Query["grant_type"].ToString(), request.Query["appid"].ToString(), request.Query["secret"].ToString())));
        api.MapPost("/stable_token", context => calls.Open(context, weChat, request =>
            Token(weChat, request.Json.Text("grant_type") ?? "", request.Json.Text("appid") ?? "", request.Json.Text("secret") ?? "")));
        api.MapPost("/message/custom/send", context => calls.Send(context, weChat, request => SendServiceMessage.Handle(weChat, request, time.GetUtcNow())));
        api.MapPost("/message/custom/typing", context => calls.Read(context, weChat, request =>
            weChat.ReadAddress(request.Json.Text("touser") ?? "") is null ? WeChatStandIn.Error(40003, "invalid openid")
            : request.Json.Text("command") is "Typing" or "CancelTyping" ? WeChatStandIn.Error(0, "ok")
            : WeChatStandIn.Error(45072, "invalid command")));
        api.MapGet("/media/get", context => calls.Read(context, weChat, request =>
            weChat.Media.TryGet(request.Query["media_id"].ToString(), out var file) ? Answer.File(file) : WeChatStandIn.Error(40007, "invalid media_id")));
        api.MapPost("/media/upload", context => calls.Read(context, weChat, request => Upload(weChat, request, time.GetUtcNow())));
        api.MapGet("/user/info", context => calls.Read(context, weChat, request =>
            request.Query["openid"].ToString() is var id && weChat.ReadAddress(id) is null
                ? WeChatStandIn.Error(40003, "invalid openid")
                : Answer.Json(200, new JsonObject { ["subscribe"] = 1, ["openid"] = id, ["nickname"] = "", ["language"] = "en" })));
        app.MapGet("/wechat/pictures/{id}", (HttpContext context, string id) =>
            weChat.Links.IsGood(id, context.Request.Query) && weChat.Media.TryGet(id, out var file) ? (IResult)TypedResults.File(file.Content, file.ContentType) : TypedResults.NotFound());
    }

    private static Answer Token(WeChatStandIn weChat, string grant, string appId, string secret)
    {
        if (grant != "client_credential") return WeChatStandIn.Error(40002, "invalid grant_type");
        if (appId != weChat.AppId) return WeChatStandIn.Error(40013, "invalid appid");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(weChat.AppSecret))) return WeChatStandIn.Error(40125, "invalid appsecret");
        return Answer.Json(200, new JsonObject { ["access_token"] = weChat.Issue(), ["expires_in"] = 7200 });
    }

    private static Answer Upload(WeChatStandIn weChat, ApiRequest request, DateTimeOffset now)
    {
        var type = request.Query["type"].ToString();
        if (type is not ("image" or "voice" or "video" or "thumb")) return WeChatStandIn.Error(40004, "invalid media type");
        if (request.Form.Files.GetFile("media") is not { } file) return WeChatStandIn.Error(41005, "media data missing");

        using var content = new MemoryStream();
        file.CopyTo(content);
        var stored = new MediaFile(weChat.NewMediaId(), file.ContentType ?? "application/octet-stream", content.ToArray(), file.FileName);
        weChat.Media.Add(stored);
        return Answer.Json(200, new JsonObject { ["type"] = type, ["media_id"] = stored.Id, ["created_at"] = now.ToUnixTimeSeconds() });
    }
}
