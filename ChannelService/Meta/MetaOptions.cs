using System.ComponentModel.DataAnnotations;

namespace Assistify.ChannelService.Meta;

/// <summary>What the connections to Meta's products have in common.</summary>
internal abstract class MetaOptions : ConnectionOptions
{
    public string? AccessToken { get; init; }

    /// <summary>Signs the webhooks of all of the app's accounts.</summary>
    public string? AppSecret { get; init; }

    /// <summary>Accepted beside the first one while the secret is changed, or where another app of Meta's signs too.</summary>
    public string? AppSecretSecondary { get; init; }

    /// <summary>Ours: Meta names it when the webhook address is set there.</summary>
    public string? VerifyToken { get; init; }

    public string ApiBaseUrl { get; init; } = "https://graph.facebook.com";

    public string ApiVersion { get; init; } = "v23.0";

    /// <summary>Where calls go.</summary>
    public virtual string BaseAddress => ApiBaseUrl;

    public bool IsMetaItself => new Uri(ApiBaseUrl).Host is var host
        && (host.EndsWith("facebook.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith("instagram.com", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether calls carry the proof that we know the app's secret.</summary>
    public virtual bool ProvesSecret => true;

    public IReadOnlyList<string> AppSecrets => [.. new[] { AppSecret, AppSecretSecondary }.Where(secret => !string.IsNullOrEmpty(secret)).OfType<string>()];

    /// <summary>The key that names the account.</summary>
    protected abstract string AccountKey { get; }

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(AccessToken) || !string.IsNullOrEmpty(AppSecret))
                yield return Wrong(AccountKey, "is missing, though other keys of the connection are set");
            yield break;
        }

        if (!Account.All(char.IsAsciiDigit)) yield return Wrong(AccountKey, "is Meta's number of the account, digits only");
        if (string.IsNullOrEmpty(AccessToken)) yield return Wrong(nameof(AccessToken), "is missing");
        if (string.IsNullOrEmpty(AppSecret)) yield return Wrong(nameof(AppSecret), "is missing");
        if (string.IsNullOrEmpty(VerifyToken)) yield return Wrong(nameof(VerifyToken), "is missing");
        if (!IsHttp(ApiBaseUrl)) yield return Wrong(nameof(ApiBaseUrl), "is an http or https address");
        if (!ApiVersion.StartsWith('v') || ApiVersion.Contains('/')) yield return Wrong(nameof(ApiVersion), "is a version like v23.0");
    }
}
