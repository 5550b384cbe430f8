using System.ComponentModel.DataAnnotations;

namespace Assistify.ChannelService.Twilio;

/// <summary>A WhatsApp sender at Twilio.</summary>
internal sealed class TwilioOptions : ConnectionOptions
{
    public string? AccountSid { get; init; }

    public string? AuthToken { get; init; }

    /// <summary>Accepted beside the first one while tokens are changed at Twilio.</summary>
    public string? AuthTokenSecondary { get; init; }

    /// <summary>Our number, <c>whatsapp:+441632960001</c>.</summary>
    public string? From { get; init; }

    public string ApiBaseUrl { get; init; } = "https://api.twilio.com";

    /// <summary>The address that Twilio calls, exactly as configured there: it is part of what is signed.</summary>
    public string? PublicUrl { get; init; }

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(AccountSid);

    public override string Account => AccountOf(AccountSid!, From!);

    public bool IsTwilioItself => new Uri(ApiBaseUrl).Host.EndsWith("twilio.com", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<string> AuthTokens =>
        string.IsNullOrEmpty(AuthTokenSecondary) ? [AuthToken!] : [AuthToken!, AuthTokenSecondary];

    /// <summary>A sender belongs to an account, and an account has several.</summary>
    public static string AccountOf(string accountSid, string number) => $"{accountSid}/{number}";

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
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
}
