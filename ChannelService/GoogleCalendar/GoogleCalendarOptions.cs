using System.ComponentModel.DataAnnotations;

namespace Assistify.ChannelService.GoogleCalendar;

/// <summary>Google's word that a calendar changed.</summary>
internal sealed class GoogleCalendarOptions : ConnectionOptions
{
    public const string Section = "Calendar:Google:Push";

    /// <summary>What the watch was given as <c>token</c>: the only proof that a notification is Google's.</summary>
    public string? Token { get; init; }

    /// <summary>Accepted beside the first one while watches are made anew.</summary>
    public string? TokenSecondary { get; init; }

    /// <summary>The watch's own id. Unset: every watch with the token.</summary>
    public string? ChannelId { get; init; }

    /// <summary>What is watched. Unset: whatever is watched with the token.</summary>
    public string? ResourceId { get; init; }

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(Token);

    public override string Account => string.IsNullOrEmpty(ResourceId) ? "any" : ResourceId;

    public override string? ExclusiveAccount => string.IsNullOrEmpty(ResourceId) ? null : ResourceId;

    public IReadOnlyList<string> Tokens => string.IsNullOrEmpty(TokenSecondary) ? [Token!] : [Token!, TokenSecondary];

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured && (!string.IsNullOrEmpty(ChannelId) || !string.IsNullOrEmpty(ResourceId)))
            yield return Wrong(nameof(Token), "is missing, though other keys of the connection are set");
        if (IsConfigured && Token!.Length < 16) yield return Wrong(nameof(Token), "is 16 characters or more");
    }
}
