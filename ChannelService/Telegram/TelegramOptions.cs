using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Assistify.ChannelService.Telegram;

/// <summary>A Telegram bot.</summary>
internal sealed partial class TelegramOptions : ConnectionOptions
{
    /// <summary>As BotFather gives it: <c>7000000001:AA…</c>.</summary>
    public string? BotToken { get; init; }

    /// <summary>What <c>setWebhook</c> was given as <c>secret_token</c>: the only proof that an update is Telegram's.</summary>
    public string? SecretToken { get; init; }

    /// <summary>Accepted beside the first one while it is changed.</summary>
    public string? SecretTokenSecondary { get; init; }

    public string ApiBaseUrl { get; init; } = "https://api.telegram.org";

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(BotToken);

    /// <summary>The bot's id, which its token begins with.</summary>
    public override string Account => (BotToken ?? "").Split(':')[0];

    public bool IsTelegramItself =>
        Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var uri) && uri.Host.EndsWith("telegram.org", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> SecretTokens =>
        string.IsNullOrEmpty(SecretTokenSecondary) ? [SecretToken!] : [SecretToken!, SecretTokenSecondary];

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(SecretToken)) yield return Wrong(nameof(BotToken), "is missing, though other keys of the connection are set");
            yield break;
        }

        if (!Token().IsMatch(BotToken!)) yield return Wrong(nameof(BotToken), "is the bot's id, a colon and its key");
        if (SecretToken is null || !Secret().IsMatch(SecretToken)) yield return Wrong(nameof(SecretToken), "is 1 to 256 letters, digits, _ and -");
        if (!string.IsNullOrEmpty(SecretTokenSecondary) && !Secret().IsMatch(SecretTokenSecondary))
            yield return Wrong(nameof(SecretTokenSecondary), "is 1 to 256 letters, digits, _ and -");
        if (!IsHttp(ApiBaseUrl)) yield return Wrong(nameof(ApiBaseUrl), "is an http or https address");
    }

    [GeneratedRegex("^[0-9]{1,20}:[A-Za-z0-9_-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
