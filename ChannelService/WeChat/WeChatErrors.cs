using System.Globalization;
using Assistify.ChannelService.Deliveries;
using Assistify.ServiceDefaults;

namespace Assistify.ChannelService.WeChat;

/// <summary>What WeChat's <c>errcode</c> means for a send. https://developers.weixin.qq.com/doc/offiaccount/en/Getting_Started/Global_Return_Code.html</summary>
internal static class WeChatErrors
{
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(24);

    // Wrong credentials are usually put right in minutes, and until then nothing was sent.
    private static readonly TimeSpan s_authPatience = TimeSpan.FromMinutes(15);

    /// <summary>The access token is not valid (any more): another one is fetched.</summary>
    public static bool IsTokenInvalid(long code) => code is 40001 or 40014 or 42001;

    public static SendResult Classify(long code, string? message, TimeSpan? retryAfter)
    {
        var name = code.ToString(CultureInfo.InvariantCulture);
        var error = Describe(code) ?? (string.IsNullOrWhiteSpace(message) ? $"WeChat refused the message ({name})." : StorableText.From(message));
        return code switch
        {
            // Busy, or too many calls in a minute or a day: never processed.
            -1 or 45009 or 45011 => new SendResult.NotSent(name, error, retryAfter, s_patience),
            40001 or 40002 or 40013 or 40014 or 40125 or 40164 or 41002 or 41004 or 42001 or 48001 or 50002 or 61024 =>
                new SendResult.NotSent(name, error, retryAfter, s_authPatience),
            _ => new SendResult.Refused(name, error),
        };
    }

    public static FailureClass ClassOf(string code) => code switch
    {
        "-1" => FailureClass.Temporary,
        "45009" or "45011" => FailureClass.RateLimited,
        "45015" or "45047" => FailureClass.WindowClosed,
        "40001" or "40002" or "40013" or "40014" or "40125" or "41002" or "41004" or "42001" or "no_access_token" => FailureClass.Auth,
        "40164" or "48001" or "50002" or "61024" => FailureClass.Permission,
        "40003" => FailureClass.Undeliverable,
        "43004" or "50005" => FailureClass.RecipientBlocked,
        "45002" => FailureClass.InvalidRequest,
        _ => FailureClass.Other,
    };

    private static string? Describe(long code) => code switch
    {
        -1 => "WeChat is busy.",
        40001 or 40014 or 42001 => "WeChat refused the access token.",
        40002 or 40013 or 41002 => "WeChat knows no such app (Channels__WeChat__AppId).",
        40125 or 41004 => "WeChat refused the secret (Channels__WeChat__AppSecret).",
        40164 or 61024 => "WeChat does not allow this server's address: add it to the account's IP whitelist.",
        48001 or 50002 => "The account may not use this part of WeChat's API.",
        40003 => "The recipient's address is not valid.",
        43004 or 50005 => "The customer does not follow the account any more.",
        45002 => "The message is too long.",
        45009 or 45011 => "WeChat's rate limit was reached.",
        45015 => "Outside the 48 hours after the customer's last message nothing can be sent.",
        45047 => "The customer has to write before more messages can be sent.",
        _ => null,
    };
}
