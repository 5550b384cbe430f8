using System.ComponentModel.DataAnnotations;

namespace Assistify.ChannelService.WeChat;

/// <summary>A WeChat official account.</summary>
internal sealed class WeChatOptions : ConnectionOptions
{
    public string? AppId { get; init; }

    public string? AppSecret { get; init; }

    /// <summary>As typed at WeChat; proves that a request is WeChat's.</summary>
    public string? Token { get; init; }

    /// <summary>Accepted beside the first one while it is changed.</summary>
    public string? TokenSecondary { get; init; }

    /// <summary>43 characters. Set: only encrypted messages are taken, since only those are protected.</summary>
    public string? EncodingAesKey { get; init; }

    /// <summary>Still decrypts while the key is changed.</summary>
    public string? EncodingAesKeySecondary { get; init; }

    /// <summary>The account's original id, <c>gh_…</c>. Unset: that of whatever is signed with the token.</summary>
    public string? OriginalId { get; init; }

    public string ApiBaseUrl { get; init; } = "https://api.weixin.qq.com";

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(AppId);

    public override string Account => string.IsNullOrEmpty(OriginalId) ? AppId ?? "" : OriginalId;

    public IReadOnlyList<string> Tokens => string.IsNullOrEmpty(TokenSecondary) ? [Token!] : [Token!, TokenSecondary];

    public IReadOnlyList<string> AesKeys =>
        [.. new[] { EncodingAesKey, EncodingAesKeySecondary }.Where(key => !string.IsNullOrEmpty(key)).Select(key => key!)];

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(AppSecret) || !string.IsNullOrEmpty(Token))
                yield return Wrong(nameof(AppId), "is missing, though other keys of the connection are set");
            yield break;
        }

        if (string.IsNullOrEmpty(AppSecret)) yield return Wrong(nameof(AppSecret), "is missing");
        if (string.IsNullOrEmpty(Token)) yield return Wrong(nameof(Token), "is missing");
        if (!IsAesKey(EncodingAesKey)) yield return Wrong(nameof(EncodingAesKey), "is the 43 characters that WeChat shows");
        if (!IsAesKey(EncodingAesKeySecondary)) yield return Wrong(nameof(EncodingAesKeySecondary), "is the 43 characters that WeChat shows");
        if (!IsHttp(ApiBaseUrl)) yield return Wrong(nameof(ApiBaseUrl), "is an http or https address");
    }

    private static bool IsAesKey(string? key) => string.IsNullOrEmpty(key) || (key.Length == 43 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/'));
}
