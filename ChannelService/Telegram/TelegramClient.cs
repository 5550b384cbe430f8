using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assistify.ChannelService.Deliveries;
using Assistify.ChannelService.Media;
using Assistify.ChannelService.Webhooks;

namespace Assistify.ChannelService.Telegram;

/// <summary>The Bot API, as far as messages need it. https://core.telegram.org/bots/api#available-methods</summary>
internal sealed class TelegramClient(HttpClient http, TimeProvider time)
{
    public const string Name = "telegram";

    /// <param name="learnt">Told the bot's own name, which each answer carries.</param>
    public async Task<SendResult> Send(
        TelegramOptions options, string method, string chat, JsonObject message, Action<string> learnt, CancellationToken cancellationToken)
    {
        string? moved = null;
        var result = await Call(chat);

        // The group became another one; certainly nothing was sent to the old one.
        return moved is { } to ? await Call(to) : result;

        async Task<SendResult> Call(string address)
        {
            message["chat_id"] = long.TryParse(address, out var id) ? id : address;
            using var request = new HttpRequestMessage(HttpMethod.Post, Address(options, method)) { Content = JsonContent.Create<JsonNode>(message) };
            return await ProviderCall.Send(http, request, "Telegram", time, answer => Judge(answer, learnt, out moved), cancellationToken);
        }
    }

    /// <summary>Shows for some seconds that an answer is being written.</summary>
    public async Task ShowTyping(TelegramOptions options, string chat, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(options, "sendChatAction"))
        {
            Content = JsonContent.Create<JsonNode>(new JsonObject { ["chat_id"] = long.TryParse(chat, out var id) ? id : chat, ["action"] = "typing" }),
        };
        await ProviderCall.Ask(http, request, time, cancellationToken);
    }

    /// <summary>Whose token it is.</summary>
    public async Task<(ConnectionCheck Check, string? UserName)> Check(TelegramOptions options, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(options, "getMe"));
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
        return answer.Body?.Flag("ok") == true
            ? (new ConnectionCheck(true), answer.Body?.Object("result")?.Text("username"))
            : (ProviderCall.Failed(TelegramErrors.Classify(answer.Status, (int?)answer.Body?.Number("error_code"), answer.Body?.Text("description"), null), "Telegram"), null);
    }

    /// <summary>Where a file lies for an hour; the address holds the token.</summary>
    /// <exception cref="MediaUnavailableException">Telegram does not say it.</exception>
    public async Task<string> FileAddress(TelegramOptions options, string fileId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(options, $"getFile?file_id={Uri.EscapeDataString(fileId)}"));
        var answer = await ProviderCall.Ask(http, request, time, cancellationToken);
        if (answer.Body?.Flag("ok") == true && answer.Body?.Object("result")?.Text("file_path") is { } path && !path.Contains("..", StringComparison.Ordinal))
            return $"{options.ApiBaseUrl.TrimEnd('/')}/file/bot{options.BotToken}/{path.TrimStart('/')}";

        // Files above 20 MB are not given to bots, and wrong ids never become right.
        var isFinal = answer.Body?.Number("error_code") == 400;
        var wait = answer.Body?.Object("parameters")?.Number("retry_after") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : answer.RetryAfter;
        var isTooLarge = answer.Body?.Text("description")?.Contains("too big", StringComparison.OrdinalIgnoreCase) == true;
        throw new MediaUnavailableException(isTooLarge ? "too_large" : $"http_{(int)answer.Status}", isFinal, wait);
    }

    private static SendResult Judge(ProviderAnswer answer, Action<string> learnt, out string? moved)
    {
        moved = null;
        if (answer.Body is not { } body) return TelegramErrors.Classify(answer.Status, null, null, answer.RetryAfter) switch
        {
            // Something in between answered: the message may have gone through.
            SendResult.Refused => new SendResult.Unknown("unreadable_answer"),
            var judged => judged,
        };
        if (body.Flag("ok"))
        {
            var sent = body.Object("result");
            if (sent?.Object("from")?.Text("username") is { } name) learnt(name);
            return sent?.Text("message_id") is { } id ? new SendResult.Accepted(id) : new SendResult.Unknown("unreadable_answer");
        }

        var parameters = body.Object("parameters");
        moved = parameters?.Text("migrate_to_chat_id");
        var wait = parameters?.Number("retry_after") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : answer.RetryAfter;
        return TelegramErrors.Classify(answer.Status, (int?)body.Number("error_code"), body.Text("description"), wait);
    }

    // The token is part of the address: it must never be logged, and this client's calls are not.
    private static Uri Address(TelegramOptions options, string method) => new($"{options.ApiBaseUrl.TrimEnd('/')}/bot{options.BotToken}/{method}");
}
