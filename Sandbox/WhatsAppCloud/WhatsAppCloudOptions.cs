using Assistify.Sandbox.Meta;

namespace Assistify.Sandbox.WhatsAppCloud;

internal sealed class WhatsAppCloudOptions : MetaOptions
{
    public const string Section = "Channels:WhatsApp";

    public string? PhoneNumberId { get; set; }
}
