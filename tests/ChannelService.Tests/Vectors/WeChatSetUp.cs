using System.Text.Json.Nodes;
using Assistify.ChannelService.WeChat;

namespace Assistify.ChannelService.Tests.Vectors;

internal sealed class WeChatSetUp() : ChannelSetUp("wechat")
{
    public override string Provider => "WeChat";

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
    [
        new WeChatOptions
        {
            AppId = (string?)vector.Config["app_id"] ?? "wx5823bf96d3bd56c7",
            AppSecret = "secret",
            Token = (string?)vector.Config["token"] ?? "token",
            EncodingAesKey = (string?)vector.Config["encoding_aes_key"],
            OriginalId = (string?)vector.Config["account"],
            ApiBaseUrl = "http://provider.test",
        },
    ];

    public override JsonObject? Sign(string scheme, JsonNode inputs) => scheme switch
    {
        "wechat-sha1" => new JsonObject
        {
            ["signature"] = WeChatSignature.Compute((string)inputs["token"]!, (string)inputs["timestamp"]!, (string)inputs["nonce"]!),
        },
        _ => null,
    };
}
