using System.Globalization;
using System.Net;
using Assistify.ChannelService.Deliveries;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Telegram;

/// <summary>What the Bot API's errors mean for a send: <c>{"ok":false,"error_code":429,"description":"…","parameters":{"retry_after":14}}</c>.</summary>
internal static class TelegramErrors
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(24);

    // A wrong token is usually put right in minutes, and until then nothing was sent.
    private static readonly TimeSpan s_authPatience = TimeSpan.FromMinutes(15);

    private const string ChatNotFound = "400_chat_not_found";

    public static SendResult Classify(HttpStatusCode status, int? code, string? description, TimeSpan? retryAfter)
    {
        var number = code ?? (int)status;
        var name = number.ToString(CultureInfo.InvariantCulture);
        if (number == 400 && description.Says("chat not found")) name = ChatNotFound;
        var error = Describe(number, description) ?? (string.IsNullOrWhiteSpace(description) ? $"Telegram answered {number}." : StorableText.From(description));
        return number switch
        {
            429 => new SendResult.NotSent(name, error, retryAfter, s_patience),

            // A token that Telegram does not know is a path that it does not have.
            401 or 404 => new SendResult.NotSent(name, error, retryAfter, s_authPatience),
            408 or >= 500 => new SendResult.Unknown(name),
            _ => new SendResult.Refused(name, error),
        };
    }

    public static FailureClass ClassOf(string code) => code switch
    {
        "429" => FailureClass.RateLimited,
        "401" or "404" => FailureClass.Auth,
        "403" => FailureClass.RecipientBlocked,
        ChatNotFound => FailureClass.NotFound,
        "400" => FailureClass.InvalidRequest,
        _ => FailureClass.Other,
    };

    private static string? Describe(int code, string? description) => code switch
    {
        401 or 404 => "Telegram refused the bot's token (Channels__Telegram__BotToken).",
        429 => "Telegram's rate limit was reached.",
        403 when description.Says("blocked") => "The customer blocked the bot.",
        403 when description.Says("deactivated") => "The customer's account does not exist any more.",
        403 when description.Says("kicked") => "The bot was removed from the group.",
        403 => "Telegram does not let the bot write to this chat: the customer has to write first.",
        400 when description.Says("chat not found") => "Telegram knows no such chat.",
        400 when description.Says("too long") => "The message is too long.",
        _ => null,
    };

    private static bool Says(this string? description, string word) => description?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
