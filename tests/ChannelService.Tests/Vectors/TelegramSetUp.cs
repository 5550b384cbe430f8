using Assistify.ChannelService.Telegram;

namespace Assistify.ChannelService.Tests.Vectors;

internal sealed class TelegramSetUp() : ChannelSetUp("telegram")
{
    public override string Provider => "Telegram";

    public override string Customer => "5000000001";

    public override IReadOnlyList<string> TextFields => ["text"];

    public override IEnumerable<ConnectionOptions> Connections(VectorCase vector) =>
    [
        new TelegramOptions
        {
            BotToken = $"{(string?)vector.Config["bot_id"] ?? "7000000001"}:TOKEN",
            SecretToken = (string?)vector.Config["secret_token"] ?? "secret",
            ApiBaseUrl = "http://provider.test",
        },
    ];
}
