using System.ComponentModel.DataAnnotations;

namespace Assistify.ChannelService.Custom;

/// <summary>A system of the workspace's own, by Standard Webhooks in both directions. https://www.standardwebhooks.com</summary>
internal sealed class CustomOptions : ConnectionOptions
{
    /// <summary><c>whsec_</c> and 24 to 64 bytes as base64; signs in both directions.</summary>
    public string? Secret { get; init; }

    /// <summary>Accepted beside the first one while it is changed.</summary>
    public string? SecretSecondary { get; init; }

    /// <summary><c>whpk_</c> and an Ed25519 key of 32 bytes as base64: the sender signs with a key that only it has.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Where answers go. Unset: the channel only receives.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>There is no provider; kept because every channel has it.</summary>
    public string? ApiBaseUrl { get; init; }

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(Secret) || !string.IsNullOrWhiteSpace(PublicKey);

    public override string Account => "custom";

    public override string? ExclusiveAccount => null;

    public IReadOnlyList<byte[]> Keys =>
        [.. new[] { Secret, SecretSecondary }.Where(secret => !string.IsNullOrEmpty(secret)).Select(secret => StandardWebhooks.KeyOf(secret!, StandardWebhooks.SecretPrefix)!)];

    public byte[]? VerificationKey => string.IsNullOrEmpty(PublicKey) ? null : StandardWebhooks.KeyOf(PublicKey, StandardWebhooks.PublicKeyPrefix);

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(CallbackUrl)) yield return Wrong(nameof(Secret), "is missing, though other keys of the connection are set");
            yield break;
        }

        if (!IsSecret(Secret)) yield return Wrong(nameof(Secret), "is whsec_ and 24 to 64 bytes as base64");
        if (!IsSecret(SecretSecondary)) yield return Wrong(nameof(SecretSecondary), "is whsec_ and 24 to 64 bytes as base64");
        if (!string.IsNullOrEmpty(PublicKey) && VerificationKey is not { Length: Ed25519.KeyLength })
            yield return Wrong(nameof(PublicKey), "is whpk_ and 32 bytes as base64");
        if (!string.IsNullOrEmpty(CallbackUrl) && !IsHttp(CallbackUrl)) yield return Wrong(nameof(CallbackUrl), "is an http or https address");
        if (!string.IsNullOrEmpty(CallbackUrl) && string.IsNullOrEmpty(Secret)) yield return Wrong(nameof(Secret), "is missing: what is sent to CallbackUrl is signed with it");
    }

    private static bool IsSecret(string? secret) =>
        string.IsNullOrEmpty(secret) || StandardWebhooks.KeyOf(secret, StandardWebhooks.SecretPrefix) is { Length: >= 24 and <= 64 };
}
