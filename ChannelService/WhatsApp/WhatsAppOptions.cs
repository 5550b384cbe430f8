using Assistify.ChannelService.Meta;

namespace Assistify.ChannelService.WhatsApp;

/// <summary>A number of the WhatsApp Cloud API.</summary>
internal sealed class WhatsAppOptions : MetaOptions
{
    /// <summary>Meta's own number of the phone number, not the number itself.</summary>
    public string? PhoneNumberId { get; init; }

    public override bool IsConfigured => !string.IsNullOrWhiteSpace(PhoneNumberId);

    public override string Account => PhoneNumberId!;

    protected override string AccountKey => nameof(PhoneNumberId);
}
