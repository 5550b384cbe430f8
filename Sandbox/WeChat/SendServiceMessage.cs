using System.Text;
using System.Text.Json.Nodes;
using Assistify.Sandbox.StandIns;
using Assistify.Sandbox.Traffic;

namespace Assistify.Sandbox.WeChat;

/// <summary><c>POST /cgi-bin/message/custom/send</c>: a customer-service message.</summary>
internal static class SendServiceMessage
{
    private const int LongestText = 2048;

    public static Answer Handle(WeChatStandIn weChat, ApiRequest request, DateTimeOffset now)
    {
        if (request.Json is not { } body) return WeChatStandIn.Error(47001, "data format error");
        if (weChat.ReadAddress(body.Text("touser") ?? "") is not { } to) return WeChatStandIn.Error(40003, "invalid openid");
        if (Read(weChat, body, out var text, out var choices, out var media) is { } wrong) return wrong;
        if (weChat.Faults.Hit(weChat.Faults.Current.RecipientGone)) return WeChatStandIn.Error(43004, "require subscribe");
        if (weChat.Faults.Current.EnforceWindow && !weChat.Messages.WindowIsOpen(to, now, weChat.Window)) return WeChatStandIn.Error(45015, "response out of time limit or subscription is canceled");

        var message = new Message
        {
            Sid = weChat.NewMsgId(),
            Inbound = false,
            From = weChat.Address,
            To = to,
            Body = text,
            Kind = body.Text("msgtype")!,
            Choices = choices,
            MediaUrls = media is null ? [] : [media],
            CreatedAt = now,
            State = new MessageState("sent", now, now),
        };
        weChat.Messages.Add(message);

        // No id comes back: who repeats a call sends twice.
        return WeChatStandIn.Error(0, "ok") with { Accepted = message };
    }

    private static Answer? Read(WeChatStandIn weChat, JsonObject body, out string text, out IReadOnlyList<Choice> choices, out string? media)
    {
        (text, choices, media) = ("", [], null);
        var type = body.Text("msgtype");
        switch (type)
        {
            case "text":
                text = body.Text("text", "content") ?? "";
                if (text.Length == 0) return WeChatStandIn.Error(44004, "empty content");
                return Encoding.UTF8.GetByteCount(text) > LongestText ? WeChatStandIn.Error(45002, "content size out of limit") : null;

            case "image" or "voice" or "video":
                media = body.Text(type, "media_id");
                return media is null || !weChat.Media.TryGet(media, out _) ? WeChatStandIn.Error(40007, "invalid media_id") : null;

            case "news":
                var articles = body["news"].Items("articles");
                if (articles.Count != 1) return WeChatStandIn.Error(45008, "article size out of limit");
                text = $"{articles[0].Text("title")}\n{articles[0].Text("description")}";
                media = articles[0].Text("picurl");
                if (articles[0].Text("url") is { } url) choices = [new Choice(articles[0].Text("title") ?? url, null, "link", Url: url)];
                return null;

            case "msgmenu":
                var menu = body["msgmenu"];
                choices = [.. menu.Items("list").Select(item => new Choice(item.Text("content") ?? "", item.Text("id") ?? "", "list"))];
                text = string.Join('\n', new[] { menu.Text("head_content"), menu.Text("tail_content") }.Where(part => !string.IsNullOrEmpty(part)));
                return choices.Count == 0 ? WeChatStandIn.Error(44004, "empty content") : null;

            default:
                return WeChatStandIn.Error(40008, "invalid message type");
        }
    }
}
