using System.Net;
using Assistify.ChannelService.Deliveries;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.Slack;

/// <summary>What Slack's errors mean for a send; most come with 200: <c>{"ok":false,"error":"channel_not_found"}</c>. https://docs.slack.dev/reference/methods/chat.postMessage</summary>
internal static class SlackErrors
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(24);

    // A wrong token is usually put right in minutes, and until then nothing was sent.
    private static readonly TimeSpan s_authPatience = TimeSpan.FromMinutes(15);

    public static SendResult Classify(HttpStatusCode status, string? error, TimeSpan? retryAfter)
    {
        var name = string.IsNullOrWhiteSpace(error) ? $"http_{(int)status}" : StorableText.From(error);
        var sentence = Describe(name) ?? $"Slack refused the message ({name}).";
        return (status, name) switch
        {
            (HttpStatusCode.TooManyRequests, _) or (_, "ratelimited" or "rate_limited" or "message_limit_exceeded") =>
                new SendResult.NotSent(name, sentence, retryAfter, s_patience),
            (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _)
                or (_, "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" or "missing_scope" or "no_permission") =>
                new SendResult.NotSent(name, sentence, retryAfter, s_authPatience),
            (_, "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout") => new SendResult.Unknown(name),
            (>= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout, _) => new SendResult.Unknown(name),
            _ => new SendResult.Refused(name, sentence),
        };
    }

    public static FailureClass ClassOf(string error) => error switch
    {
        "ratelimited" or "rate_limited" or "http_429" or "message_limit_exceeded" => FailureClass.RateLimited,
        "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "http_401" => FailureClass.Auth,
        "account_inactive" => FailureClass.AccountRestricted,
        "missing_scope" or "no_permission" or "restricted_action" or "not_in_channel" or "http_403" => FailureClass.Permission,
        "channel_not_found" or "is_archived" => FailureClass.NotFound,
        "user_disabled" or "cannot_dm_bot" or "messages_tab_disabled" => FailureClass.Undeliverable,
        "msg_too_long" or "no_text" or "invalid_blocks" or "invalid_arguments" => FailureClass.InvalidRequest,
        _ => FailureClass.Other,
    };

    private static string? Describe(string error) => error switch
    {
        "ratelimited" or "rate_limited" or "http_429" => "Slack's rate limit was reached.",
        "message_limit_exceeded" => "The workspace reached Slack's limit of messages.",
        "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" =>
            "Slack refused the token (Channels__Slack__BotToken).",
        "missing_scope" or "no_permission" => "The Slack app lacks a scope that this needs, such as chat:write.",
        "channel_not_found" => "Slack knows no such channel, or the app cannot see it.",
        "not_in_channel" => "The app is not in the channel: invite it there.",
        "is_archived" => "The channel is archived.",
        "msg_too_long" => "The message is too long.",
        "no_text" => "The message has no content.",
        "restricted_action" => "The workspace does not let apps write to this channel.",
        "user_disabled" or "cannot_dm_bot" or "messages_tab_disabled" => "The recipient does not take messages.",
        _ => null,
    };
}
