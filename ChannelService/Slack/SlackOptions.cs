using System.ComponentModel.DataAnnotations;

namespace Assistify.ChannelService.Slack;

/// <summary>A Slack app in a workspace of Slack's.</summary>
internal sealed class SlackOptions : ConnectionOptions
{
    public string? SigningSecret { get; init; }

    /// <summary>Accepted beside the first one while it is changed.</summary>
    public string? SigningSecretSecondary { get; init; }

    /// <summary>The bot user's token, <c>xoxb-…</c>.</summary>
    public string? BotToken { get; init; }

    /// <summary>The workspace, <c>T…</c>. Unset: that of whatever is signed with the secret, which is right for an app in one workspace.</summary>
    public string? TeamId { get; init; }

    public string ApiBaseUrl { get; init; } = "https://slack.com";

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(SigningSecret);

    public override string Account => string.IsNullOrEmpty(TeamId) ? "any" : TeamId;

    public override string? ExclusiveAccount => string.IsNullOrEmpty(TeamId) ? null : TeamId;

    public bool IsSlackItself =>
        Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var uri) && uri.Host.EndsWith("slack.com", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> SigningSecrets =>
        string.IsNullOrEmpty(SigningSecretSecondary) ? [SigningSecret!] : [SigningSecret!, SigningSecretSecondary];

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(BotToken)) yield return Wrong(nameof(SigningSecret), "is missing, though other keys of the connection are set");
            yield break;
        }

        if (string.IsNullOrEmpty(BotToken)) yield return Wrong(nameof(BotToken), "is missing");
        if (!string.IsNullOrEmpty(TeamId) && !TeamId.All(char.IsAsciiLetterOrDigit)) yield return Wrong(nameof(TeamId), "is the workspace's id, such as T061EG9R6");
        if (!IsHttp(ApiBaseUrl)) yield return Wrong(nameof(ApiBaseUrl), "is an http or https address");
    }
}
