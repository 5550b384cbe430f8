namespace Assistify.ChannelService.Telegram;

/// <summary>
/// The answer to a webhook may itself be a call of a method. https://core.telegram.org/bots/api#making-requests-when-getting-updates
/// </summary>
internal static class TelegramAnswer
{
    /// <summary>Ends the waiting that a pressed button shows.</summary>
    public static IResult CallbackQuery(string id) =>
        TypedResults.Json(new Dictionary<string, string> { ["method"] = "answerCallbackQuery", ["callback_query_id"] = id });
}
