using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Assistify.ChannelService.Shopify;

/// <summary>An app in a Shopify shop.</summary>
internal sealed partial class ShopifyOptions : ConnectionOptions
{
    /// <summary><c>name.myshopify.com</c></summary>
    public string? Shop { get; init; }

    /// <summary>Of the Admin API.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The app's client secret: signs webhooks and the app proxy's requests.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Accepted beside the first one: for an hour after a change Shopify still signs with the old one.</summary>
    public string? WebhookSecretSecondary { get; init; }

    /// <summary>Unset: the shop itself.</summary>
    public string? ApiBaseUrl { get; init; }

    public string ApiVersion { get; init; } = "2026-01";

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(Shop);

    public override string Account => (Shop ?? "").ToLowerInvariant();

    public IReadOnlyList<string> WebhookSecrets =>
        string.IsNullOrEmpty(WebhookSecretSecondary) ? [WebhookSecret!] : [WebhookSecret!, WebhookSecretSecondary];

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(WebhookSecret) || !string.IsNullOrEmpty(AccessToken))
                yield return Wrong(nameof(Shop), "is missing, though other keys of the connection are set");
            yield break;
        }

        if (!Domain().IsMatch(Shop!)) yield return Wrong(nameof(Shop), "is the shop's domain, name.myshopify.com");
        if (string.IsNullOrEmpty(WebhookSecret)) yield return Wrong(nameof(WebhookSecret), "is missing");
        if (!string.IsNullOrEmpty(ApiBaseUrl) && !IsHttp(ApiBaseUrl)) yield return Wrong(nameof(ApiBaseUrl), "is an http or https address");
        if (!Version().IsMatch(ApiVersion)) yield return Wrong(nameof(ApiVersion), "is a version such as 2026-01");
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*\.myshopify\.com$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Domain();

    [GeneratedRegex("^([0-9]{4}-[0-9]{2}|unstable)$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
