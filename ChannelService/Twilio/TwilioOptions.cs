using System.ComponentModel.DataAnnotations;

namespace Assistify.ChannelService.Twilio;

/// <summary>The WhatsApp connection by Twilio that configuration gives to the default workspace. Absent without an account.</summary>
internal sealed class TwilioOptions : IValidatableObject
{
    public const string Section = "Channels:Twilio";

    public string? AccountSid { get; init; }

    public string? AuthToken { get; init; }

    /// <summary>Accepted beside the first one while tokens are changed at Twilio.</summary>
    public string? AuthTokenSecondary { get; init; }

    /// <summary>Our number, <c>whatsapp:+441632960001</c>.</summary>
    public string? From { get; init; }

    public string ApiBaseUrl { get; init; } = "https://api.twilio.com";

    /// <summary>The address that Twilio calls, exactly as configured there: it is part of what is signed.</summary>
    public string? PublicUrl { get; init; }

    [Range(0, 60_000, ErrorMessage = "Channels__Twilio__BurstWaitMs is between 0 and 60000.")]
    public int BurstWaitMs { get; init; } = 1200;

    public SignatureMode SignatureMode { get; init; }

    /// <summary>Unset: 80 at Twilio itself, without a bound at another base address such as the sandbox.</summary>
    [Range(1, 10_000, ErrorMessage = "Channels__Twilio__MessagesPerSecond is between 1 and 10000.")]
    public int? MessagesPerSecond { get; init; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(AccountSid);

    public bool IsTwilioItself => new Uri(ApiBaseUrl).Host.EndsWith("twilio.com", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> AuthTokens =>
        string.IsNullOrEmpty(AuthTokenSecondary) ? [AuthToken!] : [AuthToken!, AuthTokenSecondary];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(AuthToken) || !string.IsNullOrEmpty(From))
                yield return Wrong(nameof(AccountSid), "is missing, though other keys of the connection are set");
            yield break;
        }

        if (string.IsNullOrEmpty(AuthToken)) yield return Wrong(nameof(AuthToken), "is missing");
        if (From?.StartsWith("whatsapp:+", StringComparison.Ordinal) != true) yield return Wrong(nameof(From), "is a number like whatsapp:+441632960001");
        if (!IsHttp(ApiBaseUrl)) yield return Wrong(nameof(ApiBaseUrl), "is an http or https address");
        if (!IsHttp(PublicUrl)) yield return Wrong(nameof(PublicUrl), "is the http or https address that Twilio calls");
    }

    private static bool IsHttp(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static ValidationResult Wrong(string name, string what) => new($"Channels__Twilio__{name} {what}.", [name]);
}
